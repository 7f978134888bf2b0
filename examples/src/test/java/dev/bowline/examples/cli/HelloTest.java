package dev.bowline.examples.cli;

import static dev.bowline.examples.cli.SerialServer.readLine;
import static dev.bowline.examples.cli.SerialServer.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.examples.clients.Greeter;
import dev.bowline.examples.server.LedgerEntry;
import dev.bowline.examples.server.LineServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelloTest {
    @EveryTransport
    void theServerGetsExactlyTheGreetingAndTheMessagesInOrder(String transport, @TempDir Path directory)
            throws Exception {
        try (LineServer server = LineServer.start(SerialServer.ANY_PORT, directory.resolve("ledger"))) {
            String endpoint = "127.0.0.1:" + server.address().getPort();
            ProgramRun run =
                    ProgramRun.of("hello", endpoint, "m1", "", "@m3", "--transport", transport, "--", "-m4", "ü");
            assertThat(run).isEqualTo(new ProgramRun(0, Greeter.GREETING + "\nm1\n\n@m3\n-m4\nü\n", ""));
            assertThat(server.ledger().stream().map(LedgerEntry::line))
                    .containsExactly(Greeter.GREETING, "m1", "", "@m3", "-m4", "ü");
        }
    }

    @Test
    void theGreetingAloneIsAConversation() throws Exception {
        try (LineServer server = LineServer.start(SerialServer.ANY_PORT)) {
            ProgramRun run =
                    ProgramRun.of("hello", "127.0.0.1:" + server.address().getPort());
            assertThat(run).isEqualTo(new ProgramRun(0, Greeter.GREETING + "\n", ""));
        }
    }

    @EveryTransport
    void aSilentServerIsGivenUpInTime(String transport) throws Exception {
        try (SerialServer server = SerialServer.start(client -> {
            write(client, "only one\r\n");
            return List.of(
                    readLine(client.getInputStream()),
                    readLine(client.getInputStream()),
                    client.getInputStream().read());
        })) {
            ProgramRun run =
                    ProgramRun.of("hello", server.endpoint(), "m1", "--timeout", "1.0", "--transport", transport);
            assertThat(run).isEqualTo(new ProgramRun(1, "only one\n", "bowline: 1 of 2 lines came back within 1 s\n"));
            assertThat(server.result()).isEqualTo(List.of(Greeter.GREETING, "m1", -1));
        }
    }

    @EveryTransport
    void aServerThatClosesTooSoonIsAFailure(String transport) throws Exception {
        try (SerialServer server = SerialServer.start(client -> {
            readLine(client.getInputStream());
            readLine(client.getInputStream());
            write(client, "bye\r\n");
            return "";
        })) {
            ProgramRun run = ProgramRun.of("hello", server.endpoint(), "m1", "--transport", transport);
            assertThat(run)
                    .isEqualTo(new ProgramRun(1, "bye\n", "bowline: 1 of 2 lines came back; closed by the peer\n"));
        }
    }

    @Test
    void theDelimiterIsTheOneAskedFor() throws Exception {
        try (SerialServer server = SerialServer.start(client -> {
            byte[] received = client.getInputStream().readNBytes(Greeter.GREETING.length() + 5);
            write(client, "a\0b\r\nc\0");
            return new String(received, ISO_8859_1);
        })) {
            ProgramRun run = ProgramRun.of("hello", server.endpoint(), "m\n1", "--delimiter", "nul");
            assertThat(run).isEqualTo(new ProgramRun(0, "a\nb\r\nc\n", ""));
            assertThat(server.result()).isEqualTo(Greeter.GREETING + "\0m\n1\0");
        }
    }
}
