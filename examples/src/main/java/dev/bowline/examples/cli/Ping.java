package dev.bowline.examples.cli;

import dev.bowline.ClientFailedException;
import dev.bowline.line.LineClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bowline ping}: how long a line takes to an echo server and back. */
@Command(
        name = "ping",
        description = {
            "Measures round trips: sends a line, waits until it is back, sends the next.",
            "",
            "It prints the times within which 50, 90 and 99 of 100 trips were over, the shortest and the longest, and a "
                    + "histogram. The first trips are long, while Java warms up: of a short run they are the longest. "
                    + "Ctrl-C ends it early, with what was measured."
        },
        footer = "  ./bowline ping 127.0.0.1:8001 --count 10000")
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class Ping implements Callable<Integer> {
    /** Each is kept, 8 bytes. */
    private static final int MOST = 10_000_000;

    private static final long PAINT_NANOS = 200_000_000;

    private final Streams streams;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many round trips (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "0",
            converter = Seconds.class,
            description = "How long to wait before the next trip (default: ${DEFAULT-VALUE}).")
    private Duration interval;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            converter = Seconds.class,
            description = "How long a trip may take, 0 for no limit (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(names = "--json", description = "Print one JSON object, its times in milliseconds.")
    private boolean json;

    Ping(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        if (count < 1 || count > MOST) {
            throw connection.wrong("--count " + count + ": it must be 1 to " + MOST);
        }
        Screen screen = new Screen(streams.err(), connection.isVerbose() ? 0 : streams.columns());
        PingProtocol.Plan plan = new PingProtocol.Plan(count, interval, timeout);
        PingProtocol protocol = new PingProtocol(plan, screen.isTerminal() ? new Live(screen) : trips -> {});
        try (LineClient client = connection.open(() -> protocol);
                Interruption interruption = new Interruption(() -> stop(client, protocol))) {
            ClientFailedException failure = run(client);
            screen.erase();
            report(protocol);
            String problem = protocol.problem();
            if (problem != null || failure != null) {
                interruption.fail();
                throw failed(protocol, problem, failure);
            }
        }
        return ExitCode.OK;
    }

    /** At once: a close would wait for a server that does not answer. */
    private static void stop(LineClient client, PingProtocol protocol) {
        Shipment.end(client, Duration.ZERO);
        protocol.abort();
    }

    private static @Nullable ClientFailedException run(LineClient client) throws InterruptedException {
        try {
            client.await(Seconds.FOREVER);
            return null;
        } catch (ClientFailedException e) {
            return e;
        }
    }

    private void report(PingProtocol protocol) throws Output.FailedException {
        if (protocol.trips().count() == 0) {
            return;
        }
        PingReport report = new PingReport(connection.endpoint(), protocol.trips(), protocol.time());
        for (String line : json ? List.of(report.json()) : report.lines()) {
            streams.out().println(line);
        }
    }

    private Exception failed(PingProtocol protocol, @Nullable String problem, @Nullable ClientFailedException failure) {
        if (problem == null && failure != null) {
            return failure; // there was no connection
        }
        return new CommandFailedException(
                protocol.trips().count() + " of " + count + " round trips; " + problem, failure);
    }

    /** A line that is painted over, five times a second; in callbacks only. */
    private final class Live implements Consumer<RoundTrips> {
        private final Screen screen;
        private long paintedAt = System.nanoTime() - PAINT_NANOS;

        Live(Screen screen) {
            this.screen = screen;
        }

        @Override
        public void accept(RoundTrips trips) {
            long now = System.nanoTime();
            if (now - paintedAt >= PAINT_NANOS) {
                paintedAt = now;
                String line = "ping " + trips.count() + "/" + count + ", mean " + PingReport.millis(trips.mean())
                        + " ms, max " + PingReport.millis(trips.max()) + " ms";
                screen.paint(line.substring(0, Math.min(line.length(), screen.columns() - 1)));
            }
        }
    }
}
