package dev.bowline.integration.storm;

import dev.bowline.examples.server.LedgerEntry;
import dev.bowline.integration.storm.StormLine.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what a server received of one client with what the client's threads sent, line by line (rule F3). Each thread
 * sent as many lines, numbered from 0. What is wrong comes as sentences; none means that all is well.
 */
final class LedgerAudit {
    private final Mode mode;
    private final int threads;
    private final int linesOfEach;

    /** In the order in which they came, greetings not included. */
    private final List<Arrival> arrivals = new ArrayList<>();

    /** By thread: the numbers that came. */
    private final List<BitSet> came = new ArrayList<>();

    private final List<String> complaints = new ArrayList<>();

    /** Reads the ledger; complains of what nobody sent, and of connections that did not begin with their greeting (F1). */
    LedgerAudit(List<LedgerEntry> ledger, Mode mode, int threads, int linesOfEach) {
        this.mode = mode;
        this.threads = threads;
        this.linesOfEach = linesOfEach;
        for (int i = 0; i < threads; i++) {
            came.add(new BitSet());
        }
        Set<Integer> greeted = new HashSet<>();
        for (LedgerEntry entry : ledger) {
            Optional<StormLine> line = StormLine.parse(entry.line());
            if (line.isEmpty()) {
                complaints.add("nobody sent '" + entry.line() + "', which came on connection " + entry.connection());
            } else if (line.get().mode() == mode) {
                read(new Arrival(entry.connection(), line.get()), greeted);
            }
        }
    }

    private void read(Arrival arrival, Set<Integer> greeted) {
        StormLine line = arrival.line();
        boolean first = greeted.add(arrival.connection());
        if (first != line.isGreeting()) {
            complaints.add("F1: connection " + arrival.connection()
                    + (first ? " began with " + line + ", not with its greeting" : " was greeted twice"));
        }
        if (line.isGreeting()) {
            return;
        }
        if (line.thread() >= threads || line.number() >= linesOfEach) {
            complaints.add(line + " came, and was never sent");
            return;
        }
        arrivals.add(arrival);
    }

    /**
     * Every line at least once, first arrivals in each thread's order, and no more repetitions than there were repeated
     * handovers.
     *
     * @param resent lines that the client says it handed over again
     */
    List<String> confirmed(long resent) {
        int[] newest = newestOfNone();
        for (Arrival arrival : arrivals) {
            StormLine line = arrival.line();
            if (isFirst(line)) {
                if (line.number() < newest[line.thread()]) {
                    complaints.add("F3: " + line + " came for the first time after line " + newest[line.thread()]);
                }
                newest[line.thread()] = Math.max(newest[line.thread()], line.number());
            }
        }
        if (missing() > 0) {
            complaints.add("F3: " + missing() + " lines are missing, " + firstMissing() + " is the first");
        }
        if (repeated() > resent) {
            complaints.add("F3: " + repeated() + " lines came again, and only " + resent + " were sent again");
        }
        checkConnections();
        return complaints;
    }

    /**
     * No line twice; each thread's in order, connection by connection in the order of their opening; no more missing than
     * loss reports said may be.
     *
     * @param uncertain the sum of their windows of uncertainty
     */
    List<String> written(long uncertain) {
        List<Arrival> byConnection = arrivals.stream()
                .sorted(Comparator.comparingInt(Arrival::connection)) // is stable
                .toList();
        int[] newest = newestOfNone();
        for (Arrival arrival : byConnection) {
            StormLine line = arrival.line();
            if (!isFirst(line)) {
                complaints.add("F3: " + line + " came twice, at last on connection " + arrival.connection());
            } else if (line.number() < newest[line.thread()]) {
                complaints.add("F3: on connection " + arrival.connection() + " " + line + " came after line "
                        + newest[line.thread()]);
            } else {
                newest[line.thread()] = line.number();
            }
        }
        if (missing() > uncertain) {
            complaints.add("F3: " + missing() + " lines are missing, " + firstMissing() + " is the first, and only "
                    + uncertain + " were uncertain");
        }
        checkConnections();
        return complaints;
    }

    /** Notes a line; returns whether it came for the first time. */
    private boolean isFirst(StormLine line) {
        BitSet numbers = came.get(line.thread());
        boolean first = !numbers.get(line.number());
        numbers.set(line.number());
        return first;
    }

    private int[] newestOfNone() {
        int[] none = new int[threads];
        Arrays.fill(none, -1);
        return none;
    }

    /** What goes over one connection has no gaps, whatever is lost before and after it. */
    private void checkConnections() {
        Map<List<Integer>, Integer> newest = new HashMap<>();
        for (Arrival arrival : arrivals) {
            StormLine line = arrival.line();
            Integer before = newest.put(List.of(arrival.connection(), line.thread()), line.number());
            if (before != null && line.number() != before + 1) {
                complaints.add("F3: on connection " + arrival.connection() + " " + line + " follows line " + before);
            }
        }
    }

    /** How many lines came, each as often as it did. */
    int size() {
        return arrivals.size();
    }

    /** How many lines did not come; after the comparison. */
    int missing() {
        return threads * linesOfEach - different();
    }

    /** How many came again; after the comparison. */
    int repeated() {
        return arrivals.size() - different();
    }

    private int different() {
        return came.stream().mapToInt(BitSet::cardinality).sum();
    }

    private String firstMissing() {
        for (int thread = 0; thread < threads; thread++) {
            int number = came.get(thread).nextClearBit(0);
            if (number < linesOfEach) {
                return new StormLine(mode, thread, number).toString();
            }
        }
        return "none";
    }
}
