package dev.bowline.testkit;

import dev.bowline.Cancellable;
import dev.bowline.Scheduler;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The system's time, with one daemon thread that starts with the first delayed chunk. */
final class FaultProxyClock implements Scheduler {
    private final ScheduledThreadPoolExecutor executor;

    /** Null until the first delayed chunk. */
    private volatile @Nullable Thread thread;

    FaultProxyClock(String threadName) {
        executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread started = new Thread(work, threadName);
            started.setDaemon(true);
            thread = started;
            return started;
        });
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        try {
            Future<?> timer = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> timer.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    /** Returns when the thread is gone: an executor calls itself terminated a little earlier. */
    @Override
    public void close() {
        executor.shutdownNow();
        Thread started = thread;
        if (started == null) {
            return;
        }
        try {
            started.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
