package dev.bowline.internal.connect;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.bowline.Cancellable;
import dev.bowline.Scheduler;
import dev.bowline.internal.CallbackThread;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The default clock of a transport: the system's, and one daemon thread that starts with the first timer. */
public final class DaemonScheduler implements Scheduler {
    private static final long TERMINATION_SECONDS = 10;

    private final ScheduledThreadPoolExecutor executor;

    public DaemonScheduler(String transport) {
        executor = new ScheduledThreadPoolExecutor(
                1,
                new ThreadFactoryBuilder()
                        .setNameFormat("bowline-" + transport + "-timer")
                        .setDaemon(true)
                        .build());
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        try {
            Future<?> timer =
                    executor.schedule(() -> CallbackThread.run(task), saturatedNanos(delay), TimeUnit.NANOSECONDS);
            return () -> timer.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    private static long saturatedNanos(Duration delay) {
        try {
            return delay.toNanos();
        } catch (ArithmeticException farAway) {
            return Long.MAX_VALUE / 2;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        if (CallbackThread.isCurrent()) {
            return;
        }
        try {
            executor.awaitTermination(TERMINATION_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
