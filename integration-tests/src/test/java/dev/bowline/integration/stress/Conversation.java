package dev.bowline.integration.stress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.integration.stress.ConnectionWatch.Kind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a run, on the client's side: does things at random inside its callbacks, has things done to it by other
 * threads, and watches over the rules. The two protocols in front of it are {@link Conversations}.
 */
final class Conversation {
    /** Writers: the callbacks are number 0, the other threads have the numbers from 1. */
    static final int WRITERS = 1 + Chaos.OTHERS;

    /** So many bytes are written at most: what waits in memory is bounded even where the peer reads nothing. */
    private static final int MOST_BYTES = 192 * 1024;

    /** What a call that never blocks may take on a machine that is busy elsewhere. */
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Thrown out of callbacks on purpose. */
    static final class Thrown extends Exception {
        Thrown() {
            super("thrown on purpose", null, false, false);
        }
    }

    private final String name;
    private final Caller caller;
    private final Violations violations;
    private final Trail trail = new Trail();
    private final ConnectionWatch watch;
    private final NumberedLines received = new NumberedLines();

    /** Guards a pause, or an end of it, together with what the watch knows of it. Held over calls that never block. */
    private final Object pauses = new Object();

    /** Callbacks only. */
    private final SplittableRandom random;

    /** One action in so many is a fateful one: some connections live for a moment, some for the whole run. */
    private final int calm;

    /** By writer: how many lines the connection took. Each is changed by its writer alone, and read after the run. */
    private final long[] taken = new long[WRITERS];

    /** By writer: a write was refused. As taken. */
    private final boolean[] refused = new boolean[WRITERS];

    private final AtomicInteger bytes = new AtomicInteger();

    private volatile @Nullable Connection connection;

    Conversation(String name, Caller caller, Violations violations, SplittableRandom random) {
        this.name = name;
        this.caller = caller;
        this.violations = violations;
        this.random = random;
        this.calm = 1 << random.nextInt(4, 11);
        this.watch = new ConnectionWatch(name, trail, violations);
    }

    String name() {
        return name;
    }

    Trail trail() {
        return trail;
    }

    ConnectionWatch watch() {
        return watch;
    }

    void violated(String sentence) {
        violations.report(name, trail, sentence);
    }

    /** How many lines of a writer the connection took; after the run. */
    long taken(int writer) {
        return taken[writer];
    }

    // ---- callbacks ----

    void made(Connection made) throws Thrown {
        callback(Kind.MADE, "connectionMade", () -> {
            connection = made;
            write(0, 1);
            act();
        });
    }

    void lineReceived(String line) throws Thrown {
        callback(Kind.DATA, "line", () -> lineArrived(line));
    }

    void chunkReceived(ByteBuffer data, LineCutter cutter) throws Thrown {
        callback(Kind.DATA, data.remaining() + " bytes", () -> {
            cutter.feed(data, this::checkLine);
            act();
        });
    }

    private void lineArrived(String line) throws Thrown {
        checkLine(line);
        act();
    }

    private void checkLine(String line) {
        received.problemOf(line).ifPresent(problem -> violated("what the server sent: " + problem));
    }

    /** Returns whether the connection is to be closed now. */
    boolean inputEnded() throws Thrown {
        boolean[] close = new boolean[1];
        callback(Kind.INPUT_ENDED, "inputEnded", () -> {
            close[0] = random.nextInt(4) > 0;
            act();
        });
        return close[0];
    }

    void lost(LossReason reason) throws Thrown {
        callback(Kind.LOST, "connectionLost: " + reason.describe(), () -> {
            write(0, 1);
            if (random.nextInt(50) == 0) {
                throw new Thrown();
            }
        });
    }

    private interface Body {
        void run() throws Thrown;
    }

    private void callback(Kind kind, String event, Body body) throws Thrown {
        watch.enter(kind);
        trail.add(event);
        try {
            body.run();
        } finally {
            watch.leave();
        }
    }

    private void task() {
        try {
            callback(Kind.TASK, "task", this::act);
        } catch (Thrown thrown) {
            throw new IllegalStateException(thrown);
        }
    }

    // ---- what happens in callbacks ----

    private void act() throws Thrown {
        if (random.nextInt(calm) == 0) {
            actFatefully();
        } else {
            actMildly();
        }
    }

    private void actMildly() {
        Connection open = open();
        switch (random.nextInt(32)) {
            case 0, 1, 2, 3, 4 -> write(0, random.nextInt(1, 6));
            case 5 -> write(0, 100);
            case 6 -> {
                synchronized (pauses) {
                    trail.add("pauses");
                    open.pauseReading();
                    watch.pausedInside();
                }
                var unused = open.schedule(Duration.ofMillis(random.nextInt(1, 20)), this::resume);
            }
            case 7 -> open.execute(this::task);
            case 8 -> {
                var unused = open.schedule(Duration.ofMillis(random.nextInt(10)), this::task);
            }
            case 9 -> resume();
            case 10 ->
                open.schedule(Duration.ofMillis(5), () -> violated("a task ran that was taken back"))
                        .cancel();
            default -> {}
        }
    }

    private void actFatefully() throws Thrown {
        Connection open = open();
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                trail.add("closes");
                open.close();
                watch.closedInside();
                write(0, 1);
            }
            case 2 -> {
                trail.add("aborts");
                open.abort();
                watch.closedInside();
            }
            case 3, 4 -> {
                trail.add("half-closes");
                open.shutdownOutput();
                write(0, 1);
            }
            case 5 -> {
                trail.add("throws");
                throw new Thrown();
            }
            case 6 -> {
                write(0, 50);
                trail.add("closes twice, then aborts");
                open.close();
                open.close();
                open.abort();
                watch.closedInside();
            }
            default -> caller.end(random.nextBoolean());
        }
    }

    private Connection open() {
        Connection open = connection;
        if (open == null) {
            throw new IllegalStateException("no callback comes before connectionMade");
        }
        return open;
    }

    // ---- what other threads do ----

    /** Something at random, by the other thread of this number. */
    void actFromOutside(int writer, SplittableRandom dice) {
        Connection open = connection;
        if (open == null) {
            return;
        }
        long begun = System.nanoTime();
        int what = dice.nextInt(1_000);
        if (what < 600) {
            write(writer, dice.nextInt(1, 4));
        } else if (what < 780) {
            resume();
        } else if (what < 860) {
            trail.add("is paused");
            open.pauseReading();
        } else if (what < 920) {
            open.execute(this::task);
        } else if (what < 990) {
            var unused = open.schedule(Duration.ofMillis(dice.nextInt(20)), this::task);
        } else if (what < 994) {
            trail.add("is closed");
            open.close();
        } else if (what < 996) {
            trail.add("is aborted");
            open.abort();
        } else if (what < 998) {
            trail.add("is half-closed");
            open.shutdownOutput();
        } else {
            caller.end(dice.nextBoolean());
        }
        if (System.nanoTime() - begun > STUCK_NANOS) {
            violated("B1: a call from another thread blocked for " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        }
    }

    private void resume() {
        Connection open = connection;
        if (open != null) {
            synchronized (pauses) {
                watch.resumes();
                open.resumeReading();
            }
        }
    }

    /** Writes lines, as one of the writers. */
    private void write(int writer, int lines) {
        Connection open = connection;
        if (open == null) {
            return;
        }
        for (int i = 0; i < lines && bytes.get() < MOST_BYTES; i++) {
            boolean lostBefore = watch.isLost();
            String line = NumberedLines.line(name, Integer.toString(writer), taken[writer]) + "\r\n";
            if (!open.write(ByteBuffer.wrap(line.getBytes(ISO_8859_1)))) {
                refused[writer] = true;
                return;
            }
            if (lostBefore || refused[writer]) {
                violated("B2: a write was taken " + (lostBefore ? "after connectionLost" : "after one was refused"));
            }
            taken[writer]++;
            bytes.addAndGet(line.length());
        }
    }
}
