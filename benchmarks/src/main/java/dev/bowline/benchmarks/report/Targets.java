package dev.bowline.benchmarks.report;

import dev.bowline.benchmarks.contender.Peer;
import dev.bowline.benchmarks.measure.Metric;
import dev.bowline.benchmarks.measure.Workload;
import dev.bowline.benchmarks.report.Target.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** All that Bowline wants to reach, measured in one run. */
public final class Targets {
    private static final int KIB = 1024;

    /** What a JVM has to allocate for a String of 64 ASCII characters: the object, 24 bytes, and its array, 16 and 64. */
    private static final int STRING_BYTES = 24 + 16 + 64;

    private static final double NEXT_TO_NOTHING = 0.5;

    private final List<Target> targets = new ArrayList<>();

    private Targets() {}

    /** Them, in the order of the table. */
    public static List<Target> all() {
        Targets made = new Targets();
        made.throughput();
        made.roundTrips();
        made.allocation();
        made.connections();
        made.tls();
        return List.copyOf(made.targets);
    }

    private static List<Peer> transports() {
        return Stream.of(Peer.values()).filter(Peer::isBowline).toList();
    }

    private void throughput() {
        for (Peer peer : List.of(Peer.BOWLINE_NIO, Peer.BOWLINE_BLOCKING)) {
            rate(peer, Workload.RECEIVE_STRING, 2.0, Peer.NETTY);
            rate(peer, Workload.RECEIVE_STRING, 1.5, Peer.BUFFERED_IO);
        }
        rate(Peer.BOWLINE_NETTY, Workload.RECEIVE_STRING, 1.8, Peer.NETTY);
        rate(Peer.BOWLINE_NIO, Workload.RECEIVE_BYTES, 0.75, Peer.RAW_NIO);
        for (Peer peer : transports()) {
            rate(peer, Workload.SEND_1, 5.0, Peer.NETTY);
            rate(peer, Workload.SEND_1, 1.0, Peer.BUFFERED_IO);
            atLeast(
                    title(peer, Workload.SEND_4, "÷ one"),
                    rate(peer, Workload.SEND_4),
                    rate(peer, Workload.SEND_1),
                    0.9);
        }
    }

    private void roundTrips() {
        for (Peer peer : transports()) {
            roundTrip(peer, Workload.ROUND_TRIP_ONE_CORE, 1.25, 2.0);
            roundTrip(peer, Workload.ROUND_TRIP_TWO_CORES, 1.15, 1.3);
        }
    }

    private void roundTrip(Peer peer, Workload workload, double median, double p99) {
        Peer plain = Peer.BUFFERED_IO;
        atMost(
                title(peer, workload, "p50 ÷ " + plain.title()),
                new Quantity(peer, workload, Metric.MEDIAN_MICROS),
                new Quantity(plain, workload, Metric.MEDIAN_MICROS),
                median);
        atMost(
                title(peer, workload, "p99 ÷ " + plain.title()),
                new Quantity(peer, workload, Metric.P99_MICROS),
                new Quantity(plain, workload, Metric.P99_MICROS),
                p99);
    }

    private void allocation() {
        for (Peer peer : transports()) {
            limit(peer, Workload.RECEIVE_STRING, Metric.ALLOCATED_PER_LINE, STRING_BYTES + NEXT_TO_NOTHING);
            limit(peer, Workload.RECEIVE_BYTES, Metric.ALLOCATED_PER_LINE, NEXT_TO_NOTHING);
            limit(peer, Workload.SEND_1, Metric.ALLOCATED_PER_LINE, NEXT_TO_NOTHING);
        }
    }

    private void connections() {
        limit(Peer.BOWLINE_NIO, Workload.IDLE_9000, Metric.HEAP_BYTES, 1.5 * KIB);
        limit(Peer.BOWLINE_NETTY, Workload.IDLE_9000, Metric.HEAP_BYTES, 3.5 * KIB);
        limit(Peer.BOWLINE_BLOCKING, Workload.IDLE_9000, Metric.HEAP_BYTES, 12 * KIB);
        for (Peer peer : List.of(Peer.BOWLINE_NIO, Peer.BOWLINE_NETTY)) {
            atLeast(
                    title(peer, Workload.CROWD_5000, "÷ one"),
                    rate(peer, Workload.CROWD_5000),
                    rate(peer, Workload.CROWD_1),
                    0.75);
        }
    }

    private void tls() {
        for (Peer peer : transports()) {
            rate(peer, Workload.TLS_RECEIVE, 1.0, Peer.NETTY);
            rate(peer, Workload.TLS_SEND, 1.0, Peer.NETTY);
        }
    }

    private static String title(Peer peer, Workload workload, String rest) {
        return String.format(Locale.ROOT, "%s, %s %s", peer.title(), workload.title(), rest);
    }

    private static Quantity rate(Peer peer, Workload workload) {
        return new Quantity(peer, workload, Metric.LINES_PER_SECOND);
    }

    private void rate(Peer peer, Workload workload, double factor, Peer to) {
        atLeast(title(peer, workload, "÷ " + to.title()), rate(peer, workload), rate(to, workload), factor);
    }

    private void atLeast(String title, Quantity of, Quantity to, double bound) {
        targets.add(new Target(title, of, to, true, bound));
    }

    private void atMost(String title, Quantity of, Quantity to, double bound) {
        targets.add(new Target(title, of, to, false, bound));
    }

    private void limit(Peer peer, Workload workload, Metric metric, double bound) {
        targets.add(new Target(
                title(peer, workload, metric.unit()), new Quantity(peer, workload, metric), null, false, bound));
    }
}
