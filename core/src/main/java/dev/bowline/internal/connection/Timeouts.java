package dev.bowline.internal.connection;

import dev.bowline.ConnectOptions;
import dev.bowline.LossReason.TimedOut.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What ends a connection on which nothing moves: no input (C4), or no output though some waits (B7). Event side only. */
final class Timeouts {
    /** The connection that they watch. */
    interface Watched {
        /** Whether input is waited for. */
        boolean awaitsInput();

        /** Whether output waits to be taken. */
        boolean awaitsOutput();

        /** How many bytes of it were taken. */
        long outputTaken();

        /** Nothing has moved for so long. Told at most once by each timer. */
        void timedOut(Timer timer, Duration limit);
    }

    private final Deadlines deadlines;
    private final ConnectOptions options;
    private final Watched watched;

    /** How much has arrived. */
    private long receivedBytes;

    /** Null until input is waited for, and for ever where there is no limit for it. */
    private @Nullable Patience idle;

    /** Null until output has to wait, which it does on few connections. */
    private @Nullable Patience stall;

    Timeouts(Deadlines deadlines, ConnectOptions options, Watched watched) {
        this.deadlines = deadlines;
        this.options = options;
        this.watched = watched;
    }

    /** The connection is open and reads, or reads again. */
    void reading() {
        Duration limit = options.idleTimeout();
        if (idle == null && !limit.isZero()) {
            idle = new Patience(
                    deadlines,
                    limit,
                    watched::awaitsInput,
                    () -> receivedBytes,
                    () -> watched.timedOut(Timer.IDLE, limit));
        }
        touch(idle);
    }

    void received(int bytes) {
        receivedBytes += bytes;
        touch(idle);
    }

    /** The link has output that it could not write at once. */
    void outputWaits() {
        Duration limit = options.writeStall();
        if (stall == null && !limit.isZero()) {
            stall = new Patience(
                    deadlines,
                    limit,
                    watched::awaitsOutput,
                    watched::outputTaken,
                    () -> watched.timedOut(Timer.WRITE_STALL, limit));
        }
        touch(stall);
    }

    private static void touch(@Nullable Patience patience) {
        if (patience != null) {
            patience.touch();
        }
    }
}
