package dev.bowline.testkit;

import dev.bowline.Cancellable;
import dev.bowline.Scheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** The clock that the test moves; but what is to run without a delay is a step, and no time has to pass for it. */
final class MemoryScheduler implements Scheduler {
    private final ManualClock clock;
    private final MemorySteps steps;

    MemoryScheduler(ManualClock clock, MemorySteps steps) {
        this.clock = clock;
        this.steps = steps;
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        if (delay.compareTo(Duration.ZERO) > 0) {
            return clock.schedule(delay, task);
        }
        AtomicBoolean wanted = new AtomicBoolean(true);
        steps.execute(() -> {
            if (wanted.getAndSet(false)) {
                task.run();
            }
        });
        return () -> wanted.set(false);
    }

    @Override
    public void close() {
        clock.close();
    }
}
