package dev.bowline.examples.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is the twin's own. What it answers is tested beside the reference server, in the integration tests. */
final class LineServerTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    Path directory;

    @Test
    void closingLeavesNoThreadAndNoConnection() throws IOException {
        LineServer server = LineServer.start(ANY_PORT);
        assertThat(hasThread(server)).isTrue();
        try (Client client = new Client(server)) {
            assertThat(client.ask("hello")).isEqualTo("hello");
            server.close();
            assertThat(client.in.readLine()).isNull();
        }
        assertThat(hasThread(server)).isFalse();
        assertThatThrownBy(() -> new Client(server)).isInstanceOf(ConnectException.class);
        server.close();
    }

    @Test
    void aTakenPortIsAnErrorAndLeavesNoThread() throws IOException {
        try (LineServer server = LineServer.start(ANY_PORT)) {
            assertThatThrownBy(() -> LineServer.start(server.address())).isInstanceOf(BindException.class);
            assertThatThrownBy(() -> LineServer.start(server.address(), directory.resolve("ledger")))
                    .isInstanceOf(BindException.class);
            server.close();
            assertThat(hasThread(server)).isFalse();
        }
    }

    @Test
    void withoutALedgerItSaysSo() throws IOException {
        try (LineServer server = LineServer.start(ANY_PORT);
                Client client = new Client(server)) {
            assertThat(client.ask("!ledger")).isEqualTo("? This server keeps no ledger.");
            assertThatIllegalStateException().isThrownBy(server::ledger);
        }
    }

    @Test
    void withoutACertificateItSaysSo() throws IOException {
        try (LineServer server = LineServer.start(ANY_PORT);
                Client client = new Client(server)) {
            assertThat(client.ask("!starttls")).isEqualTo("? This server speaks no TLS.");
            assertThat(client.ask("still in the clear")).isEqualTo("still in the clear");
            assertThatIllegalStateException().isThrownBy(server::tlsAddress);
        }
    }

    @Test
    void onALedgerThatExistsItCutsOffAnUnfinishedEntryAndGoesOnCounting() throws IOException {
        Path ledger = directory.resolve("ledger");
        Files.writeString(ledger, "1 a\r\n12 b \r\n3 c\r\n13 unfini");
        try (LineServer server = LineServer.start(ANY_PORT, ledger);
                Client client = new Client(server)) {
            assertThat(client.ask("d")).isEqualTo("d");
            assertThat(client.ask("!ledger")).isEqualTo("ledger 13 2");
            assertThat(server.ledger())
                    .extracting(LedgerEntry::connection, LedgerEntry::line)
                    .containsExactly(
                            entry(1, "a"), entry(12, "b "), entry(3, "c"), entry(13, "d"), entry(13, "!ledger"));
        }
    }

    private static Tuple entry(int connection, String line) {
        return tuple(connection, line);
    }

    private static boolean hasThread(LineServer server) {
        String name = "bowline-line-server-" + server.address().getPort();
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(name));
    }

    private static final class Client implements AutoCloseable {
        private final Socket socket;
        final BufferedReader in;

        Client(LineServer server) throws IOException {
            socket = new Socket(server.address().getAddress(), server.address().getPort());
            socket.setSoTimeout(20_000);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        }

        String ask(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
            return in.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
