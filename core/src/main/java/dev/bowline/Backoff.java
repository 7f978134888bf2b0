package dev.bowline;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Exponential backoff with full jitter (rule F2): the n-th delay is drawn evenly between nothing and {@code first ×
 * factor^(n-1)}, or the cap if that is less. So clients that lost their server together do not come back together.
 *
 * <pre>{@code
 * Reconnect.after(Backoff.standard().withCap(Duration.ofSeconds(10)))
 * }</pre>
 *
 * <p>Immutable; may be used by any number of clients and threads, as far as the source of randomness may.
 */
public final class Backoff implements Reconnect.Delays {
    private static final Backoff STANDARD = new Backoff(Duration.ofSeconds(1), 1.5, Duration.ofSeconds(60), null);

    private final Duration first;
    private final double factor;
    private final Duration cap;

    /** Null for the thread's own. */
    private final @Nullable RandomGenerator random;

    private Backoff(Duration first, double factor, Duration cap, @Nullable RandomGenerator random) {
        this.first = first;
        this.factor = factor;
        this.cap = cap;
        this.random = random;
    }

    /**
     * Up to 1 s, then up to 1.5 times as much each time, up to 60 s.
     *
     * @return the default of every client
     */
    public static Backoff standard() {
        return STANDARD;
    }

    /**
     * {@return the same with another upper end of the first delay; positive}
     *
     * @param first the most that the first delay may be
     */
    public Backoff withFirst(Duration first) {
        return new Backoff(positive("the first delay", first), factor, cap, random);
    }

    /**
     * {@return the same with another growth from one delay to the next; 1 or more}
     *
     * @param factor what each delay may be longer by than the one before
     */
    public Backoff withFactor(double factor) {
        if (!(factor >= 1) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("a backoff's factor is 1 or more: " + factor);
        }
        return new Backoff(first, factor, cap, random);
    }

    /**
     * {@return the same with another upper end of all delays; positive}
     *
     * @param cap the most that any delay may be
     */
    public Backoff withCap(Duration cap) {
        return new Backoff(first, factor, positive("the cap", cap), random);
    }

    /**
     * {@return the same with another source of randomness: a seeded one gives the same delays each time}
     *
     * @param random asked for one number before each attempt
     */
    public Backoff withRandom(RandomGenerator random) {
        return new Backoff(first, factor, cap, Objects.requireNonNull(random, "random"));
    }

    private static Duration positive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(what + " of a backoff is positive: " + duration);
        }
        return duration;
    }

    @Override
    public Duration before(int attempt) {
        double grown = (double) first.toNanos() * Math.pow(factor, attempt - 1.0);
        long most = (long) Math.min(grown, (double) cap.toNanos());
        RandomGenerator source = random == null ? ThreadLocalRandom.current() : random;
        return Duration.ofNanos(source.nextLong(most + 1));
    }

    @Override
    public String toString() {
        return "up to " + Causes.seconds(first) + ", times " + factor + ", up to " + Causes.seconds(cap);
    }
}
