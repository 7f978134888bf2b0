package dev.bowline.internal.client;

import dev.bowline.Reconnect;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a client's {@link Reconnect} stands (rule F2). In the callbacks of the one connector, and on the event side of its
 * connection: one after the other.
 */
final class Retry {
    private final Reconnect policy;

    /** Attempts that have begun since the last good connection. */
    private int attempts;

    /** Delays since then. */
    private int delays;

    Retry(Reconnect policy) {
        this.policy = policy;
    }

    /** Whether it is the number of attempts that may end it. */
    boolean isLimited() {
        return policy.delays() != null;
    }

    /** An attempt begins; returns its number. */
    int begin() {
        return ++attempts;
    }

    /** The number of the latest attempt. */
    int attempts() {
        return attempts;
    }

    /** The connection is a good one: what comes after it counts from the beginning. */
    void good() {
        attempts = 0;
        delays = 0;
    }

    /** How long to wait before the next attempt; null if there is none. */
    @Nullable
    Duration next() {
        Reconnect.Delays choice = policy.delays();
        if (choice == null || attempts >= policy.maxAttempts()) {
            return null;
        }
        Duration delay = choice.before(++delays);
        if (delay == null || delay.isNegative()) {
            throw new IllegalStateException("a reconnect policy's delay is zero or more, not " + delay);
        }
        return delay;
    }
}
