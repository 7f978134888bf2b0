package dev.bowline.examples.cli;

import static dev.bowline.examples.cli.SerialServer.echo;
import static dev.bowline.examples.cli.SerialServer.reader;
import static dev.bowline.examples.cli.SerialServer.write;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code send --when-full}. A window of 1000 lines is on its way and not answered, so that none of the next 2000 can be;
 * the queue has room for 2000 in all.
 */
class SendWhenFullTest {
    private static final int LINE = "0001\r\n".length();

    private static final String DROPPED =
            "sent=3000 delivered=2000 resent=0 dropped=1000 refused=1 uncertain=0 undelivered=0 ";

    private final CountDownLatch windowIsFull = new CountDownLatch(1);
    private final CountDownLatch queueIsFull = new CountDownLatch(1);

    @Test
    void e3_dropOldestKeepsWhatIsOnItsWayAndTheNewest() throws Exception {
        try (SerialServer server = SerialServer.start(this::serve)) {
            ProgramRun run = send(server, "drop-oldest", 64 + LINE);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.lastErrLine()).startsWith(DROPPED);
            assertThat(server.result()).isEqualTo(numbers(1, 1000) + numbers(2001, 3000));
        }
    }

    @Test
    void e3_dropNewestKeepsWhatCameFirst() throws Exception {
        try (SerialServer server = SerialServer.start(this::serve)) {
            ProgramRun run = send(server, "drop-newest", 64 + LINE);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.lastErrLine()).startsWith(DROPPED);
            assertThat(server.result()).isEqualTo(numbers(1, 2000));
        }
    }

    @Test
    void e3_failReadsNoFurtherDeliversWhatIsQueuedAndKeepsTheRest(@TempDir Path directory) throws Exception {
        Path left = directory.resolve("left");
        try (SerialServer server = SerialServer.start(this::serve)) {
            ProgramRun run = send(server, "fail", 4 + LINE, "--undelivered", left.toString());
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errLines()).hasSize(3);
            assertThat(run.errLines().get(0)).startsWith("bowline: line 3001 is refused: ");
            assertThat(run.errLines().get(1))
                    .isEqualTo("bowline: the queue has no room for line 2001; the last line read is line 3001, "
                            + "and 1000 lines were not queued any more");
            assertThat(run.lastErrLine())
                    .startsWith("sent=3000 delivered=2000 resent=0 dropped=0 refused=1 uncertain=0 undelivered=1000 ");
            assertThat(server.result()).isEqualTo(numbers(1, 2000));
            assertThat(left).hasContent(numbers(2001, 3000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait", "fail", "drop-oldest", "drop-newest"})
    void e3_aLineThatNeverFitsIsRefusedThoughTheQueueIsNotEmpty(String policy) throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        try (SerialServer server = SerialServer.start(client -> {
            assertThat(refused.await(60, SECONDS)).isTrue();
            return echo(client, 100);
        })) {
            SteppedInput input = new SteppedInput(() -> "a\n" + "x".repeat(100) + "\n", () -> {
                refused.countDown();
                return "";
            });
            String[] arguments = {
                "send", server.endpoint(), "--confirm", "echo", "--when-full", policy, "--queue-bytes", "100"
            };
            ProgramRun run = ProgramRun.withInput(input, arguments);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errLines()).hasSize(2);
            assertThat(run.errLines().get(0))
                    .isEqualTo("bowline: line 2 is refused: a queue of 100 bytes can't hold it");
            assertThat(run.lastErrLine()).startsWith("sent=1 delivered=1 resent=0 dropped=0 refused=1 ");
            assertThat(server.result()).isEqualTo("a\n");
        }
    }

    private String serve(Socket client) throws Exception {
        BufferedReader input = reader(client);
        StringBuilder received = new StringBuilder();
        for (int i = 1; i <= 1000; i++) {
            received.append(input.readLine()).append('\n');
        }
        windowIsFull.countDown();
        assertThat(queueIsFull.await(60, SECONDS)).isTrue();
        write(client, received.toString().replace("\n", "\r\n"));
        return received + echo(input, client, Integer.MAX_VALUE);
    }

    private ProgramRun send(SerialServer server, String policy, int cost, String... options) {
        List<String> arguments = new ArrayList<>(List.of("send", server.endpoint(), "--confirm", "echo"));
        arguments.addAll(List.of("--when-full", policy, "--queue-bytes", "" + 2000 * cost));
        arguments.addAll(List.of(options));
        SteppedInput input = new SteppedInput(() -> numbers(1, 1000), () -> {
            assertThat(windowIsFull.await(60, SECONDS)).isTrue();
            return numbers(1001, 3000) + "the last one is\rrefused\n";
        });
        // What tells of the last line tells that the queue is full, even if no more is read.
        ByteArrayOutputStream err = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                super.write(bytes, offset, length);
                queueIsFull.countDown();
            }
        };
        return ProgramRun.withErrors(input, err, arguments.toArray(String[]::new));
    }

    private static String numbers(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> String.format(Locale.ROOT, "%04d\n", i))
                .collect(Collectors.joining());
    }
}
