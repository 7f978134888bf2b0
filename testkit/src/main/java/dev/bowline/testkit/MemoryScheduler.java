package dev.bowline.testkit;

import dev.bowline.Cancellable;
import dev.bowline.Scheduler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The clock that the test moves, for one of the transports that share it; but what is to run without a delay is a step, and
 * no time has to pass for it. From any thread.
 */
final class MemoryScheduler implements Scheduler {
    private final ManualClock clock;
    private final MemorySteps steps;

    /** Those of this transport that wait. */
    private final Set<Timer> waiting = ConcurrentHashMap.newKeySet();

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
        Timer timer = new Timer(task);
        waiting.add(timer);
        if (delay.compareTo(Duration.ZERO) > 0) {
            timer.onClock = clock.schedule(delay, timer::run);
        } else {
            steps.execute(timer::run);
        }
        return timer;
    }

    /** Forgets the timers of this transport; those of others wait on. */
    @Override
    public void close() {
        waiting.forEach(Timer::cancel);
    }

    private final class Timer implements Cancellable {
        private final Runnable task;

        /** Whoever turns it false has the timer: to run it, or to forget it. */
        private final AtomicBoolean wanted = new AtomicBoolean(true);

        /** Null for a step. Set once, after the timer may have run. */
        private volatile @Nullable Cancellable onClock;

        Timer(Runnable task) {
            this.task = task;
        }

        void run() {
            if (take()) {
                task.run();
            }
        }

        @Override
        public void cancel() {
            Cancellable pending = onClock;
            if (take() && pending != null) {
                pending.cancel();
            }
        }

        private boolean take() {
            waiting.remove(this);
            return wanted.getAndSet(false);
        }
    }
}
