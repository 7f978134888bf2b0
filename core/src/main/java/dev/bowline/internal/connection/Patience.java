package dev.bowline.internal.connection;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The limit for something that must not stand still: a number that has to grow, while it is waited for. Event side only.
 *
 * <p>It costs one timer while it watches, and a look at the clock when it is touched; a connection under load sets no
 * timer per write. Progress that is not touched is looked for four times in a limit, and counts from then on, so that
 * the end may come a quarter of the limit late, but never early.
 */
public final class Patience {
    private final Deadlines deadlines;
    private final Duration limit;
    private final BooleanSupplier awaited;
    private final LongSupplier progress;
    private final Runnable exhausted;

    /** A timer waits. */
    private boolean watching;

    /** When progress was seen last, and how far it was. */
    private long since;

    private long seen;

    /**
     * @param limit zero for none
     * @param awaited whether progress is waited for at present; while not, the timer runs out unnoticed
     * @param progress what has to grow
     * @param exhausted it has not, for as long as the limit
     */
    public Patience(
            Deadlines deadlines, Duration limit, BooleanSupplier awaited, LongSupplier progress, Runnable exhausted) {
        this.deadlines = deadlines;
        this.limit = limit;
        this.awaited = awaited;
        this.progress = progress;
        this.exhausted = exhausted;
    }

    /** Something moved, or begins to be waited for: the limit runs from now. */
    public void touch() {
        if (limit.isZero()) {
            return;
        }
        since = deadlines.nanoTime();
        seen = progress.getAsLong();
        if (!watching) {
            watching = true;
            lookIn(limit.dividedBy(4));
        }
    }

    private void lookIn(Duration delay) {
        deadlines.schedule(delay, this::look);
    }

    private void look() {
        watching = awaited.getAsBoolean();
        if (!watching) {
            return;
        }
        if (progress.getAsLong() != seen) {
            watching = false;
            touch();
            return;
        }
        Duration left = limit.minusNanos(deadlines.nanoTime() - since);
        if (left.isNegative() || left.isZero()) {
            watching = false;
            exhausted.run();
        } else {
            Duration quarter = limit.dividedBy(4);
            lookIn(left.compareTo(quarter) < 0 ? left : quarter);
        }
    }
}
