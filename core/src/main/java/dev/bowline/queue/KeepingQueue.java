package dev.bowline.queue;

import dev.bowline.internal.CallbackThread;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A queue that never drops a message it let in, and so never has a gap in its numbers: its messages lie packed, one behind
 * the other, and a take is one walk over them.
 */
final class KeepingQueue extends MemoryQueue {
    private final boolean sendersWait;

    /** Senders that wait for room, in order of arrival; the first one's message does not fit. Guarded by lock. */
    private final Deque<WaitingSender> line = new ArrayDeque<>();

    /** Written under lock, and guarded by it but for the consumer. Another one, that stays empty, after {@link #close}. */
    private volatile Backlog backlog = new Backlog();

    KeepingQueue(long maxBytes, long maxMessages, boolean sendersWait) {
        super(new Bounds(maxBytes, maxMessages, Chunk.HEADER));
        this.sendersWait = sendersWait;
    }

    @Override
    public long add(ByteBuffer message, Duration wait) throws InterruptedException {
        int length = message.remaining();
        long number;
        Supplier<IllegalStateException> refusal = null;
        lock.lock();
        try {
            if (!sealed && line.isEmpty() && hasRoom(length)) {
                number = backlog.append(message, length);
            } else {
                number = mayWait(length) ? waitInLine(message, wait) : 0;
                refusal = number == 0 ? refusal(length, line.size()) : null;
            }
        } finally {
            lock.unlock();
        }
        if (refusal != null) {
            throw refusal.get();
        }
        tellOfMessage();
        return number;
    }

    private boolean hasRoom(int length) {
        return bounds.haveRoom(backlog.messages(), backlog.bytes(), length);
    }

    /** Whether there is sense in waiting, now that the message didn't get in. Under the lock. */
    private boolean mayWait(int length) {
        return sendersWait && !sealed && bounds.couldHold(length);
    }

    /** Called, and returns, under the lock; lets go of it in between. Returns the message's number, or 0. */
    private long waitInLine(ByteBuffer message, Duration wait) throws InterruptedException {
        long nanos = TimeUnit.NANOSECONDS.convert(wait);
        if (nanos <= 0 || CallbackThread.isCurrent()) {
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
        while (first != null && hasRoom(first.length())) {
            first.appendTo(backlog);
            line.remove();
            first = line.peek();
        }
    }

    @Override
    void sendWaitingAway() {
        line.forEach(sender -> sender.decided.signal());
        line.clear();
    }

    @Override
    int offerTo(Taker taker) {
        Walk walk;
        lock.lock();
        try {
            walk = backlog.toTail();
        } finally {
            lock.unlock();
        }
        return walk.offer(taker);
    }

    /** The senders that wait get the room: when this returns, the messages of those it suffices for are inside. */
    @Override
    void forget(long through) {
        Backlog taken = backlog;
        Place rest = taken.behind(through);
        if (rest == null) {
            return;
        }
        lock.lock();
        try {
            taken.forget(rest);
            letIn();
        } finally {
            lock.unlock();
        }
    }

    @Override
    void putBack() {
        backlog.rewind();
    }

    @Override
    Size inside() {
        return backlog.size();
    }

    @Override
    long newestAdded() {
        return backlog.newest();
    }

    @Override
    void throwAway() {
        backlog = backlog.emptied();
    }

    /** It drops nothing. */
    @Override
    public long dropped() {
        return 0;
    }
}
