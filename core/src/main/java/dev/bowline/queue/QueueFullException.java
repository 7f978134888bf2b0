package dev.bowline.queue;

/** There was no room for a message; it was not added. The message says how full, and what the bound is. */
public class QueueFullException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    public QueueFullException(String message) {
        super(message);
    }
}
