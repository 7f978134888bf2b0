package dev.bowline.examples.cli;

import static dev.bowline.examples.cli.SerialServer.echo;
import static dev.bowline.examples.cli.SerialServer.reader;
import static dev.bowline.examples.cli.SerialServer.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** {@code console} without a terminal. */
class ConsolePipeTest {
    /** Long enough for an echo on a machine that has much else to do. */
    private static final String SILENCE = "--silence=2";

    @EveryTransport
    void linesGoInAndComeOutAsTheBytesTheyAre(String transport) throws Exception {
        try (SerialServer server = SerialServer.start(client -> echo(client, 1000))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ProgramRun run = ProgramRun.withOutput(
                    input("one\n\u00ff\033[2J\r\n/quit"),
                    out,
                    "console",
                    server.endpoint(),
                    SILENCE,
                    "--transport",
                    transport);
            assertThat(run).isEqualTo(new ProgramRun(0, "", ""));
            assertThat(out.toString(ISO_8859_1)).isEqualTo("one\n\u00ff\033[2J\n/quit\n");
        }
    }

    @Test
    void theEndOfTheInputIsToldToTheServerAndItsLastWordIsHeard() throws Exception {
        try (SerialServer server = SerialServer.start(client -> {
            BufferedReader input = reader(client);
            String all = input.readLine() + input.readLine();
            write(client, all + " and goodbye\r\n");
            return all;
        })) {
            ProgramRun run = run("one\n", server);
            assertThat(run).isEqualTo(new ProgramRun(0, "onenull and goodbye\n", ""));
        }
    }

    @Test
    void aServerThatSaysNothingAndStaysIsNotWaitedForForEver() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (SerialServer server = SerialServer.start(client -> {
            ended.await();
            return "";
        })) {
            ProgramRun run = ProgramRun.withInput(input("one\n"), "console", server.endpoint(), "--silence", "0.05");
            assertThat(run).isEqualTo(new ProgramRun(0, "", ""));
            ended.countDown();
        }
    }

    @EveryTransport
    void f2_aLossIsToldAndTheRestGoesOverTheNextConnection(String transport) throws Exception {
        CountDownLatch again = new CountDownLatch(1);
        SerialServer.Script<?> once = client -> echo(client, 1);
        SerialServer.Script<?> next = client -> {
            again.countDown();
            return echo(client, 1000);
        };
        try (SerialServer server = SerialServer.start(once, next)) {
            SteppedInput steps = new SteppedInput(() -> "one\n", () -> {
                again.await();
                return "two\n";
            });
            ProgramRun run =
                    ProgramRun.withInput(steps, "console", server.endpoint(), SILENCE, "--transport", transport);
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo("one\ntwo\n");
            assertThat(run.errLines())
                    .singleElement()
                    .asString()
                    .contains("connection lost: closed by the peer; next attempt in ");
        }
    }

    @Test
    void onATerminalWhatAServerSendsIsEscaped() throws Exception {
        try (SerialServer server = SerialServer.start(client -> {
            write(client, "\033]0;owned\007\r\n");
            return reader(client).readLine(); // the end
        })) {
            CountDownLatch printed = new CountDownLatch(1);
            ByteArrayOutputStream out = new ByteArrayOutputStream() {
                @Override
                public void flush() {
                    printed.countDown();
                }
            };
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exitCode = Program.run(
                    new String[] {"console", server.endpoint(), "--silence", "0.05"},
                    new SteppedInput(() -> {
                        printed.await();
                        return "";
                    }),
                    out,
                    new PrintStream(err, true, UTF_8),
                    TestSurroundings.ofOutput());
            assertThat(out).hasToString("\\x1b]0;owned\\x07\n");
            assertThat(exitCode).isZero();
        }
    }

    @Test
    void aReaderThatLeavesEndsItQuietly() throws Exception {
        try (SerialServer server = SerialServer.start(client -> echo(client, 1000))) {
            SteppedInput endless = new SteppedInput(() -> "one\n", () -> {
                new CountDownLatch(1).await();
                return "";
            });
            ProgramRun run = ProgramRun.withOutput(endless, failing("Broken pipe"), "console", server.endpoint());
            assertThat(run).isEqualTo(new ProgramRun(0, "", ""));
        }
    }

    @Test
    void aFullDiskIsAFailure() throws Exception {
        try (SerialServer server = SerialServer.start(client -> echo(client, 1000))) {
            ProgramRun run = ProgramRun.withOutput(
                    input("one\n"), failing("No space left on device"), "console", server.endpoint());
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).isEqualTo("bowline: the output can't be written: No space left on device\n");
        }
    }

    @Test
    void aResetBehindTheInputMayHaveCostAnswers() throws Exception {
        try (SerialServer server = SerialServer.start(client -> {
            echo(client, 1000);
            SerialServer.resetAtClose(client);
            return "";
        })) {
            ProgramRun run = run("one\n", server);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).isEqualTo("one\n");
            assertThat(run.err()).contains("answers may be missing: connection failed: ");
        }
    }

    @Test
    void aClientThatGivesUpIsAFailure() throws Exception {
        SerialServer server = SerialServer.start();
        server.close();
        ProgramRun run = ProgramRun.withInput(input("one\n"), "console", server.endpoint(), "--attempts", "1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().contains("refused");
    }

    private static ProgramRun run(String input, SerialServer server) {
        return ProgramRun.withInput(input(input), "console", server.endpoint(), SILENCE);
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(message);
            }
        };
    }
}
