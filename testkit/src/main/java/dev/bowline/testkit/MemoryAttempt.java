package dev.bowline.testkit;

import dev.bowline.Cancellable;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.locks.ReentrantLock;

/** A link that is not yet: ends in {@code opened} or {@code openFailed}, in a step of its own. */
final class MemoryAttempt implements Cancellable {
    private final MemoryEngine engine;
    private final MemoryNetwork network;
    private final MemorySteps steps;
    private final ReentrantLock lock;
    private final SocketAddress remote;
    private final LinkOptions options;
    private final LinkHandler handler;

    /** Its outcome is decided. Guarded by lock. */
    private boolean over;

    MemoryAttempt(
            MemoryEngine engine,
            MemoryNetwork network,
            MemorySteps steps,
            SocketAddress remote,
            LinkOptions options,
            LinkHandler handler) {
        this.engine = engine;
        this.network = network;
        this.steps = steps;
        this.lock = steps.lock;
        this.remote = remote;
        this.options = options;
        this.handler = handler;
    }

    /** A step: asks the network once more, if it has not answered yet. */
    void begin() {
        MemoryLink link;
        lock.lock();
        try {
            if (over) {
                return;
            }
            MemoryServer server = network.serverAt(remote);
            if (!server.answers(this)) {
                return;
            }
            decide();
            MemoryEnd end = server.connect(options.localAddress());
            link = new MemoryLink(engine, steps, end, handler);
            end.attach(link);
            engine.keep(link);
        } catch (IOException failure) {
            fail(failure);
            return;
        } finally {
            lock.unlock();
        }
        handler.opened(link);
    }

    /** The server may answer now, or is gone: begin again. */
    void again() {
        steps.execute(this::begin);
    }

    /** Gives it up, if it is not over; from any thread. */
    @Override
    public void cancel() {
        lock.lock();
        try {
            if (!over) {
                fail(new IOException("the attempt to connect to " + remote + " was given up"));
            }
        } finally {
            lock.unlock();
        }
    }

    private void fail(IOException cause) {
        decide();
        steps.execute(() -> handler.openFailed(cause));
    }

    private void decide() {
        over = true;
        engine.forget(this);
    }
}
