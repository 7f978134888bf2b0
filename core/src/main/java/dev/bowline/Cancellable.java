package dev.bowline;

/**
 * Something under way that can be given up.
 *
 * <pre>{@code
 * Cancellable patience = connection.schedule(Duration.ofSeconds(5), connection::abort);
 * patience.cancel();                               // the answer came in time
 * }</pre>
 */
@FunctionalInterface
public interface Cancellable {
    /** Gives it up; does nothing if it is already over. From any thread, any number of times. */
    void cancel();
}
