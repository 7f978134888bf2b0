package dev.bowline.benchmarks.measure;

import dev.bowline.benchmarks.contender.Peer;
import dev.bowline.benchmarks.measure.Plan.Entry;
import dev.bowline.benchmarks.measure.Workload.Kind;

/** Who takes part in what. */
final class Contestants {
    /** A platform thread each is more than a machine should be asked for. */
    private static final int MOST_THREADS = 1000;

    private static final int MOST_BYTES = 1000;

    /** The first Java where a thread costs next to nothing. */
    private static final int VIRTUAL_THREADS = 21;

    /** Of the JVMs that measure. */
    private final int javaFeature;

    Contestants(int javaFeature) {
        this.javaFeature = javaFeature;
    }

    /** Whether a contender is able to, at a cost that one would bear. */
    boolean can(Entry entry) {
        Workload workload = entry.workload();
        return switch (entry.peer()) {
            case RAW_NIO ->
                workload.kind() == Kind.RATE && !workload.service().isTls() && workload != Workload.BOTH_WAYS;
            case BUFFERED_IO -> workload.kind() != Kind.RESTART && workload.connections() <= MOST_THREADS;
            case VERTX -> workload.kind() != Kind.RESTART;
            // Sending over TLS it got no line through in time.
            case MINA ->
                workload.kind() != Kind.RESTART && workload != Workload.RECEIVE_BYTES && workload != Workload.TLS_SEND;
            case SPRING -> canSpring(workload);
            case BOWLINE_BLOCKING -> workload.connections() <= MOST_THREADS || javaFeature >= VIRTUAL_THREADS;
            default -> true;
        };
    }

    /** It makes a system call for each byte it receives, and has a thread for each connection. */
    private static boolean canSpring(Workload workload) {
        return workload.kind() != Kind.RESTART
                && workload.connections() < MOST_THREADS
                && workload.lineLength() < MOST_BYTES;
    }

    /** Whether one of the targets is about it. */
    boolean forTarget(Entry entry) {
        if (!can(entry)) {
            return false;
        }
        Peer peer = entry.peer();
        return switch (entry.workload()) {
            case RECEIVE_STRING, SEND_1 ->
                peer.isBowline() || peer == Peer.RAW_NIO || peer == Peer.BUFFERED_IO || peer == Peer.NETTY;
            case RECEIVE_BYTES -> peer.isBowline() || peer == Peer.RAW_NIO;
            case ROUND_TRIP_ONE_CORE, ROUND_TRIP_TWO_CORES -> peer.isBowline() || peer == Peer.BUFFERED_IO;
            case TLS_RECEIVE, TLS_SEND -> peer.isBowline() || peer == Peer.NETTY;
            case CROWD_1, CROWD_5000 -> peer == Peer.BOWLINE_NIO || peer == Peer.BOWLINE_NETTY;
            default -> peer.isBowline();
        };
    }
}
