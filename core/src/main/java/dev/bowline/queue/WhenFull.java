package dev.bowline.queue;

/**
 * What a full queue does with one more message (rule E3). A message that could never fit gets a {@link
 * QueueFullException} at once, whatever is chosen here.
 *
 * <pre>{@code
 * LineClient telemetry = LineClient.builder(endpoint, Hello::new)
 *         .queue(MemoryQueue.builder().maxBytes(1 << 20).whenFull(WhenFull.DROP_OLDEST).build())
 *         .open();
 * }</pre>
 */
public enum WhenFull {
    /** The sender waits for room, as long as it said; then it gets a {@link QueueFullException}. The default. */
    WAIT,
    /** The sender gets a {@link QueueFullException} at once. */
    FAIL,
    /**
     * The oldest messages that are not taken go, as many as it needs; if even all of them would not do, the new one goes
     * instead, and they stay. The sender is told nothing, the queue's listener everything.
     */
    DROP_OLDEST,
    /** The new message goes. The sender is told nothing, the queue's listener everything. */
    DROP_NEWEST
}
