package dev.bowline.integration.stress;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One thread that does something again and again, and never gets stuck in it. */
final class Worker {
    private static final long PATIENCE_SECONDS = 10;

    private final Violations violations;
    private final ScheduledExecutorService executor;

    private volatile @Nullable Thread thread;

    Worker(String name, Duration period, Violations violations, Runnable work) {
        this.violations = violations;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            thread = made;
            return made;
        });
        Runnable reported = () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                violations.add(name + " failed: " + e + " " + List.of(e.getStackTrace()));
            }
        };
        var unused = executor.scheduleWithFixedDelay(reported, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        executor.shutdown();
    }

    void awaitStopped() throws InterruptedException {
        Thread working = thread;
        if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS) && working != null) {
            violations.add("B1: " + working.getName() + " is stuck in " + List.of(working.getStackTrace()));
        }
    }
}
