package dev.bowline.examples.cli;

import static dev.bowline.examples.cli.SerialServer.echo;
import static dev.bowline.examples.cli.SerialServer.reader;
import static dev.bowline.examples.cli.SerialServer.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.examples.server.LineServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code console} on a terminal made of streams. How it looks on a real one, {@link ConsoleOnTmuxTest} shows. */
class ConsoleTest {
    private static final String CTRL_C = "\003";
    private static final String CTRL_D = "\004";
    private static final String UP = "\033[A";

    @TempDir
    private Path state;

    @EveryTransport
    void whatIsEnteredIsSentAndWhatComesIsShownEachInItsColour(String transport) throws Exception {
        try (SerialServer server = SerialServer.start(client -> echo(client, 100));
                TypedConsole console = start(server.endpoint(), "--transport", transport)) {
            console.await("\033[33m* connected to " + server.endpoint() + "\033[0m\n");
            console.type("hello\r");
            console.await("\033[36m> hello\033[0m\n");
            console.await("\033[32m< hello\033[0m\n");
            console.type(CTRL_D);
            assertThat(console.exitCode()).isZero();
            assertThat(server.result()).isEqualTo("hello\n");
            assertThat(console.err()).isEmpty();
        }
    }

    @Test
    void thereAreNoColoursWhereNobodyWantsThem() throws Exception {
        Map<String, String> environment = Map.of("NO_COLOR", "1", "XDG_STATE_HOME", state.toString());
        try (SerialServer server = SerialServer.start(client -> echo(client, 100));
                TypedConsole console = TypedConsole.start(environment, server.endpoint())) {
            console.type("hello\r");
            console.await("> hello\n");
            console.await("< hello\n");
            console.type("/quit\r");
            assertThat(console.exitCode()).isZero();
            assertThat(console.shown()).doesNotContainPattern("\033\\[3[0-9]m");
        }
    }

    @Test
    void aServerCannotPlayWithTheTerminal() throws Exception {
        try (SerialServer server = SerialServer.start(client -> {
                    write(client, "\033]0;owned\007\u00ff\r\n");
                    return echo(client, 1);
                });
                TypedConsole console = start(server.endpoint())) {
            console.await("< \\x1b]0;owned\\x07\\xff");
            console.type("/quit\r");
            assertThat(console.exitCode()).isZero();
            assertThat(console.shown()).doesNotContain("\033]0;", "\007");
        }
    }

    @Test
    void ctrlCClearsTheLineAndOnAnEmptyOneQuits() throws Exception {
        try (SerialServer server = SerialServer.start(client -> echo(client, 100));
                TypedConsole console = start(server.endpoint())) {
            console.await("connected to");
            console.type("abandoned");
            console.await("abandoned");
            console.type(CTRL_C);
            console.awaitNow("> "); // what is typed before that belongs to the line that goes
            console.type("sent\r");
            console.await("< sent");
            console.type(CTRL_C);
            assertThat(console.exitCode()).isZero();
            assertThat(server.result()).isEqualTo("sent\n");
        }
    }

    @Test
    void aPasteWaitsForEnterAndItsLinesAreNoCommands() throws Exception {
        try (SerialServer server = SerialServer.start(client -> echo(client, 100));
                TypedConsole console = start(server.endpoint())) {
            console.await("connected to");
            console.type("\033[200~one\r/quit\rthree\033[201~");
            console.await("[paste 1: 3 lines]");
            console.type("\r");
            console.await("< three");
            console.type(CTRL_D);
            assertThat(console.exitCode()).isZero();
            assertThat(server.result()).isEqualTo("one\n/quit\nthree\n");
        }
    }

    @Test
    void linesTypedAheadAreSentInOrderAndTheRestOfThemIsEdited() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 200; i++) {
            lines.append("line ").append(i).append('\r');
        }
        try (SerialServer server = SerialServer.start(client -> echo(client, 1000));
                TypedConsole console = start(server.endpoint())) {
            console.type(lines + "the lost");
            console.await("< line 200");
            console.await("the lost");
            console.type("\177\177\177ast\r");
            console.await("< the last");
            console.type(CTRL_D);
            assertThat(console.exitCode()).isZero();
            assertThat(server.result()).isEqualTo(lines.toString().replace('\r', '\n') + "the last\n");
        }
    }

    @Test
    void f2_aLossTheWaitAndTheNextConnectionAreShown() throws Exception {
        try (SerialServer server = SerialServer.start(client -> echo(client, 1), client -> echo(client, 100));
                TypedConsole console = start(server.endpoint())) {
            console.type("one\r");
            console.await("* connection lost: closed by the peer; next attempt in ");
            console.await("* connected to " + server.endpoint() + " again");
            console.type("two\r");
            console.await("< two");
            console.type(CTRL_D);
            assertThat(console.exitCode()).isZero();
        }
    }

    @Test
    void f1_whatIsEnteredWithoutAConnectionWaitsForOne() throws Exception {
        int port = unusedPort();
        try (TypedConsole console = start("127.0.0.1:" + port)) {
            console.await("refused");
            console.type("early\r");
            console.await("* there is no connection: what is entered waits for one");
            try (LineServer server = LineServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                console.await("the line that waited can go");
                console.await("< early");
                console.type(CTRL_D);
                assertThat(console.exitCode()).isZero();
            }
        }
    }

    @Test
    void f5_whatIsNotDeliveredAtTheEndIsAFailure() throws Exception {
        try (TypedConsole console = start("127.0.0.1:" + unusedPort())) {
            console.await("refused");
            console.type("never\r/quit\r");
            assertThat(console.exitCode()).isEqualTo(1);
            assertThat(console.err()).isEqualTo("bowline: 1 line was not delivered\n");
        }
    }

    @Test
    void aClientThatGivesUpEndsTheConsoleWhateverIsOnTheLine() throws Exception {
        try (TypedConsole console = start("127.0.0.1:" + unusedPort(), "--attempts", "2")) {
            console.type("half a line");
            assertThat(console.exitCode()).isEqualTo(1);
            assertThat(console.err()).startsWith("bowline: gave up after 2 attempts: connection refused ");
        }
    }

    @Test
    void rawBytesGoOutWithoutALineEnd() throws Exception {
        try (SerialServer server = SerialServer.start(client -> {
                    byte[] bytes = client.getInputStream().readNBytes(5);
                    write(client, "got them\r\n");
                    echo(client, 1);
                    return bytes;
                });
                TypedConsole console = start(server.endpoint())) {
            console.type("/raw a\\x00\\xff\\r\\n\r");
            console.await("raw> a\\x00\\xff\\r\\n");
            console.await("< got them");
            console.type(CTRL_D);
            assertThat(console.exitCode()).isZero();
            assertThat((byte[]) server.result()).containsExactly('a', 0, 0xff, '\r', '\n');
        }
    }

    @Test
    void g1_tlsBeginsOnTheOpenConnectionOrItSaysWhyNot() throws Exception {
        CountDownLatch again = new CountDownLatch(1);
        try (SerialServer server = SerialServer.start(client -> {
                    int first = client.getInputStream().read();
                    again.await();
                    SerialServer.resetAtClose(client);
                    return first;
                });
                TypedConsole console = start(server.endpoint())) {
            console.await("connected to");
            console.type("/tls\r");
            console.await("* TLS begins");
            console.type("/tls\r");
            console.awaitNow("* TLS can't begin: ");
            again.countDown();
            console.await("* connection lost: ");
            assertThat(server.result()).as("the type of a handshake record").isEqualTo(22);
            console.await("refused");
            console.type("/tls\r");
            console.awaitNow("* TLS can't begin: there is no connection");
            console.type(CTRL_D);
            assertThat(console.exitCode()).isZero();
        }
    }

    @Test
    void aRefusedLineDoesNotKeepTheOthers() throws Exception {
        try (SerialServer server = SerialServer.start(client -> echo(client, 100));
                TypedConsole console = start(server.endpoint(), "--max-length", "5")) {
            console.type("123456\r12345\r");
            console.await("* this line is not sent: ");
            console.await("< 12345");
            console.type(CTRL_D);
            assertThat(console.exitCode()).isZero();
            assertThat(server.result()).isEqualTo("12345\n");
        }
    }

    @Test
    void aLineThatIsTooLongIsSkippedAndTheConnectionStays() throws Exception {
        try (SerialServer server = SerialServer.start(client -> {
                    write(client, "1234567\r\nshort\r\n");
                    return reader(client).readLine();
                });
                TypedConsole console = start(server.endpoint(), "--max-length", "5")) {
            console.await("* a line of more than 5 bytes came, and was skipped");
            console.await("< short");
            console.type("end\r" + CTRL_D);
            assertThat(console.exitCode()).isZero();
            assertThat(server.result()).isEqualTo("end");
        }
    }

    @Test
    void theHistoryOutlivesTheRunAndForgetsWhatBeginsWithASpace() throws Exception {
        for (String keys : new String[] {"remembered\r secret\r", UP + "\r"}) {
            try (SerialServer server = SerialServer.start(client -> echo(client, 100));
                    TypedConsole console = start(server.endpoint())) {
                console.await("connected to");
                console.type(keys);
                console.await("< " + (keys.startsWith(UP) ? "remembered" : " secret"));
                console.type(CTRL_D);
                assertThat(console.exitCode()).isZero();
            }
        }
        assertThat(Files.readString(state.resolve("bowline/history"))).isEqualTo("remembered\n");
    }

    @Test
    void aHistoryThatCannotBeKeptIsToldAndDoesNotMatter() throws Exception {
        Path noDirectory = Files.createFile(state.resolve("file"));
        Map<String, String> environment = Map.of("XDG_STATE_HOME", noDirectory.toString());
        try (SerialServer server = SerialServer.start(client -> echo(client, 100));
                TypedConsole console = TypedConsole.start(environment, server.endpoint())) {
            console.type("one\rtwo\r");
            console.await("* the history is not kept: ");
            console.await("< two");
            console.type(CTRL_D);
            assertThat(console.exitCode()).isZero();
            assertThat(console.shown()).containsOnlyOnce("the history is not kept");
        }
    }

    private TypedConsole start(String... arguments) throws Exception {
        return TypedConsole.start(Map.of("XDG_STATE_HOME", state.toString()), arguments);
    }

    private static int unusedPort() throws Exception {
        try (SerialServer server = SerialServer.start()) {
            return server.port();
        }
    }
}
