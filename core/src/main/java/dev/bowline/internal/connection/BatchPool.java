package dev.bowline.internal.connection;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Buffers for output, shared by the connections of one transport: small ones for a line now and then, large ones for
 * load. An idle connection holds none. They are direct, so that no engine copies them once more.
 */
public final class BatchPool {
    /** The first batch of a connection: a greeting, a command. */
    static final int SMALL = 4 * 1024;

    /** The batch under load: one system call for about a thousand lines. */
    static final int LARGE = 64 * 1024;

    /** At most 4 MiB stay in the pool. */
    private static final int KEPT_SMALL = 128;

    private static final int KEPT_LARGE = 56;

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by lock. */
    private final ArrayDeque<Batch> small = new ArrayDeque<>();

    /** Guarded by lock. */
    private final ArrayDeque<Batch> large = new ArrayDeque<>();

    /** An empty batch of at least this size; one over {@link #LARGE} is made for the purpose. */
    Batch acquire(int size) {
        if (size > LARGE) {
            return new Batch(ByteBuffer.allocateDirect(size));
        }
        int capacity = size <= SMALL ? SMALL : LARGE;
        Batch kept = poll(capacity);
        return kept != null ? kept : new Batch(ByteBuffer.allocateDirect(capacity));
    }

    private @Nullable Batch poll(int capacity) {
        lock.lock();
        try {
            return (capacity == SMALL ? small : large).pollLast();
        } finally {
            lock.unlock();
        }
    }

    /** Takes back a batch that nobody uses any more. */
    void release(Batch batch) {
        batch.clear();
        lock.lock();
        try {
            if (batch.bytes.capacity() == SMALL && small.size() < KEPT_SMALL) {
                small.addLast(batch);
            } else if (batch.bytes.capacity() == LARGE && large.size() < KEPT_LARGE) {
                large.addLast(batch);
            }
        } finally {
            lock.unlock();
        }
    }
}
