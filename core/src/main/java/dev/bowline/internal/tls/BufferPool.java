package dev.bowline.internal.tls;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Buffers of one size, lent while they are in use: an idle connection holds none. From any thread.
 *
 * <p>They lie on the heap. Ciphers work on arrays; given anything else they copy.
 */
public final class BufferPool {
    /** What a read brings, decrypted. */
    private static final int PLAIN = 64 * 1024;

    /**
     * A batch of 64 KiB as four records, each with up to 40 bytes around it, and room for the cipher to ask for more than it
     * takes: an engine wants space for its largest record, 16,709 bytes, before it makes even a small one.
     */
    private static final int RECORDS = 3 * (16 * 1024 + 40) + 17 * 1024;

    private static final int KEPT = 32;

    private final int size;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by lock. */
    private final ArrayDeque<ByteBuffer> spare = new ArrayDeque<>();

    private BufferPool(int size) {
        this.size = size;
    }

    static BufferPool forPlainText() {
        return new BufferPool(PLAIN);
    }

    static BufferPool forRecords() {
        return new BufferPool(RECORDS);
    }

    /** An empty buffer, to be filled. */
    ByteBuffer acquire() {
        ByteBuffer kept = poll();
        return kept == null ? ByteBuffer.allocate(size) : kept.clear();
    }

    private @Nullable ByteBuffer poll() {
        lock.lock();
        try {
            return spare.pollLast();
        } finally {
            lock.unlock();
        }
    }

    /** Takes back a buffer that nobody uses any more; one that had to grow is not kept. */
    void release(ByteBuffer buffer) {
        if (buffer.capacity() != size) {
            return;
        }
        lock.lock();
        try {
            if (spare.size() < KEPT) {
                spare.addLast(buffer);
            }
        } finally {
            lock.unlock();
        }
    }
}
