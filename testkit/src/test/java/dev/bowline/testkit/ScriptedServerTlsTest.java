package dev.bowline.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bowline.testkit.TestCertificates.Server;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class ScriptedServerTlsTest {
    private static final SSLContext SERVER = TestCertificates.serverContext(Server.EC);

    private static Socket connect(ScriptedServer server) throws IOException {
        Socket client = new Socket(server.address().getAddress(), server.port());
        client.setSoTimeout(30_000);
        return client;
    }

    /** TLS over a connection, which stays open when that is closed. */
    private static SSLSocket protect(Socket connection) throws IOException {
        SSLSocket client = (SSLSocket) TestCertificates.clientContext()
                .getSocketFactory()
                .createSocket(connection, "localhost", connection.getPort(), false);
        client.startHandshake();
        return client;
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static String read(Socket client, int count) throws IOException {
        return new String(client.getInputStream().readNBytes(count), UTF_8);
    }

    private static void assertMismatch(ScriptedServer server, String sentence) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(server::verify)
                .withMessageStartingWith("connection 1, " + sentence);
    }

    @Test
    void aConversationThatBeginsInTheClearGoesOnUnderTls() throws Exception {
        try (ScriptedServer server = ScriptedServer.script()
                        .answerLine("+OK ready")
                        .expectLine("STLS")
                        .answerLine("+OK begin")
                        .startTls(SERVER)
                        .expectLine("QUIT")
                        .inWritesOf(1)
                        .answerLine("+OK bye")
                        .expectEnd()
                        .close()
                        .open();
                Socket clear = connect(server)) {
            assertThat(read(clear, 11)).isEqualTo("+OK ready\r\n");
            send(clear, "STLS\r\n");
            assertThat(read(clear, 11)).isEqualTo("+OK begin\r\n");
            SSLSocket client = protect(clear);
            send(client, "QUIT\r\n");
            assertThat(read(client, 9)).isEqualTo("+OK bye\r\n");
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isNegative();
            server.verify();
        }
    }

    @Test
    void tlsMayComeFirst() throws Exception {
        try (ScriptedServer server = ScriptedServer.script()
                        .startTls(SERVER)
                        .answer("hello")
                        .close()
                        .open();
                SSLSocket client = protect(connect(server))) {
            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .isEqualTo("hello");
        }
    }

    @Test
    void whatIsSaidInTheClearInsteadIsAMismatch() throws Exception {
        ScriptedServer server = ScriptedServer.script().startTls(SERVER).open();
        try (Socket client = connect(server)) {
            send(client, "USER me\r\n");
            assertMismatch(server, "step 1: expected a TLS handshake, and it failed: ");
        }
        server.close();
    }

    @Test
    void aClientThatDoesNotTrustTheServerIsAMismatch() throws Exception {
        ScriptedServer server = ScriptedServer.script()
                .startTls(TestCertificates.serverContext(Server.OTHER_CA))
                .open();
        try (Socket clear = connect(server)) {
            assertThatExceptionOfType(SSLException.class).isThrownBy(() -> protect(clear));
            assertMismatch(server, "step 1: expected a TLS handshake, and it failed: ");
        }
        server.close();
    }

    @Test
    void silenceInPlaceOfAHandshakeIsNamed() throws Exception {
        ScriptedServer server = ScriptedServer.script()
                .timeout(Duration.ofMillis(50))
                .startTls(SERVER)
                .open();
        try (Socket client = connect(server)) {
            assertMismatch(server, "step 1: expected a TLS handshake, came nothing for 50 ms");
        }
        server.close();
    }

    @Test
    void aResetIsOneUnderTlsToo() throws Exception {
        try (ScriptedServer server = ScriptedServer.script()
                .startTls(SERVER)
                .answer("x")
                .expectReset()
                .open()) {
            Socket clear = connect(server);
            assertThat(read(protect(clear), 1)).isEqualTo("x");
            clear.setSoLinger(true, 0);
            clear.close();
            server.verify();
        }
    }

    @Test
    void aResetReachesTheClientUnderTls() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.script().startTls(SERVER).reset().open();
                Socket clear = connect(server)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> protect(clear).getInputStream().read())
                    .withMessageContaining("reset");
        }
    }
}
