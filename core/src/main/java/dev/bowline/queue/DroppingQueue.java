package dev.bowline.queue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A queue that makes room by dropping: what is not taken, or what comes (rule E3). Here a message can leave between two
 * others, so each is an object of its own, and a take claims them one by one: what is being offered counts as taken, and
 * all behind it can still be dropped meanwhile.
 */
final class DroppingQueue extends MemoryQueue {
    private final boolean oldestGo;

    /** Not taken, oldest first. Guarded by lock. */
    private final StoredMessages waiting;

    /** Offered or accepted, oldest first, all of them older than those that wait. Guarded by lock. */
    private final StoredMessages taken;

    /** The number given last, also to a message that never got in. Guarded by lock. */
    private long lastNumber;

    /** The newest message that got in. Guarded by lock. */
    private long newest;

    /** How many were dropped. Guarded by lock. */
    private long dropped;

    DroppingQueue(long maxBytes, long maxMessages, boolean oldestGo) {
        super(new Bounds(maxBytes, maxMessages, StoredMessage.OVERHEAD));
        this.oldestGo = oldestGo;
        waiting = new StoredMessages(bounds);
        taken = new StoredMessages(bounds);
    }

    /** Does not look at how long the sender would wait: there is room at once, or something is dropped. */
    @Override
    public long add(ByteBuffer message, Duration wait) {
        int length = message.remaining();
        long number = 0;
        boolean gotIn = false;
        List<StoredMessage> gone = List.of();
        Supplier<IllegalStateException> refusal = null;
        lock.lock();
        try {
            if (sealed || !bounds.couldHold(length)) {
                refusal = refusal(length, 0);
            } else {
                number = ++lastNumber;
                gotIn = oldestGo ? couldMakeRoom(length) : hasRoom(length);
                if (gotIn) {
                    gone = append(new StoredMessage(number, message, length));
                }
                dropped += gotIn ? gone.size() : 1;
            }
        } finally {
            lock.unlock();
        }
        if (refusal != null) {
            throw refusal.get();
        }
        tell(gone, gotIn ? null : message.slice(), number);
        return number;
    }

    @Override
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(int length) {
        return bounds.haveRoom(waiting.messages() + taken.messages(), waiting.bytes() + taken.bytes(), length);
    }

    /** Whether it would do to drop all that wait. Under the lock. */
    private boolean couldMakeRoom(int length) {
        return bounds.haveRoom(taken.messages(), taken.bytes(), length);
    }

    /** Drops, oldest first, what is in the way. Under the lock. Returns what was dropped. */
    private List<StoredMessage> append(StoredMessage message) {
        List<StoredMessage> gone = List.of();
        while (!hasRoom(message.length())) {
            if (gone.isEmpty()) {
                gone = new ArrayList<>();
            }
            gone.add(waiting.removeFirst());
        }
        waiting.addLast(message);
        newest = message.number();
        return gone;
    }

    /** Without the lock. */
    private void tell(List<StoredMessage> gone, @Nullable ByteBuffer droppedItself, long number) {
        Listener told = listener();
        if (told == null) {
            return;
        }
        for (StoredMessage message : gone) {
            told.dropped(message.number(), message.wasAccepted(), message.view());
        }
        if (droppedItself != null) {
            told.dropped(number, false, droppedItself);
        } else {
            told.available();
        }
    }

    @Override
    int offerTo(Taker taker) {
        long end = newest();
        int accepted = 0;
        StoredMessage offered = claim(end);
        while (offered != null && offer(offered, taker)) {
            accepted++;
            offered = claim(end);
        }
        return accepted;
    }

    /** The next message up to this number, or null; from here on it counts as taken. */
    private @Nullable StoredMessage claim(long end) {
        lock.lock();
        try {
            if (waiting.isEmpty() || waiting.first().number() > end) {
                return null;
            }
            StoredMessage message = waiting.removeFirst();
            taken.addLast(message);
            return message;
        } finally {
            lock.unlock();
        }
    }

    private boolean offer(StoredMessage message, Taker taker) {
        boolean accepted = false;
        try {
            accepted = taker.accept(message.number(), message.wasAccepted(), message.view());
        } finally {
            if (accepted) {
                message.markAccepted();
            } else {
                unclaim();
            }
        }
        return accepted;
    }

    /** Puts the message back that was claimed last, unless the queue was closed under the taker. */
    private void unclaim() {
        lock.lock();
        try {
            if (!taken.isEmpty()) {
                taken.moveLastToHeadOf(waiting);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    void forget(long through) {
        long firstNotTaken;
        lock.lock();
        try {
            firstNotTaken = waiting.isEmpty() ? lastNumber + 1 : waiting.first().number();
            if (through < firstNotTaken) {
                while (!taken.isEmpty() && taken.first().number() <= through) {
                    taken.removeFirst();
                }
                return;
            }
        } finally {
            lock.unlock();
        }
        throw notTaken(through, firstNotTaken);
    }

    @Override
    void putBack() {
        while (!taken.isEmpty()) {
            taken.moveLastToHeadOf(waiting);
        }
    }

    @Override
    Size inside() {
        return new Size(waiting.messages() + taken.messages(), waiting.bytes() + taken.bytes());
    }

    @Override
    long newestAdded() {
        return newest;
    }

    @Override
    void throwAway() {
        waiting.clear();
        taken.clear();
    }
}
