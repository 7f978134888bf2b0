package dev.bowline.benchmarks.measure;

import dev.bowline.benchmarks.contender.Peer;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is run, in which order and for how long.
 *
 * @param warmUp the length of the first sample of each worker, which counts for nothing
 * @param settle what passes in each sample before it is measured
 */
public record Plan(String name, List<Group> groups, int rounds, Duration warmUp, Duration settle, Duration window) {
    /** What is measured in turn, within the same rounds, and so may be compared. */
    public record Group(List<Entry> entries, int rounds) {
        /** Round trips may be bound to cores; all else takes what there is. */
        Pinning pinning(boolean server) {
            return switch (entries.get(0).workload()) {
                case ROUND_TRIP_ONE_CORE -> new Pinning(0);
                case ROUND_TRIP_TWO_CORES -> new Pinning(server ? 0 : 1);
                default -> Pinning.NONE;
            };
        }
    }

    /** A contender under a workload. */
    public record Entry(Peer peer, Workload workload) {}

    private static final int QUICK_ROUNDS = 5;

    /** Of the quick form: thousands of connections take their time to open. */
    private static final int CROWD_ROUNDS = 3;

    private static final int FULL_ROUNDS = 7;

    /**
     * Three minutes: what the targets need, no more.
     *
     * @param javaFeature of the JVMs that measure: 17, say
     */
    public static Plan quick(int javaFeature) {
        Contestants who = new Contestants(javaFeature);
        List<Group> groups = List.of(
                group(QUICK_ROUNDS, who::forTarget, Workload.RECEIVE_STRING),
                group(QUICK_ROUNDS, who::forTarget, Workload.RECEIVE_BYTES),
                group(QUICK_ROUNDS, who::forTarget, Workload.SEND_1, Workload.SEND_4),
                group(QUICK_ROUNDS, who::forTarget, Workload.ROUND_TRIP_ONE_CORE),
                group(QUICK_ROUNDS, who::forTarget, Workload.ROUND_TRIP_TWO_CORES),
                group(QUICK_ROUNDS, who::forTarget, Workload.TLS_RECEIVE),
                group(QUICK_ROUNDS, who::forTarget, Workload.TLS_SEND),
                group(CROWD_ROUNDS, who::forTarget, Workload.CROWD_1, Workload.CROWD_5000),
                group(1, who::forTarget, Workload.IDLE_9000));
        return quick(groups);
    }

    private static Plan quick(List<Group> groups) {
        return new Plan(
                "quick", groups, QUICK_ROUNDS, Duration.ofMillis(700), Duration.ofMillis(100), Duration.ofMillis(200));
    }

    /** The same with samples as short as those of {@link #quick}. */
    public Plan hurried() {
        return quick(groups).withRounds(QUICK_ROUNDS);
    }

    /** Everything. */
    public static Plan full(int javaFeature) {
        Contestants who = new Contestants(javaFeature);
        List<Group> groups = List.of(
                group(FULL_ROUNDS, who::can, Workload.RECEIVE_STRING),
                group(FULL_ROUNDS, who::can, Workload.RECEIVE_BYTES),
                group(FULL_ROUNDS, who::can, Workload.SEND_1, Workload.SEND_4),
                group(FULL_ROUNDS, who::can, Workload.BOTH_WAYS),
                group(FULL_ROUNDS, who::can, Workload.ROUND_TRIP_ONE_CORE),
                group(FULL_ROUNDS, who::can, Workload.ROUND_TRIP_TWO_CORES),
                group(FULL_ROUNDS, who::can, Workload.RECEIVE_10),
                group(FULL_ROUNDS, who::can, Workload.RECEIVE_1000),
                group(FULL_ROUNDS, who::can, Workload.SEND_10),
                group(FULL_ROUNDS, who::can, Workload.SEND_1000),
                group(FULL_ROUNDS, who::can, Workload.TLS_RECEIVE),
                group(FULL_ROUNDS, who::can, Workload.TLS_SEND),
                group(
                        FULL_ROUNDS,
                        who::can,
                        Workload.CROWD_1,
                        Workload.CROWD_10,
                        Workload.CROWD_100,
                        Workload.CROWD_1000,
                        Workload.CROWD_5000),
                group(QUICK_ROUNDS, who::can, Workload.IDLE_1000),
                group(QUICK_ROUNDS, who::can, Workload.IDLE_9000),
                group(QUICK_ROUNDS, who::can, Workload.RESTART));
        return new Plan(
                "full", groups, FULL_ROUNDS, Duration.ofSeconds(3), Duration.ofMillis(500), Duration.ofMillis(1500));
    }

    private static Group group(int rounds, Predicate<Entry> wanted, Workload... workloads) {
        return new Group(
                Stream.of(workloads)
                        .flatMap(workload -> Stream.of(Peer.values()).map(peer -> new Entry(peer, workload)))
                        .filter(wanted)
                        .toList(),
                rounds);
    }

    /** The same with some of the entries only. */
    public Plan only(Predicate<Entry> wanted) {
        List<Group> kept = groups.stream()
                .map(group -> new Group(group.entries().stream().filter(wanted).toList(), group.rounds()))
                .filter(group -> !group.entries().isEmpty())
                .toList();
        return new Plan(name, kept, rounds, warmUp, settle, window);
    }

    /** The same with another number of rounds. */
    public Plan withRounds(int count) {
        List<Group> changed =
                groups.stream().map(group -> new Group(group.entries(), count)).toList();
        return new Plan(name, changed, count, warmUp, settle, window);
    }
}
