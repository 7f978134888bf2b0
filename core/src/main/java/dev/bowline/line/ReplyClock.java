package dev.bowline.line;

import dev.bowline.Cancellable;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures the time that the server takes for the reply that is due: from when it was requested or, if that is later, from
 * when the one before was complete. All under the lock of the {@link Pipeline}.
 *
 * <p>One timer does it. A reply that comes in time leaves the timer alone: when it rings, what is due by then is looked at
 * anew. So requests under load set no timer each, and a limit is still never overrun.
 */
final class ReplyClock {
    private final LongSupplier nanoTime;
    private final BiFunction<Duration, Runnable, Cancellable> schedule;

    /** Called without the lock. */
    private final Runnable ring;

    /** Null while no timer waits; the next two are about it and about the reply that is due. */
    private @Nullable Cancellable timer;

    private long rings;

    /** Zero while none is due that has a limit. */
    private Duration limit = Duration.ZERO;

    private long deadline;

    ReplyClock(LongSupplier nanoTime, BiFunction<Duration, Runnable, Cancellable> schedule, Runnable ring) {
        this.nanoTime = nanoTime;
        this.schedule = schedule;
        this.ring = ring;
    }

    /** Another reply is due from now on. */
    void due(Duration within) {
        limit = within;
        if (within.isZero()) {
            return;
        }
        long now = nanoTime.getAsLong();
        deadline = now + nanos(within);
        if (timer != null && rings - deadline > 0) {
            timer.cancel();
            timer = null;
        }
        if (timer == null) {
            wind(now);
        }
    }

    /** None is due. */
    void nothingDue() {
        limit = Duration.ZERO;
    }

    /** The timer rang; returns the limit if that has passed, or null, and then it rings again when it is due to. */
    @Nullable
    Duration rang() {
        timer = null;
        if (limit.isZero()) {
            return null;
        }
        long now = nanoTime.getAsLong();
        if (deadline - now <= 0) {
            return limit;
        }
        wind(now);
        return null;
    }

    private void wind(long now) {
        rings = deadline;
        timer = schedule.apply(Duration.ofNanos(deadline - now), ring);
    }

    /** A century is as good as for ever, and can be counted with. */
    private static long nanos(Duration limit) {
        Duration longest = Duration.ofDays(36_500);
        return (limit.compareTo(longest) < 0 ? limit : longest).toNanos();
    }
}
