package dev.bowline.internal.tls;

import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/** What a TLS engine wants done elsewhere: checks of certificates, and arithmetic that takes a while. Event side. */
final class DelegatedTasks {
    private final SSLEngine engine;
    private final Executor executor;
    private final Executor eventSide;
    private final RecordLayer.Listener listener;

    private boolean running;

    /**
     * @param executor runs them
     * @param listener told on the event side what came of them
     */
    DelegatedTasks(SSLEngine engine, Executor executor, Executor eventSide, RecordLayer.Listener listener) {
        this.engine = engine;
        this.executor = executor;
        this.eventSide = eventSide;
        this.listener = listener;
    }

    /** Whether the engine waits for them. */
    boolean areRunning() {
        return running;
    }

    /** Runs all that the engine has; once the transport is closed nothing, and the handshake stays where it is. */
    void run() {
        running = true;
        executor.execute(() -> {
            try {
                runAll();
                eventSide.execute(() -> over(listener::tasksDone));
            } catch (Throwable thrown) {
                eventSide.execute(() -> over(() -> listener.taskFailed(thrown)));
            }
        });
    }

    private void runAll() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private void over(Runnable next) {
        running = false;
        next.run();
    }
}
