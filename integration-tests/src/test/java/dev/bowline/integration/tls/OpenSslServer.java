package dev.bowline.integration.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.bowline.testkit.TestCertificates.PemFiles;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;

/** {@code openssl s_server -rev}, a process of this machine. */
final class OpenSslServer extends ReversingServer {
    private static final String LISTENING = "ACCEPT ";

    private final Process process;
    private final BufferedReader output;
    private final Path errors;
    private final int port;

    private OpenSslServer(Process process, Path errors) throws Exception {
        this.process = process;
        this.errors = errors;
        this.output = process.inputReader(UTF_8);
        try {
            port = Waiting.await(CompletableFuture.supplyAsync(this::readPort));
        } catch (Exception | AssertionError e) {
            close();
            throw e;
        }
    }

    /** Skips the test where there is no OpenSSL. */
    static OpenSslServer start(TlsSetup setup, PemFiles files) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-accept", HOST + ":0", "-rev"));
        command.add(setup.version().equals(TlsSetup.TLS_1_3) ? "-tls1_3" : "-tls1_2");
        command.addAll(List.of("-cert", files.certificate(setup.shown()).toString()));
        command.addAll(List.of("-key", files.key(setup.shown()).toString()));
        if (setup.wantsCertificate()) {
            command.addAll(List.of("-Verify", "1", "-verify_return_error"));
            command.addAll(List.of("-CAfile", files.authority().toString()));
        }
        Path errors = Files.createTempFile(files.directory(), "openssl", ".errors");
        Process process;
        try {
            process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        } catch (IOException e) {
            return Assumptions.abort("openssl is not installed, so there is no s_server to talk to: " + e.getMessage());
        }
        try {
            return new OpenSslServer(process, errors);
        } catch (Exception e) {
            throw new IOException("s_server did not start: " + Files.readString(errors), e);
        }
    }

    private int readPort() {
        return output.lines()
                .filter(line -> line.startsWith(LISTENING))
                .map(line -> Integer.valueOf(line.substring(line.lastIndexOf(':') + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("its output ended"));
    }

    @Override
    int port() {
        return port;
    }

    @Override
    void awaitClientCertificate(String name) {
        await().pollInterval(Duration.ofMillis(10))
                .until(
                        () -> Files.readString(errors),
                        said -> said.matches("(?s).*Peer certificate: .*" + name + ".*"));
    }

    @Override
    public void close() throws IOException {
        Waiting.exitCode(process.destroyForcibly());
        output.close();
    }
}
