package dev.bowline.testing;

import dev.bowline.Cancellable;
import dev.bowline.Scheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Time under a test's control: tasks run inside {@link #advance}, on its thread. From any thread. */
public final class ManualClock implements Scheduler {
    private record Task(long due, long order, Runnable body) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by lock, as are the others. */
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::order));

    private long now;
    private long order;

    @Override
    public long nanoTime() {
        return locked(() -> now);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        return locked(() -> {
            Task scheduled = new Task(now + Math.max(0, delay.toNanos()), order++, task);
            tasks.add(scheduled);
            changed.signalAll();
            return () -> locked(() -> tasks.remove(scheduled));
        });
    }

    /** Moves time on, running what becomes due at its own time. */
    public void advance(Duration by) {
        long end = nanoTime() + by.toNanos();
        Runnable next = dueBy(end);
        while (next != null) {
            next.run();
            next = dueBy(end);
        }
    }

    private @Nullable Runnable dueBy(long end) {
        lock.lock();
        try {
            Task first = tasks.peek();
            if (first == null || first.due() > end) {
                now = end;
                return null;
            }
            now = Math.max(now, first.due());
            tasks.remove(first);
            return first.body();
        } finally {
            lock.unlock();
        }
    }

    /** How many tasks wait. */
    public int waiting() {
        return locked(tasks::size);
    }

    /** Waits, five seconds at most, until so many tasks wait. */
    public void awaitWaiting(int count) throws InterruptedException {
        lock.lock();
        try {
            long nanos = Duration.ofSeconds(5).toNanos();
            while (tasks.size() != count) {
                if (nanos <= 0) {
                    throw new AssertionError(tasks.size() + " tasks wait, not " + count);
                }
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> body) {
        lock.lock();
        try {
            return body.get();
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }
}
