package dev.bowline.internal.tls;

import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/** What a TLS engine wants done elsewhere: checks of certificates, and arithmetic that takes a while. Event side. */
final class DelegatedTasks {
    private final SSLEngine engine;
    private final Executor executor;
    private final Executor eventSide;
    private final Runnable done;

    private boolean running;

    /**
     * @param executor runs them
     * @param done told on the event side when they have run
     */
    DelegatedTasks(SSLEngine engine, Executor executor, Executor eventSide, Runnable done) {
        this.engine = engine;
        this.executor = executor;
        this.eventSide = eventSide;
        this.done = done;
    }

    /** Whether the engine waits for them. */
    boolean areRunning() {
        return running;
    }

    /** Runs all that the engine has; once the transport is closed nothing, and the handshake stays where it is. */
    void run() {
        running = true;
        executor.execute(() -> {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            eventSide.execute(() -> {
                running = false;
                done.run();
            });
        });
    }
}
