package dev.bowline.queue;

import org.jspecify.annotations.Nullable;

/**
 * The queue takes no more messages; this one was not added.
 *
 * <pre>{@code
 * try {
 *     client.send("one more");
 * } catch (QueueClosedException closed) {
 *     System.err.println(closed.getMessage());     // the client of 127.0.0.1:8001 is ending; the message was not taken
 * }
 * }</pre>
 */
public class QueueClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /**
     * Made by queues.
     *
     * @param message says why, and that the message was not taken
     */
    public QueueClosedException(String message) {
        super(message);
    }

    /**
     * Made by what stands before a queue.
     *
     * @param message says why, and that the message was not taken
     * @param cause what closed the queue, where something was thrown; else null
     */
    public QueueClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
