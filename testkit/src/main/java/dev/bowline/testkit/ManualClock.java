package dev.bowline.testkit;

import dev.bowline.Cancellable;
import dev.bowline.Scheduler;
import dev.bowline.testkit.internal.Patience;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Time under a test's control: it stands still until {@link #advance}, and what becomes due then runs inside of that
 * call, on its thread, in due order.
 *
 * <pre>{@code
 * ManualClock clock = new ManualClock();
 * try (Transport transport = Transport.builder().scheduler(clock).open()) {
 *     transport.connect(endpoint, factory, ConnectOptions.DEFAULT);
 *     clock.awaitTimer(Duration.ofSeconds(30));   // somebody waits for it
 *     clock.advance(Duration.ofSeconds(30));      // now it has happened
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread; time is best moved by one.
 */
public final class ManualClock implements Scheduler {
    private record Timer(long due, long order, Runnable task) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by lock, as is all below. */
    private final PriorityQueue<Timer> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::order));

    private long now;
    private long order;

    /** A clock at nought. */
    public ManualClock() {}

    @Override
    public long nanoTime() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        lock.lock();
        try {
            Timer timer = new Timer(now + Math.max(0, delay.toNanos()), order++, task);
            waiting.add(timer);
            changed.signalAll();
            return () -> cancel(timer);
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Timer timer) {
        lock.lock();
        try {
            waiting.remove(timer);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets time pass. A timer that is set meanwhile and becomes due within that time runs too.
     *
     * @param by zero or more
     */
    public void advance(Duration by) {
        long end = nanoTime() + by.toNanos();
        for (Runnable due = dueBy(end); due != null; due = dueBy(end)) {
            due.run();
        }
    }

    private @Nullable Runnable dueBy(long end) {
        lock.lock();
        try {
            Timer first = waiting.peek();
            if (first == null || first.due() > end) {
                now = end;
                return null;
            }
            now = Math.max(now, first.due());
            waiting.remove(first);
            changed.signalAll();
            return first.task();
        } finally {
            lock.unlock();
        }
    }

    /** How long it is until the next timer is due; null if none waits. */
    @Nullable
    Duration untilNext() {
        lock.lock();
        try {
            Timer first = waiting.peek();
            return first == null ? null : Duration.ofNanos(Math.max(0, first.due() - now));
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many timers wait} */
    public int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return whether a timer is due in exactly this time from now}
     *
     * @param left to the nanosecond
     */
    public boolean isWaiting(Duration left) {
        lock.lock();
        try {
            return waiting.stream().anyMatch(timer -> timer.due() - now == left.toNanos());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits, in real time, until a timer is due in exactly this time from now.
     *
     * @param left to the nanosecond
     * @throws AssertionError if there is none after 30 seconds
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void awaitTimer(Duration left) throws InterruptedException {
        lock.lock();
        try {
            for (long nanos = Patience.get().toNanos(); !isWaiting(left); nanos = changed.awaitNanos(nanos)) {
                if (nanos <= 0) {
                    throw new AssertionError("no timer of " + left + " is among the " + waiting.size() + " that wait");
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits, in real time, until so many timers wait.
     *
     * @param count or more
     * @throws AssertionError if that is not so after 30 seconds
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void awaitWaiting(int count) throws InterruptedException {
        lock.lock();
        try {
            for (long nanos = Patience.get().toNanos(); waiting.size() != count; nanos = changed.awaitNanos(nanos)) {
                if (nanos <= 0) {
                    throw new AssertionError(waiting.size() + " timers wait, not " + count);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all timers, as a transport that closes asks it to. */
    @Override
    public void close() {
        lock.lock();
        try {
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
