package dev.bowline.transport.blocking;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The buffers that links borrow while much arrives. A link gives its own back whenever it has read everything, many
 * times a second under load, so a few are kept: without that each time would cost 64 KiB of garbage.
 */
final class LargeBuffers {
    /** The most that {@link dev.bowline.spi.LinkHandler#received} may be given at once. */
    static final int SIZE = 64 * 1024;

    private static final int KEPT = 16;

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private final ArrayDeque<ByteBuffer> kept = new ArrayDeque<>(KEPT);

    ByteBuffer borrow() {
        ByteBuffer buffer;
        lock.lock();
        try {
            buffer = kept.pollLast();
        } finally {
            lock.unlock();
        }
        return buffer == null ? ByteBuffer.allocate(SIZE) : buffer;
    }

    void giveBack(ByteBuffer buffer) {
        lock.lock();
        try {
            if (kept.size() < KEPT) {
                kept.addLast(buffer);
            }
        } finally {
            lock.unlock();
        }
    }
}
