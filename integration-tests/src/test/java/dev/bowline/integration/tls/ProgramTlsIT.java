package dev.bowline.integration.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.examples.Bowline;
import dev.bowline.integration.server.ReferenceServer;
import dev.bowline.integration.tls.ReversingServer.Software;
import dev.bowline.testkit.TestCertificates;
import dev.bowline.testkit.TestCertificates.PemFiles;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program under TLS, against real servers, its own among them. */
@Timeout(120)
class ProgramTlsIT {
    @TempDir
    Path directory;

    private PemFiles files = new PemFiles(Path.of("."));

    /** What a run came to. */
    private record Run(int exitCode, List<String> out, List<String> err) {}

    @BeforeEach
    void writeTheCertificates() {
        files = TestCertificates.writeTo(directory);
    }

    private static Run run(String... arguments) {
        return run(InputStream.nullInputStream(), arguments);
    }

    private static Run run(InputStream in, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Bowline.run(arguments, in, out, new PrintStream(err, true, UTF_8));
        return new Run(
                exitCode,
                out.toString(UTF_8).lines().toList(),
                err.toString(UTF_8).lines().toList());
    }

    private static String referenceServer() {
        ReferenceServer server = ReferenceServer.shared();
        return "tls://" + server.host() + ":" + server.tlsPort();
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "nio", "netty"})
    void helloIsAnsweredOnEveryTransport(String transport) {
        Run run = run(
                "hello", referenceServer(), "m1", "m2", "--transport", transport, "--tls-ca", "" + files.authority());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).hasSize(3).endsWith("m1", "m2");
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateIsShownToAServerThatWantsOne(Software software) throws Exception {
        TlsSetup setup = new TlsSetup(TlsSetup.TLS_1_3, TestCertificates.Server.RSA, true);
        try (ReversingServer server = software.start(setup, files)) {
            Run run = run(
                    "hello",
                    "tls://" + ReversingServer.HOST + ":" + server.port(),
                    "drawer",
                    "--delimiter",
                    "lenient",
                    "--tls-ca",
                    "" + files.authority(),
                    "--tls-cert",
                    "" + files.clientCertificate(),
                    "--tls-key",
                    "" + files.clientKey());
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).hasSize(2).endsWith("reward");
            server.awaitClientCertificate("Bowline test client");
        }
    }

    @Test
    void sendDeliversAFileOfWhichEachLineCameBack() {
        String lines =
                IntStream.range(0, 2_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        Run run = run(
                new ByteArrayInputStream(lines.getBytes(UTF_8)),
                "send",
                referenceServer(),
                "--confirm",
                "echo",
                "--tls-ca",
                "" + files.authority());
        assertThat(run.err()).singleElement().asString().startsWith("sent=2000 delivered=2000 resent=0 dropped=0 ");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void anAuthorityThatSignedNothingHereIsAFailureInOneSentence() {
        Run run = run("hello", referenceServer(), "m", "--tls-ca", "" + files.otherAuthority());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .singleElement()
                .asString()
                .startsWith("bowline: ")
                .contains("was issued by O=Bowline tests, CN=Bowline test authority, which is not trusted");
    }

    @ParameterizedTest
    @EnumSource(names = {"RSA", "EC"})
    void serveSpeaksTlsOnASecondPort(TestCertificates.Server shown) throws Exception {
        PipedOutputStream out = new PipedOutputStream();
        BufferedReader printed = new BufferedReader(new InputStreamReader(new PipedInputStream(out), UTF_8));
        FutureTask<Integer> serving = new FutureTask<>(() -> serve(out, shown));
        Thread thread = new Thread(serving, "serve");
        thread.start();
        assertThat(printed.readLine()).startsWith("listening on 127.0.0.1:");
        String listening = printed.readLine();
        assertThat(listening).matches("listening on tls://127\\.0\\.0\\.1:[1-9][0-9]*");

        Run run = run("hello", listening.replace("listening on ", ""), "m", "--tls-ca", "" + files.authority());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).hasSize(2).endsWith("m");
        thread.interrupt();
        assertThat(Waiting.await(serving)).isZero();
    }

    private int serve(OutputStream out, TestCertificates.Server shown) {
        String[] arguments = {
            "serve",
            "--port",
            "0",
            "--tls-port",
            "0",
            "--tls-cert",
            "" + files.certificate(shown),
            "--tls-key",
            "" + files.key(shown)
        };
        return Bowline.run(arguments, InputStream.nullInputStream(), out, System.err);
    }
}
