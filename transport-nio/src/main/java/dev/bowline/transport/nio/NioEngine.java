package dev.bowline.transport.nio;

import dev.bowline.Cancellable;
import dev.bowline.spi.Engine;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A fixed number of selector loops. Links are dealt out to them in turn and stay where they are, so that everything
 * about a link happens on one thread. A loop's thread starts with its first link.
 */
final class NioEngine implements Engine {
    private static final long CLOSE_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final List<NioLoop> loops = new ArrayList<>();

    /** Guards the two below, so that no attempt reaches a loop after its order to stop. Held for hand-overs only. */
    private final ReentrantLock lock = new ReentrantLock();

    private int opened;
    private boolean closed;

    NioEngine(int threads) {
        try {
            for (int n = 1; n <= threads; n++) {
                loops.add(new NioLoop("bowline-nio-" + n));
            }
        } catch (IOException e) {
            loops.forEach(NioLoop::stop);
            throw new UncheckedIOException("no selector can be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public Cancellable open(SocketAddress remote, LinkOptions options, LinkHandler handler) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the engine is closed");
            }
            NioLoop loop = loops.get(opened++ % loops.size());
            NioAttempt attempt = new NioAttempt(loop, remote, options, handler);
            loop.execute(attempt::begin);
            return () -> loop.execute(attempt::end);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                loops.forEach(NioLoop::stop);
            }
        } finally {
            lock.unlock();
        }
        if (loops.stream().noneMatch(NioLoop::isCurrent)) {
            long deadline = System.nanoTime() + CLOSE_LIMIT_NANOS;
            try {
                for (NioLoop loop : loops) {
                    loop.awaitEnd(deadline - System.nanoTime());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
