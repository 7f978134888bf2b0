package dev.bowline.integration.storm;

import dev.bowline.ClientEvent;
import dev.bowline.ClientObserver;
import dev.bowline.LossReason;
import dev.bowline.LossReport;
import dev.bowline.integration.stress.Violations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a client told of its connections: sums over its loss reports, and whether it came back as soon as it could. */
final class ConnectionDiary implements ClientObserver {
    private enum Kind {
        BACK,
        CONNECTING,
        CONNECTED,
        READY,
        LOST,
        WAITING
    }

    private record Note(Kind kind, long nanos) {}

    /** How much later than it said, at most, a client begins an attempt, or notices what happened: a loaded machine. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final String client;
    private final Duration longestDelay;
    private final Violations violations;

    /** Guarded by this, as are all below. */
    private final List<Note> notes = new ArrayList<>();

    private final Map<String, Integer> reasons = new TreeMap<>();
    private long attempts;
    private long losses;
    private long handedOver;
    private long confirmed;
    private long uncertain;
    private Duration announced = Duration.ZERO;

    ConnectionDiary(String client, Duration longestDelay, Violations violations) {
        this.client = client;
        this.longestDelay = longestDelay;
        this.violations = violations;
    }

    @Override
    public synchronized void happened(ClientEvent event) {
        if (event instanceof ClientEvent.Connecting) {
            checkPunctual();
            attempts++;
            note(Kind.CONNECTING);
        } else if (event instanceof ClientEvent.Connected) {
            note(Kind.CONNECTED);
        } else if (event instanceof ClientEvent.Ready) {
            note(Kind.READY);
        } else if (event instanceof ClientEvent.Lost lost) {
            note(Kind.LOST);
            add(lost.report());
        } else if (event instanceof ClientEvent.Waiting waiting) {
            note(Kind.WAITING);
            announced = waiting.delay();
            if (announced.compareTo(longestDelay) > 0) {
                violations.add("F2: " + client + " waits for " + announced + ", and the cap is " + longestDelay);
            }
        } else if (event instanceof ClientEvent.Dropped || event instanceof ClientEvent.Failed) {
            violations.add(client + " told of " + event);
        }
    }

    private void note(Kind kind) {
        notes.add(new Note(kind, System.nanoTime()));
    }

    private void checkPunctual() {
        if (notes.isEmpty()) {
            return;
        }
        Duration late = Duration.ofNanos(
                        System.nanoTime() - notes.get(notes.size() - 1).nanos())
                .minus(announced);
        if (late.compareTo(MARGIN) > 0) {
            violations.add("F2: " + client + " began an attempt " + late + " later than it said");
        }
    }

    private void add(LossReport report) {
        losses++;
        handedOver += report.handedOver();
        confirmed += report.confirmed();
        uncertain += report.uncertain();
        LossReason reason = report.reason();
        String name = reason instanceof LossReason.TimedOut timedOut
                ? timedOut.timer().toString()
                : reason.getClass().getSimpleName();
        reasons.merge(name, 1, Integer::sum);
        if (reason instanceof LossReason.ProtocolFailure failure) {
            violations.add("F3: " + client + " was confirmed what it never sent: " + failure.cause());
        }
    }

    /** The server is back: {@link #checkReturn} looks at what follows. */
    synchronized int mark() {
        note(Kind.BACK);
        return notes.size() - 1;
    }

    /**
     * The first attempt that began after the server was back got through, and began when its backoff said so (rule F2). One
     * that began just before may have, too; then none follows.
     */
    synchronized Duration checkReturn(int mark) {
        int attempt = mark + 1;
        while (attempt < notes.size() && notes.get(attempt).kind() != Kind.CONNECTING) {
            attempt++;
        }
        if (attempt == notes.size()) {
            return Duration.ZERO;
        }
        List<Note> rest = notes.subList(attempt, notes.size());
        List<Kind> expected = List.of(Kind.CONNECTING, Kind.CONNECTED, Kind.READY);
        List<Kind> seen = rest.stream().limit(3).map(Note::kind).toList();
        if (!seen.equals(expected)) {
            violations.add("F2: with the server back, " + client + " should do " + expected + ", and did " + seen);
            return Duration.ZERO;
        }
        Duration took = Duration.ofNanos(rest.get(2).nanos() - notes.get(mark).nanos());
        if (took.compareTo(longestDelay.plus(MARGIN)) > 0) {
            violations.add("F2: " + client + " took " + took + " to be ready after the server was back");
        }
        return took;
    }

    synchronized long attempts() {
        return attempts;
    }

    synchronized long losses() {
        return losses;
    }

    synchronized long handedOver() {
        return handedOver;
    }

    synchronized long confirmed() {
        return confirmed;
    }

    /** All windows of uncertainty together. */
    synchronized long uncertain() {
        return uncertain;
    }

    @Override
    public synchronized String toString() {
        return losses + " losses " + reasons;
    }
}
