package dev.bowline.queue;

import org.jspecify.annotations.Nullable;

/** The queue takes no more messages; this one was not added. */
public class QueueClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    public QueueClosedException(String message) {
        super(message);
    }

    public QueueClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
