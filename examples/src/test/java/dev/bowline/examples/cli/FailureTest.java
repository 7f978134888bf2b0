package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureTest {
    @EveryTransport
    void aRefusedPortGetsOneSentence(String transport) throws Exception {
        String endpoint = "127.0.0.1:" + unusedPort();
        assertFailed(ProgramRun.of("hello", endpoint, "m", "--transport", transport), "refused");
        assertFailed(ProgramRun.of("receive", endpoint, "--count", "--transport", transport), "refused");
    }

    @Test
    void aRefusedPortCostsNoLineOfTheInput() throws Exception {
        ProgramRun run = ProgramRun.withInput(
                "a\nb\n".getBytes(ISO_8859_1), "send", "127.0.0.1:" + unusedPort(), "--attempts", "1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines()).hasSize(2);
        assertThat(run.errLines().get(0)).startsWith("bowline: ").contains("refused");
        assertThat(run.lastErrLine()).startsWith("sent=0 delivered=0 ").contains(" undelivered=0 ");
    }

    @EveryTransport
    void aNameThatDoesNotResolveGetsOneSentence(String transport) {
        ProgramRun run = ProgramRun.of("hello", "no-such-host.invalid:80", "--transport", transport);
        assertFailed(run, "'no-such-host.invalid' does not resolve");
    }

    @Test
    void aFileThatIsNotThereGetsOneSentence(@TempDir Path directory) {
        Path missing = directory.resolve("missing");
        assertFailed(ProgramRun.of("send", "127.0.0.1:1", missing.toString()), "there is no file '" + missing + "'");
        assertFailed(ProgramRun.of("send", "127.0.0.1:1", directory.toString()), "is a directory");
    }

    @Test
    void aPortInUseGetsOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertFailed(ProgramRun.of("serve", "--port", "" + port), "cannot listen on 127.0.0.1:" + port + ": ");
        }
        assertFailed(ProgramRun.of("serve", "--host", "no-such-host.invalid"), "does not resolve");
    }

    @Test
    void aCertificateThatCantBeShownGetsOneSentence(@TempDir Path directory) throws Exception {
        Path missing = directory.resolve("missing");
        Path text = Files.writeString(directory.resolve("text"), "no certificate");
        String[] serve = {"serve", "--port", "0", "--tls-port", "0", "--tls-cert", null, "--tls-key", "" + text};
        serve[6] = missing.toString();
        assertFailed(ProgramRun.of(serve), "there is no file " + missing);
        serve[6] = text.toString();
        assertFailed(ProgramRun.of(serve), "there is no certificate in " + text);
    }

    @Test
    void aStackTraceAndTheLogAreThereForThoseWhoAsk() throws Exception {
        ProgramRun run = ProgramRun.of("hello", "127.0.0.1:" + unusedPort(), "--verbose");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("dev.bowline.client: 127.0.0.1:")
                .contains("\nbowline: connection refused by 127.0.0.1:")
                .contains("ClientFailedException")
                .contains("\tat ");
    }

    @Test
    void theLogOfAProgramThatRunsACommandInsideIsLeftAsItWas() throws Exception {
        Logger root = Logger.getLogger("");
        Logger bowline = Logger.getLogger("dev.bowline");
        Handler[] handlers = root.getHandlers();
        Level level = bowline.getLevel();
        bowline.setLevel(Level.CONFIG);
        try {
            ProgramRun.of("transports");
            ProgramRun.of("hello", "127.0.0.1:" + unusedPort(), "--verbose");
            assertThat(bowline.getLevel()).isEqualTo(Level.CONFIG);
            assertThat(root.getHandlers()).containsExactly(handlers);
        } finally {
            bowline.setLevel(level);
        }
    }

    @Test
    void aReaderThatLeavesIsNoFailure() {
        ProgramRun run = ProgramRun.withOutput(InputStream.nullInputStream(), failing("Broken pipe"), "transports");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aFullDiskIsAFailure() {
        ProgramRun run =
                ProgramRun.withOutput(InputStream.nullInputStream(), failing("No space left on device"), "transports");
        assertFailed(run, "No space left on device");
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(message);
            }
        };
    }

    private static void assertFailed(ProgramRun run, String problem) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("bowline: ")
                .contains(problem);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
