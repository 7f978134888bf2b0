package dev.bowline;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether, when and how often a client connects again after an attempt failed or a connection was lost (rule F2). Every
 * loss counts, the protocol's own {@code close()} included; only the end of the client ends it.
 *
 * <pre>{@code
 * Reconnect byDefault = Reconnect.exponential();
 * Reconnect impatient = Reconnect.exponential().withMaxAttempts(10);          // ten failures in a row are enough
 * Reconnect regular = Reconnect.fixed(Duration.ofSeconds(5));
 * Reconnect linear = Reconnect.after(attempt -> Duration.ofSeconds(attempt)); // a function of your own
 * }</pre>
 *
 * <p>Attempts and delays are counted from the beginning, and again from the last connection that proved good: one that
 * stayed ready for {@link #withResetAfter 10 s}, or confirmed a message. One that was accepted and dropped at once proves
 * nothing, and is backed off as a refused one is. Immutable.
 */
public final class Reconnect {
    private static final Duration RESET_AFTER = Duration.ofSeconds(10);

    private static final Reconnect NEVER = new Reconnect(null, 1, RESET_AFTER);
    private static final Reconnect EXPONENTIAL = after(Backoff.standard());

    /** How long to wait before an attempt. */
    @FunctionalInterface
    public interface Delays {
        /**
         * Called on a callback thread, once before each attempt but the client's first; it doesn't wait. What it throws
         * ends the client.
         *
         * @param attempt which delay it is since the beginning or the last good connection: 1, 2, 3, …
         * @return zero or more; zero means at once
         */
        Duration before(int attempt);
    }

    /** Null for never. */
    private final @Nullable Delays delays;

    private final int maxAttempts;
    private final Duration resetAfter;

    private Reconnect(@Nullable Delays delays, int maxAttempts, Duration resetAfter) {
        this.delays = delays;
        this.maxAttempts = maxAttempts;
        this.resetAfter = resetAfter;
    }

    /**
     * One attempt; the first failure or loss ends the client. It has failed then, unless the connection ended in good order: by
     * its protocol's own {@code close()} or {@code abort()}, or by the peer once the protocol was ready. One that only listens
     * calls {@code ready()}, too. A protocol for which the peer's end comes too early says so by {@code fail} in {@code
     * inputEnded()}.
     *
     * @return the policy of a client that makes one attempt
     */
    public static Reconnect never() {
        return NEVER;
    }

    /**
     * {@return always the same delay, without jitter}
     *
     * @param delay zero or more
     */
    public static Reconnect fixed(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a delay is not negative: " + delay);
        }
        return after(attempt -> delay);
    }

    /**
     * {@link Backoff#standard()}, for ever.
     *
     * @return the default of every client
     */
    public static Reconnect exponential() {
        return EXPONENTIAL;
    }

    /**
     * Own delays: a {@link Backoff} with other numbers, or any function.
     *
     * @param delays asked before each attempt, with its number
     * @return a policy without an end
     */
    public static Reconnect after(Delays delays) {
        return new Reconnect(Objects.requireNonNull(delays, "delays"), Integer.MAX_VALUE, RESET_AFTER);
    }

    /**
     * The same with an end: after so many attempts in a row that led to no good connection the client fails. The client's
     * first attempt counts, and so do connections that were accepted and dropped.
     *
     * @param attempts 1 or more
     * @return another policy
     */
    public Reconnect withMaxAttempts(int attempts) {
        if (attempts < 1) {
            throw new IllegalArgumentException("at least one attempt is made, not " + attempts);
        }
        return new Reconnect(delays, delays == null ? 1 : attempts, resetAfter);
    }

    /**
     * The same with another time for which a connection must have been ready to count as a good one; 10 s by default.
     *
     * @param ready how long it has to be ready; zero or more
     * @return another policy
     */
    public Reconnect withResetAfter(Duration ready) {
        if (ready.isNegative()) {
            throw new IllegalArgumentException("a time is not negative: " + ready);
        }
        return new Reconnect(delays, maxAttempts, ready);
    }

    /** {@return what gives the delays; null if there is no other attempt} */
    public @Nullable Delays delays() {
        return delays;
    }

    /** {@return how many attempts may fail in a row; {@link Integer#MAX_VALUE} for any number} */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** {@return how long a connection must have been ready to count as a good one} */
    public Duration resetAfter() {
        return resetAfter;
    }
}
