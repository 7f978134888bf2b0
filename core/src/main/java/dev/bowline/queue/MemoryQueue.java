package dev.bowline.queue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A message queue in the heap: what is inside when the JVM ends is lost.
 *
 * <pre>{@code
 * MemoryQueue queue = MemoryQueue.builder().maxBytes(1 << 20).whenFull(WhenFull.FAIL).build();
 * queue.add(ByteBuffer.wrap(line), Duration.ZERO);
 * queue.take((number, maybeHandedBefore, message) -> {
 *     if (message.remaining() > batch.remaining()) {
 *         return false;
 *     }
 *     batch.put(message);
 *     return true;
 * });
 * }</pre>
 *
 * <p>A message counts its bytes and 4 more, for the length that is stored in front of it. Messages lie packed in
 * chunks of 64 KiB that are used again, so a backlog costs about what it counts, and no garbage; only when most
 * messages are larger than half a chunk may it cost twice that. Numbers are consecutive, from 1.
 *
 * <p>One lock guards everything; it is held to copy one message in (also on behalf of waiting senders, one after the
 * other) and to move marks, never while a taker or the listener runs or a sender waits (rule E6). A taker may {@link
 * #add}, {@link #seal} and {@link #close}, but not {@link #take}, {@link #delivered} or {@link #rewind}.
 */
public final class MemoryQueue implements MessageQueue {
    private final Bounds bounds;
    private final WhenFull whenFull;

    /** Not private, so that a test can hold a sender between its wake-up and what it finds. */
    final ReentrantLock lock = new ReentrantLock();

    /** Senders that wait for room, in order of arrival; the first one's message does not fit. Guarded by lock. */
    private final Deque<WaitingSender> line = new ArrayDeque<>();

    /** Guarded by lock. Another one, that stays empty, after {@link #close}. */
    private Backlog backlog = new Backlog();

    /** Nobody waits in line from the moment this is true. Guarded by lock. */
    private boolean sealed;

    /** Whether a taker is being called. Belongs to the consumer. */
    private boolean taking;

    /** Read without the lock after each add. */
    private volatile @Nullable Listener listener;

    private MemoryQueue(Builder builder) {
        bounds = new Bounds(builder.maxBytes, builder.maxMessages);
        whenFull = builder.whenFull;
    }

    /** A queue of 16 MiB, any number of messages, where senders wait for room; each can be changed. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * <p>While anybody waits for room, all later senders stand in line behind, even if theirs would fit. A sender that
     * is interrupted after its message was added returns normally, with its interrupt flag set.
     *
     * @param wait how long to wait for room; nothing or less fails at once, and any length is allowed. {@link
     *     WhenFull#FAIL} ignores it.
     */
    @Override
    public long add(ByteBuffer message, Duration wait) throws InterruptedException {
        int length = message.remaining();
        long number;
        Supplier<IllegalStateException> refusal = null;
        lock.lock();
        try {
            if (!sealed && line.isEmpty() && bounds.haveRoom(backlog, length)) {
                number = backlog.append(message, length);
            } else {
                number = mayWait(length) ? waitInLine(message, wait) : 0;
                refusal = number == 0 ? refusal(length) : null;
            }
        } finally {
            lock.unlock();
        }
        if (refusal != null) {
            throw refusal.get();
        }
        Listener told = listener;
        if (told != null) {
            told.available();
        }
        return number;
    }

    /** Whether there is sense in waiting, now that the message didn't get in. Under the lock. */
    private boolean mayWait(int length) {
        return switch (whenFull) {
            case WAIT -> !sealed && bounds.couldHold(length);
            case FAIL -> false;
        };
    }

    /** Called, and returns, under the lock; lets go of it in between. Returns the message's number, or 0. */
    private long waitInLine(ByteBuffer message, Duration wait) throws InterruptedException {
        long nanos = TimeUnit.NANOSECONDS.convert(wait);
        if (nanos <= 0) {
            return 0;
        }
        WaitingSender sender = new WaitingSender(message, lock.newCondition());
        line.add(sender);
        try {
            while (isUndecided(sender) && nanos > 0) {
                nanos = sender.decided.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            if (isUndecided(sender)) {
                throw e;
            }
            Thread.currentThread().interrupt();
        } finally {
            if (isUndecided(sender)) {
                line.remove(sender);
                letIn(); // a smaller message behind it may fit
            }
        }
        return sender.number();
    }

    private boolean isUndecided(WaitingSender sender) {
        return sender.number() == 0 && !sealed;
    }

    /** Adds the messages of the first in line, as many as there is room for. Under the lock. */
    private void letIn() {
        WaitingSender first = line.peek();
        while (first != null && bounds.haveRoom(backlog, first.length())) {
            first.appendTo(backlog);
            line.remove();
            first = line.peek();
        }
    }

    /** Why a message was not added. Under the lock; the exception itself, with its stack trace, is made without it. */
    private Supplier<IllegalStateException> refusal(int length) {
        Size inside = backlog.size();
        int waiting = line.size();
        if (sealed) {
            return () -> Bounds.closed(length, inside);
        }
        if (!bounds.couldHold(length)) {
            return () -> bounds.neverFits(length);
        }
        return () -> bounds.noRoom(length, inside, waiting);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Offers what was inside when it was called. If the taker throws, what it accepted before stays taken, and the
     * exception passes on.
     *
     * @throws IllegalStateException if a taker calls this
     */
    @Override
    public int take(Taker taker) {
        refuseToTaker();
        Backlog taken;
        Walk walk;
        long handedThrough;
        lock.lock();
        try {
            taken = backlog;
            if (!taken.hasWaiting()) {
                return 0;
            }
            walk = new Walk(taken.next(), taken.tail());
            handedThrough = taken.handedThrough();
        } finally {
            lock.unlock();
        }
        taking = true;
        try {
            return walk.offer(taker, handedThrough);
        } finally {
            taking = false;
            lock.lock();
            try {
                taken.taken(walk.mark());
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Numbers that are gone already are ignored. Senders that wait get the room: when this returns, the messages of
     * those it suffices for are inside.
     *
     * @throws IllegalArgumentException if that message isn't taken; nothing is forgotten
     * @throws IllegalStateException if a taker calls this
     */
    @Override
    public void delivered(long through) {
        refuseToTaker();
        Backlog taken;
        Mark next;
        Mark head;
        lock.lock();
        try {
            taken = backlog;
            head = taken.head();
            next = taken.next();
        } finally {
            lock.unlock();
        }
        if (through >= next.number()) {
            throw new IllegalArgumentException("Message " + through
                    + " can't be delivered: it isn't taken; the first that " + "isn't is " + next.number() + ".");
        }
        if (through < head.number()) {
            return;
        }
        Mark rest = through == next.number() - 1 ? next : Walk.behind(through, head, next);
        lock.lock();
        try {
            taken.forget(rest);
            letIn();
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if a taker calls this
     */
    @Override
    public void rewind() {
        refuseToTaker();
        lock.lock();
        try {
            backlog.rewind();
        } finally {
            lock.unlock();
        }
    }

    private void refuseToTaker() {
        if (taking) {
            throw new IllegalStateException("A taker can't call take, delivered or rewind of the queue that calls it.");
        }
    }

    @Override
    public void seal() {
        lock.lock();
        try {
            sealed = true;
            line.forEach(sender -> sender.decided.signal());
            line.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Size size() {
        lock.lock();
        try {
            return backlog.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long newest() {
        lock.lock();
        try {
            return backlog.newest();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void listen(Listener listener) {
        this.listener = listener;
    }

    /** Seals the queue; what is still inside is gone. From any thread, also while the consumer is at work. */
    @Override
    public void close() {
        seal();
        lock.lock();
        try {
            backlog = backlog.emptied();
        } finally {
            lock.unlock();
        }
    }

    /** What a new queue is like. */
    public static final class Builder {
        private long maxBytes = 16 << 20;
        private long maxMessages = Long.MAX_VALUE;
        private WhenFull whenFull = WhenFull.WAIT;

        private Builder() {}

        /** The most bytes inside, 4 for each message included; 16 MiB by default (rule E2). */
        public Builder maxBytes(long bytes) {
            maxBytes = positive("maxBytes", bytes);
            return this;
        }

        /** The most messages inside; as many as fit by default (rule E2). */
        public Builder maxMessages(long messages) {
            maxMessages = positive("maxMessages", messages);
            return this;
        }

        /** What happens to a message for which there is no room; {@link WhenFull#WAIT} by default (rule E3). */
        public Builder whenFull(WhenFull policy) {
            whenFull = policy;
            return this;
        }

        public MemoryQueue build() {
            return new MemoryQueue(this);
        }

        private static long positive(String what, long value) {
            if (value <= 0) {
                throw new IllegalArgumentException(what + " must be positive: " + value);
            }
            return value;
        }
    }
}
