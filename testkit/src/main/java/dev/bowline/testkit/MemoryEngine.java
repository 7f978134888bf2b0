package dev.bowline.testkit;

import dev.bowline.Cancellable;
import dev.bowline.spi.Engine;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import java.net.SocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Opens links to servers in memory. It has no threads: all that it does, it adds to the steps. */
final class MemoryEngine implements Engine {
    private final MemorySteps steps;
    private final MemoryNetwork network;
    private final ReentrantLock lock;

    /** Those not over. Guarded by lock. */
    private final Set<MemoryAttempt> attempts = new LinkedHashSet<>();

    /** Those not over. Guarded by lock. */
    private final Set<MemoryLink> links = new LinkedHashSet<>();

    /** Guarded by lock. */
    private boolean closed;

    MemoryEngine(MemorySteps steps, MemoryNetwork network) {
        this.steps = steps;
        this.network = network;
        this.lock = steps.lock;
    }

    int chunkSize() {
        return network.chunkSize();
    }

    @Override
    public Cancellable open(SocketAddress remote, LinkOptions options, LinkHandler handler) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the engine is closed");
            }
            MemoryAttempt attempt = new MemoryAttempt(this, network, steps, remote, options, handler);
            attempts.add(attempt);
            steps.execute(attempt::begin);
            return attempt;
        } finally {
            lock.unlock();
        }
    }

    /** A link's task; dropped once the engine is closed. */
    void execute(Runnable task) {
        lock.lock();
        try {
            if (!closed) {
                steps.execute(task);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under lock. */
    void keep(MemoryLink link) {
        links.add(link);
    }

    /** Under lock. */
    void forget(MemoryLink link) {
        links.remove(link);
    }

    /** Under lock. */
    void forget(MemoryAttempt attempt) {
        attempts.remove(attempt);
    }

    /** Aborts what is open. Inside a step it only begins; elsewhere it does what is left to do. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                List.copyOf(attempts).forEach(MemoryAttempt::cancel);
                links.forEach(link -> steps.execute(link::abort));
            }
        } finally {
            lock.unlock();
        }
        if (!steps.isStepping()) {
            steps.run();
        }
    }
}
