package dev.bowline.queue;

/**
 * There was no room for a message; it was not added. The message says how full, and what the bound is.
 *
 * <pre>{@code
 * void report(String line) throws InterruptedException {
 *     try {
 *         client.send(line);
 *     } catch (QueueFullException full) {
 *         System.err.println(full.getMessage());   // how full it is, and what the bound is
 *     }
 * }
 * }</pre>
 */
public class QueueFullException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /**
     * Made by queues.
     *
     * @param message says how full it is, and what the bound is
     */
    public QueueFullException(String message) {
        super(message);
    }
}
