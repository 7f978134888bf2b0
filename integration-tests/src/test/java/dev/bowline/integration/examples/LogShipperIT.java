package dev.bowline.integration.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bowline.examples.server.LedgerEntry;
import dev.bowline.integration.server.ReferenceServer;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogShipperIT {
    private static final Duration PATIENCE = Duration.ofSeconds(Waiting.patienceSeconds());

    @TempDir
    private Path directory;

    private static String endpoint(ReferenceServer server) {
        return server.host() + ":" + server.port();
    }

    private static List<String> lines(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "line " + i).toList();
    }

    private static List<String> received(ReferenceServer server) {
        return server.ledger().stream().map(LedgerEntry::line).distinct().toList();
    }

    @Test
    void whatThePageShowsIsWhatComesOut() throws Exception {
        Path log = Files.write(directory.resolve("app.log"), List.of("one", "two", "three"));
        DocumentedRun.of("logs")
                .comesTrue(Map.of("127.0.0.1:8001", endpoint(ReferenceServer.shared()), "app.log", log.toString()));
    }

    /** The log is a pipe: the shipper reads on while its server is gone, and comes to the end of it when the test says so. */
    @Test
    void everyLineArrivesAlthoughTheServerIsKilledInBetween() throws Exception {
        Path log = directory.resolve("log");
        assertThat(new ProcessBuilder("mkfifo", log.toString()).start().waitFor())
                .isZero();
        try (ReferenceServer server = ReferenceServer.open()) {
            CompletableFuture<ExampleRun> run;
            try (RandomAccessFile pipe = new RandomAccessFile(log.toFile(), "rw")) {
                run = Waiting.aside(() -> ExampleRun.of("logs", endpoint(server), log.toString(), "30"));
                pipe.write((String.join("\n", lines(1, 100)) + "\n").getBytes(UTF_8));
                await().atMost(PATIENCE).until(() -> received(server).size(), count -> count == 100);
                server.kill();
                pipe.write((String.join("\n", lines(101, 200)) + "\n").getBytes(UTF_8));
                server.restart();
            }
            ExampleRun ended = Waiting.await(run);
            assertThat(ended.err()).isEmpty();
            assertThat(ended.out()).matches("delivered 200 of 200 lines, [0-9]+ sent again\n");
            assertThat(ended.exitCode()).isZero();
            assertThat(received(server)).isEqualTo(lines(1, 200));
        }
    }

    @Test
    void aServerThatStaysAwayIsAFailureAndWhatWasDeliveredIsTold() throws Exception {
        Path log = Files.write(directory.resolve("log"), lines(1, 3));
        int port;
        try (ReferenceServer server = ReferenceServer.open()) {
            port = server.port();
        }
        ExampleRun run = ExampleRun.of("logs", "127.0.0.1:" + port, log.toString(), "2");
        assertThat(run.exitCode()).isEqualTo(1);
        // How many it had read when it gave up is for the dice to say.
        assertThat(run.out()).matches("delivered 0 of [0-3] lines, 0 sent again\n");
        assertThat(run.err())
                .startsWith("bowline: gave up after 2 attempts: connection refused by 127.0.0.1:" + port)
                .hasLineCount(1);
    }

    @Test
    void aLineThatIsTooLongIsLeftOutAndTold() throws Exception {
        Path log = Files.write(directory.resolve("log"), List.of("before", "x".repeat(65537), "behind"));
        assertThat(ExampleRun.of("logs", endpoint(ReferenceServer.shared()), log.toString(), "10"))
                .isEqualTo(new ExampleRun(
                        1,
                        "delivered 2 of 2 lines, 0 sent again\n",
                        "bowline: lines left out, for they are longer than 64 KiB: 1\n"));
    }
}
