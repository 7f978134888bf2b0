package dev.bowline.queue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A message queue in the heap: what is inside when the JVM ends is lost.
 *
 * <pre>{@code
 * MemoryQueue queue = MemoryQueue.builder().maxBytes(1 << 20).whenFull(WhenFull.FAIL).build();
 * queue.add(UTF_8.encode("hello\r\n"), Duration.ZERO);
 * ByteBuffer batch = ByteBuffer.allocate(4096);
 * queue.take((number, maybeHandedBefore, message) -> {
 *     if (message.remaining() > batch.remaining()) {
 *         return false;
 *     }
 *     batch.put(message);
 *     return true;
 * });
 * }</pre>
 *
 * <p>Numbers begin with 1. A queue that never drops, under {@link WhenFull#WAIT} and {@link WhenFull#FAIL}, gives
 * consecutive ones. A message counts its bytes there and 4 more, for the length that is stored in front of it. Messages
 * lie packed in chunks of 64 KiB that are used again, so a backlog costs about what it counts, and no garbage; only when
 * most messages are larger than half a chunk may it cost twice that. An empty queue keeps 4 KiB, and the chunks of its last
 * backlog for as long as the JVM has no other use for them.
 *
 * <p>Under {@link WhenFull#DROP_OLDEST} and {@link WhenFull#DROP_NEWEST} each message is an object and an array, and
 * counts its bytes and 64 more, which is about what those take. A dropped message has its number, too: the gap it leaves.
 *
 * <p>One lock guards everything; it is held to copy one message in (also on behalf of waiting senders, one after the
 * other) and to move places, never while a taker or the listener runs or a sender waits (rule E6). A taker may {@link
 * #add}, {@link #seal} and {@link #close}, but not {@link #take}, {@link #delivered} or {@link #rewind}. {@code take}
 * offers what was inside when it was called.
 */
public abstract sealed class MemoryQueue implements MessageQueue permits KeepingQueue, DroppingQueue {
    final Bounds bounds;

    /** Not private, so that a test can hold a sender between its wake-up and what it finds. */
    final ReentrantLock lock = new ReentrantLock();

    /** Nobody is let in, and nobody waits, from the moment this is true. Guarded by lock. */
    boolean sealed;

    /** Whether a taker is being called. Belongs to the consumer. */
    private boolean taking;

    /** Read without the lock after each add. */
    private volatile @Nullable Listener listener;

    MemoryQueue(Bounds bounds) {
        this.bounds = bounds;
    }

    /**
     * A queue of 16 MiB, any number of messages, where senders wait for room; each can be changed.
     *
     * @return for a queue of your own
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * <p>While anybody waits for room, all later senders stand in line behind, even if theirs would fit. A sender that
     * is interrupted after its message was added returns normally, with its interrupt flag set.
     *
     * @param wait how long to wait for room; nothing or less fails at once, and any length is allowed. Only {@link
     *     WhenFull#WAIT} looks at it, and not on a callback thread: there nothing waits (rule E3).
     */
    @Override
    public abstract long add(ByteBuffer message, Duration wait) throws InterruptedException;

    @Nullable
    final Listener listener() {
        return listener;
    }

    /** After a message got in; without the lock. */
    final void tellOfMessage() {
        Listener told = listener;
        if (told != null) {
            told.available();
        }
    }

    /** Why a message was not added. Under the lock; the exception itself, with its stack trace, is made without it. */
    final Supplier<IllegalStateException> refusal(int length, int waitingBefore) {
        Size inside = inside();
        if (sealed) {
            return () -> Bounds.closed(length, inside);
        }
        if (!bounds.couldHold(length)) {
            return () -> bounds.neverFits(length);
        }
        return () -> bounds.noRoom(length, inside, waitingBefore);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if a taker calls this
     */
    @Override
    public final int take(Taker taker) {
        refuseToTaker();
        taking = true;
        try {
            return offerTo(taker);
        } finally {
            taking = false;
        }
    }

    /** Without the lock. */
    abstract int offerTo(Taker taker);

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if that message isn't taken; nothing is forgotten
     * @throws IllegalStateException if a taker calls this
     */
    @Override
    public final void delivered(long through) {
        refuseToTaker();
        forget(through);
    }

    /** Without the lock. */
    abstract void forget(long through);

    static IllegalArgumentException notTaken(long through, long first) {
        return new IllegalArgumentException(
                "Message " + through + " can't be delivered: it isn't taken; the first that isn't is " + first + ".");
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if a taker calls this
     */
    @Override
    public final void rewind() {
        refuseToTaker();
        lock.lock();
        try {
            putBack();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    abstract void putBack();

    private void refuseToTaker() {
        if (taking) {
            throw new IllegalStateException("A taker can't call take, delivered or rewind of the queue that calls it.");
        }
    }

    @Override
    public final void seal() {
        lock.lock();
        try {
            sealed = true;
            sendWaitingAway();
        } finally {
            lock.unlock();
        }
    }

    /** For a queue in which senders wait; it is sealed. Under the lock. */
    void sendWaitingAway() {}

    @Override
    public final Size size() {
        lock.lock();
        try {
            return inside();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    abstract Size inside();

    @Override
    public final long newest() {
        lock.lock();
        try {
            return newestAdded();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    abstract long newestAdded();

    @Override
    public final void listen(Listener listener) {
        this.listener = listener;
    }

    /** Seals the queue; what is still inside is gone. From any thread, also while the consumer is at work. */
    @Override
    public final void close() {
        seal();
        lock.lock();
        try {
            throwAway();
        } finally {
            lock.unlock();
        }
    }

    /** The queue is sealed. Under the lock. */
    abstract void throwAway();

    /** What a new queue is like. */
    public static final class Builder {
        private long maxBytes = 16 << 20;
        private long maxMessages = Long.MAX_VALUE;
        private WhenFull whenFull = WhenFull.WAIT;

        private Builder() {}

        /**
         * The most bytes inside, with 4 or 64 for each message ({@link MemoryQueue}); 16 MiB by default (rule E2).
         *
         * @param bytes 1 or more
         * @return this builder
         */
        public Builder maxBytes(long bytes) {
            maxBytes = positive("maxBytes", bytes);
            return this;
        }

        /**
         * The most messages inside; as many as fit by default (rule E2).
         *
         * @param messages 1 or more
         * @return this builder
         */
        public Builder maxMessages(long messages) {
            maxMessages = positive("maxMessages", messages);
            return this;
        }

        /**
         * What happens to a message for which there is no room; {@link WhenFull#WAIT} by default (rule E3).
         *
         * @param policy it decides how messages are stored, too
         * @return this builder
         */
        public Builder whenFull(WhenFull policy) {
            whenFull = policy;
            return this;
        }

        /** {@return an empty queue; each call makes another one} */
        public MemoryQueue build() {
            return switch (whenFull) {
                case WAIT -> new KeepingQueue(maxBytes, maxMessages, true);
                case FAIL -> new KeepingQueue(maxBytes, maxMessages, false);
                case DROP_OLDEST -> new DroppingQueue(maxBytes, maxMessages, true);
                case DROP_NEWEST -> new DroppingQueue(maxBytes, maxMessages, false);
            };
        }

        private static long positive(String what, long value) {
            if (value <= 0) {
                throw new IllegalArgumentException(what + " must be positive: " + value);
            }
            return value;
        }
    }
}
