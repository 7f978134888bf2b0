package dev.bowline.transport.blocking;

import dev.bowline.Cancellable;
import dev.bowline.spi.Engine;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps the list of what is connecting or open, so that it can end it; all else belongs to the links. */
final class BlockingEngine implements Engine {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final Workers workers;
    private final LargeBuffers buffers = new LargeBuffers();
    private final ReentrantLock lock = new ReentrantLock();

    /** Attempts and links that have not ended, with what ends them. Guarded by the lock. */
    private final Map<Object, Runnable> live = new HashMap<>();

    /** Written under the lock, once; read anywhere. */
    private volatile boolean closed;

    BlockingEngine(Workers workers) {
        this.workers = workers;
    }

    @Override
    public Cancellable open(SocketAddress remote, LinkOptions options, LinkHandler handler) {
        Attempt attempt = new Attempt(this, remote, options, handler);
        if (!enter(attempt, attempt::cancel)) {
            throw new IllegalStateException("the engine is closed");
        }
        workers.start(Crew.threadName(options.name(), Crew.FIRST_SEAT), attempt);
        return attempt;
    }

    @Override
    public void close() {
        List<Runnable> endings;
        lock.lock();
        try {
            closed = true;
            endings = List.copyOf(live.values());
        } finally {
            lock.unlock();
        }
        endings.forEach(Runnable::run);
        if (!workers.owns(Thread.currentThread())) {
            workers.awaitEnd(CLOSE_LIMIT);
        }
    }

    /** Takes something into the list of what {@link #close} ends; false if the engine is closed already. */
    boolean enter(Object attemptOrLink, Runnable ending) {
        lock.lock();
        try {
            if (!closed) {
                live.put(attemptOrLink, ending);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    void leave(Object attemptOrLink) {
        lock.lock();
        try {
            live.remove(attemptOrLink);
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    Workers workers() {
        return workers;
    }

    LargeBuffers buffers() {
        return buffers;
    }
}
