package dev.bowline;

/**
 * A message that a flush covers left the client undelivered (rule F4): it was dropped, or is uncertain.
 *
 * <pre>{@code
 * try {
 *     client.flush().get();
 * } catch (ExecutionException failed) {
 *     if (failed.getCause() instanceof NotDeliveredException) {
 *         System.err.println("not all arrived: " + failed.getCause().getMessage());
 *     }
 * }
 * }</pre>
 */
public class NotDeliveredException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Made by the client that it is about, and in tests.
     *
     * @param message says what became of the message
     */
    public NotDeliveredException(String message) {
        super(message);
    }
}
