package dev.bowline.examples.cli;

import static dev.bowline.examples.cli.SerialServer.echo;
import static dev.bowline.examples.cli.SerialServer.reader;
import static dev.bowline.examples.cli.SerialServer.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code send --confirm echo} where a server is not what it was taken for. */
class SendEchoTest {
    @EveryTransport
    void anAnswerThatIsNotTheLineEndsItAtOnceAndWhatItAnsweredCountsAsUncertain(
            String transport, @TempDir Path directory) throws Exception {
        Path left = directory.resolve("left");
        try (SerialServer server = SerialServer.start(client -> {
            var input = reader(client);
            echo(input, client, 1);
            input.readLine();
            input.readLine();
            write(client, "TWO\r\nthree\r\n");
            return client.getInputStream().read();
        })) {
            ProgramRun run =
                    send("one\ntwo\nthree\n", server, "--undelivered", left.toString(), "--transport", transport);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errLines()).hasSize(2);
            assertThat(run.errLines().get(0))
                    .isEqualTo("bowline: the server is no echo server: it answered 'TWO' to 'two'; "
                            + "the last line read is line 3");
            assertThat(run.lastErrLine())
                    .startsWith("sent=3 delivered=1 resent=0 dropped=0 refused=0 uncertain=2 undelivered=0 ");
            assertThat(left).hasContent("two\nthree\n");
        }
    }

    @Test
    void aGreetingIsNoEcho() throws Exception {
        try (SerialServer server = SerialServer.start(client -> {
            write(client, "220 ready\r\n");
            return client.getInputStream().read();
        })) {
            SteppedInput nothingYet = new SteppedInput(() -> {
                server.result();
                return "one\n";
            });
            ProgramRun run = ProgramRun.withInput(nothingYet, "send", server.endpoint(), "--confirm", "echo");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errLines().get(0))
                    .startsWith("bowline: the server is no echo server: it sent '220 ready' before it got a line");
        }
    }

    @Test
    void anAnswerTooLongIsNoEchoAndALongOneIsShownInPart() throws Exception {
        try (SerialServer server = SerialServer.start(client -> {
            reader(client).readLine();
            write(client, "x".repeat(101));
            return client.getInputStream().read();
        })) {
            ProgramRun run = send("one\n", server, "--max-length", "100");
            assertThat(run.errLines().get(0)).contains("it answered a line of more than 100 bytes");
        }
        try (SerialServer server = SerialServer.start(client -> {
            reader(client).readLine();
            write(client, "x".repeat(100) + "\r\n");
            return client.getInputStream().read();
        })) {
            ProgramRun run = send("one\n", server, "--max-length", "100");
            assertThat(run.errLines().get(0)).contains("it answered '" + "x".repeat(60) + "...' to 'one'");
        }
    }

    @Test
    void linesThatAreRefusedAreNotAwaited() throws Exception {
        try (SerialServer server = SerialServer.start(client -> echo(client, 100))) {
            ProgramRun run = send("one\nt\rwo\nthree\n", server);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.lastErrLine()).startsWith("sent=2 delivered=2 resent=0 dropped=0 refused=1 ");
            assertThat(server.result()).isEqualTo("one\nthree\n");
        }
    }

    @Test
    void theEchoHasTheDelimiterAskedFor() throws Exception {
        try (SerialServer server = SerialServer.start(client -> {
            byte[] lines = client.getInputStream().readNBytes("one\0\0".length());
            client.getOutputStream().write(lines);
            return new String(lines, ISO_8859_1);
        })) {
            ProgramRun run = send("one\n\n", server, "--delimiter", "nul");
            assertThat(run.exitCode()).isZero();
            assertThat(run.lastErrLine()).startsWith("sent=2 delivered=2 ");
            assertThat(server.result()).isEqualTo("one\0\0");
        }
    }

    private static ProgramRun send(String input, SerialServer server, String... options) {
        String[] arguments = new String[options.length + 5];
        arguments[0] = "send";
        arguments[1] = server.endpoint();
        arguments[2] = "-";
        arguments[3] = "--confirm";
        arguments[4] = "echo";
        System.arraycopy(options, 0, arguments, 5, options.length);
        return ProgramRun.withInput(input.getBytes(ISO_8859_1), arguments);
    }
}
