package dev.bowline.examples.cli;

import static dev.bowline.examples.cli.SerialServer.echo;
import static dev.bowline.examples.cli.SerialServer.readLine;
import static dev.bowline.examples.cli.SerialServer.reader;
import static dev.bowline.examples.cli.SerialServer.resetAtClose;
import static dev.bowline.examples.cli.SerialServer.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code send} when connections break: what is sent again, what is told, what is left, and how it ends. */
class SendAcrossLossesTest {
    private static final String NEXT = "; next attempt in [0-9]+\\.[0-9] s";

    @EveryTransport
    void f3_whatDidNotComeBackIsSentAgainInOrderAndTheLossIsTold(String transport) throws Exception {
        try (SerialServer server = SerialServer.start(echoingTwoOfFive(), client -> echo(client, 100))) {
            ProgramRun run = send("1\n2\n3\n4\n5\n", server, "--confirm", "echo", "--transport", transport);
            assertThat(run.errLines()).hasSize(2);
            assertThat(run.errLines().get(0)).matches("bowline: connection lost: closed by the peer" + NEXT);
            assertThat(run.lastErrLine()).matches(summary(5, 5, 3, 0, 0, 1));
            assertThat(run.exitCode()).isZero();
            assertThat(server.result()).isEqualTo("3\n4\n5\n");
        }
    }

    @EveryTransport
    void f3_manyLinesArriveThoughConnectionsAreResetAmidThem(String transport) throws Exception {
        List<String> received = new ArrayList<>();
        SerialServer.Script<?> resetting = client -> {
            received.addAll(echo(client, 8000).lines().toList());
            resetAtClose(client);
            return "";
        };
        try (SerialServer server = SerialServer.start(
                resetting,
                resetting,
                client -> received.addAll(echo(client, 20_000).lines().toList()))) {
            ProgramRun run = send(numbers(1, 20_000), server, "--confirm", "echo", "--transport", transport);
            assertThat(run.exitCode()).isZero();
            assertThat(run.lastErrLine()).matches(summary(20_000, 20_000, "[0-9]+", 0, 0, 2));
            assertThat(server.result()).isEqualTo(true);
        }
        assertThat(String.join("\n", received.stream().distinct().toList()) + "\n")
                .isEqualTo(numbers(1, 20_000));
    }

    @EveryTransport
    void f3_withoutConfirmationNothingIsSentTwice(String transport) throws Exception {
        PipedOutputStream typing = new PipedOutputStream();
        try (PipedInputStream input = new PipedInputStream(typing);
                SerialServer server = SerialServer.start(
                        client -> {
                            typing.write("1\n".getBytes(ISO_8859_1));
                            return readLine(client.getInputStream());
                        },
                        client -> {
                            typing.write("2\n3\n".getBytes(ISO_8859_1));
                            typing.close();
                            return echo(client, 100);
                        })) {
            ProgramRun run = ProgramRun.withInput(input, "send", server.endpoint(), "--transport", transport);
            assertThat(run.exitCode()).isZero();
            assertThat(run.errLines().get(0)).matches("bowline: connection lost: closed by the peer" + NEXT);
            assertThat(run.lastErrLine()).matches(summary(3, 3, 0, 0, 0, 1));
            assertThat(server.result()).isEqualTo("2\n3\n");
        }
    }

    @EveryTransport
    void f2_eachFailedAttemptIsToldAndTheFileHoldsWhatIsLeftInOrder(String transport, @TempDir Path directory)
            throws Exception {
        Path left = Files.writeString(directory.resolve("left"), "of an earlier run, and longer\n".repeat(1000));
        // A window of a thousand: some are handed over and not answered, some are never handed over.
        try (SerialServer server = SerialServer.start(client -> {
            BufferedReader input = reader(client);
            echo(input, client, 1000);
            return input.lines().limit(1000).toList();
        })) {
            ProgramRun run = send(
                    numbers(1, 2500),
                    server,
                    "--confirm",
                    "echo",
                    "--attempts",
                    "3",
                    "--undelivered",
                    left.toString(),
                    "--transport",
                    transport);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errLines()).hasSize(5);
            assertThat(run.errLines().get(0)).matches("bowline: connection lost: closed by the peer" + NEXT);
            assertThat(run.errLines().subList(1, 3))
                    .allSatisfy(line ->
                            assertThat(line).matches("bowline: connection refused by " + server.endpoint() + NEXT));
            assertThat(run.errLines().get(3))
                    .startsWith("bowline: gave up after 3 attempts: connection refused by " + server.endpoint())
                    .endsWith("; the last line read is line 2500");
            assertThat(run.lastErrLine()).matches(summary(2500, 1000, 0, 1000, 500, 0));
            assertThat(left).hasContent(numbers(1001, 2500));
        }
    }

    @EveryTransport
    void aResetEndsItThoughTheInputGoesOn(String transport) throws Exception {
        PipedOutputStream typing = new PipedOutputStream();
        try (PipedInputStream input = new PipedInputStream(typing);
                SerialServer server = SerialServer.start(client -> {
                    resetAtClose(client);
                    return readLine(client.getInputStream());
                })) {
            typing.write("one\n".getBytes(ISO_8859_1));
            ProgramRun run =
                    ProgramRun.withInput(input, "send", server.endpoint(), "--transport", transport, "--attempts", "1");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errLines()).hasSize(2);
            assertThat(run.errLines().get(0))
                    .startsWith("bowline: " + server.endpoint() + ": gave up after 1 attempt: connection failed: ")
                    .endsWith("; the last line read is line 1");
            assertThat(run.lastErrLine()).matches(summary(1, 1, 0, 0, 0, 0));
        }
    }

    @Test
    void aLossBehindTheLastLineIsNoReasonToConnectAgain() throws Exception {
        try (SerialServer server = SerialServer.start(
                client -> {
                    echo(client, 100);
                    resetAtClose(client);
                    return "";
                },
                client -> "")) {
            ProgramRun run = send("1\n2\n", server);
            assertThat(run.exitCode()).isZero();
            assertThat(run.errLines()).singleElement().asString().matches(summary(2, 2, 0, 0, 0, 0));
        }
    }

    @Test
    void e3_aQueueMuchSmallerThanTheInputMakesTheInputWait() throws Exception {
        try (SerialServer server = SerialServer.start(echoingTwoOfFive(), client -> echo(client, 5000))) {
            ProgramRun run = send(numbers(1, 2000), server, "--confirm", "echo", "--queue-bytes", "100");
            assertThat(run.exitCode()).isZero();
            assertThat(run.lastErrLine()).matches(summary(2000, 2000, "[0-9]+", 0, 0, 1));
            assertThat(server.result()).isEqualTo(numbers(3, 2000));
        }
    }

    private static SerialServer.Script<?> echoingTwoOfFive() {
        return client -> {
            for (int i = 1; i <= 5; i++) {
                readLine(client.getInputStream());
            }
            write(client, "1\r\n2\r\n");
            return "";
        };
    }

    private static String numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> i + "\n").collect(Collectors.joining());
    }

    private static ProgramRun send(String input, SerialServer server, String... options) {
        List<String> arguments = new ArrayList<>(List.of("send", server.endpoint(), "-"));
        arguments.addAll(List.of(options));
        return ProgramRun.withInput(input.getBytes(ISO_8859_1), arguments.toArray(String[]::new));
    }

    private static String summary(
            int sent, int delivered, Object resent, int uncertain, int undelivered, int reconnects) {
        return "sent=" + sent + " delivered=" + delivered + " resent=" + resent + " dropped=0 refused=0 uncertain="
                + uncertain + " undelivered=" + undelivered + " reconnects=" + reconnects
                + " seconds=[0-9]+\\.[0-9]{3}";
    }
}
