package dev.bowline.internal.client;

import dev.bowline.ClientCounters;
import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.queue.MessageQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a client has counted (rule F7). From any thread. */
final class Account {
    /** Of messages that left uncertain so many bytes are kept for the end; beyond that they are only counted. */
    private static final long MOST_KEPT = 16 << 20;

    /** How many messages the queue dropped of those that this client was given. */
    private final LongSupplier dropped;

    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong droppedUncertain = new AtomicLong();
    private final AtomicLong uncertain = new AtomicLong();
    private final AtomicLong left = new AtomicLong();
    private final AtomicLong handedOver = new AtomicLong();
    private final AtomicLong confirmed = new AtomicLong();
    private final AtomicLong resent = new AtomicLong();
    private final AtomicLong attempts = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong losses = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();

    /** Messages that left uncertain, in the order in which they did. Guarded by lock. */
    private final List<byte[]> kept = new ArrayList<>();

    /** Their bytes. Guarded by lock. */
    private long keptBytes;

    Account(LongSupplier dropped) {
        this.dropped = dropped;
    }

    void delivered(long count) {
        delivered.addAndGet(count);
    }

    void handedOver(long count, long again) {
        handedOver.addAndGet(count);
        resent.addAndGet(again);
    }

    void confirmed(long count) {
        confirmed.addAndGet(count);
    }

    /** The queue dropped a message that may have arrived; it counts it as dropped, too. */
    void droppedUncertain(byte[] message) {
        droppedUncertain.incrementAndGet();
        uncertain(message);
    }

    /** A message leaves that may have arrived; null where it is kept elsewhere. */
    void uncertain(byte @Nullable [] message) {
        uncertain.incrementAndGet();
        if (message == null) {
            return;
        }
        lock.lock();
        try {
            if (keptBytes + message.length <= MOST_KEPT) {
                kept.add(message);
                keptBytes += message.length;
            }
        } finally {
            lock.unlock();
        }
    }

    void attempt() {
        attempts.incrementAndGet();
    }

    void connected() {
        connections.incrementAndGet();
    }

    void lost() {
        losses.incrementAndGet();
    }

    /** The client has ended, and this was left; returns what became of all messages. */
    DrainResult close(Leftover undelivered) {
        left.set(undelivered.count());
        lock.lock();
        try {
            return new DrainResult(
                    delivered.get(),
                    dropped.getAsLong() - droppedUncertain.get(),
                    undelivered,
                    new Leftover(uncertain.get(), kept));
        } finally {
            lock.unlock();
        }
    }

    /**
     * What there is to tell.
     *
     * @param inside what is in the queue; nothing once the client has ended
     */
    ClientCounters read(MessageQueue.Size inside) {
        return new ClientCounters(
                delivered.get(),
                dropped.getAsLong() - droppedUncertain.get(),
                uncertain.get(),
                left.get(),
                inside.messages(),
                inside.bytes(),
                handedOver.get(),
                confirmed.get(),
                resent.get(),
                attempts.get(),
                connections.get(),
                losses.get());
    }
}
