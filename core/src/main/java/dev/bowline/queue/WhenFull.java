package dev.bowline.queue;

/** What a full queue does with one more message (rule E3). */
public enum WhenFull {
    /** The sender waits for room, as long as it said; then it gets a {@link QueueFullException}. The default. */
    WAIT,
    /** The sender gets a {@link QueueFullException} at once. */
    FAIL
}
