package dev.bowline.testkit;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/** A thread that does the steps as they come. */
final class MemoryDriver {
    private static final System.Logger LOG = System.getLogger("dev.bowline.testkit");

    private final MemorySteps steps;
    private final Thread thread = new Thread(this::drive, "bowline-memory-driver");

    /** Set in a step. */
    private volatile boolean stopped;

    MemoryDriver(MemorySteps steps) {
        this.steps = steps;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void drive() {
        try {
            while (!stopped) {
                if (!stepOrLog()) {
                    steps.await(() -> stopped || steps.areThere());
                }
            }
        } catch (InterruptedException e) {
            // Whoever interrupts it wants its end.
            Thread.currentThread().interrupt();
        }
    }

    private boolean stepOrLog() {
        try {
            return steps.step();
        } catch (RuntimeException | Error thrown) {
            LOG.log(Level.ERROR, "a step failed", thrown);
            return true;
        }
    }

    /** Ends the thread, after the steps that wait now. On the thread itself it only begins. */
    void stop() {
        steps.execute(() -> stopped = true);
        if (Thread.currentThread() != thread) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
