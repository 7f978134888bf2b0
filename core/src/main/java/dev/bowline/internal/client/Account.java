package dev.bowline.internal.client;

import dev.bowline.ClientCounters;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.queue.MessageQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** What a client has counted (rule F7). From any thread. */
final class Account {
    /** Of messages that left uncertain so many bytes are kept for the end; beyond that they are only counted. */
    private static final long MOST_KEPT = 16 << 20;

    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong uncertain = new AtomicLong();
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

    void dropped() {
        dropped.incrementAndGet();
    }

    /** A message leaves that may have arrived. */
    void uncertain(byte[] message) {
        uncertain.incrementAndGet();
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

    long deliveredSoFar() {
        return delivered.get();
    }

    long droppedSoFar() {
        return dropped.get();
    }

    /** All that left uncertain. */
    Leftover uncertainSoFar() {
        lock.lock();
        try {
            return new Leftover(uncertain.get(), kept);
        } finally {
            lock.unlock();
        }
    }

    ClientCounters read(MessageQueue.Size inside) {
        return new ClientCounters(
                delivered.get(),
                dropped.get(),
                uncertain.get(),
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
