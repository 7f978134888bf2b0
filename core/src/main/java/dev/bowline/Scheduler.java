package dev.bowline;

import java.time.Duration;

/**
 * A transport's clock: every timeout and delay of Bowline comes from it, so a test that brings its own is in command of
 * time. The default is one daemon thread per transport, started by the first timer.
 *
 * <pre>{@code
 * class Borrowed implements Scheduler {                        // the timers of an executor that is there already
 *     private final ScheduledExecutorService executor;
 *
 *     Borrowed(ScheduledExecutorService executor) { this.executor = executor; }
 *
 *     @Override public long nanoTime() { return System.nanoTime(); }
 *
 *     @Override public Cancellable schedule(Duration delay, Runnable task) {
 *         Future<?> timer = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
 *         return () -> timer.cancel(false);
 *     }
 * }
 * }</pre>
 */
public interface Scheduler extends AutoCloseable {
    /** {@return a time in nanoseconds that only grows; good for differences only} */
    long nanoTime();

    /**
     * Runs a task once after a delay, on a thread of the scheduler. Tasks are short: they hand work over.
     *
     * @param delay zero or less means as soon as possible
     * @param task runs once
     * @return takes the task back, if it has not begun
     */
    Cancellable schedule(Duration delay, Runnable task);

    /** Called when the transport ends: tasks that wait are forgotten. */
    @Override
    default void close() {}
}
