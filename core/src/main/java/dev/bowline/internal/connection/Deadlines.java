package dev.bowline.internal.connection;

import dev.bowline.Cancellable;
import dev.bowline.Scheduler;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** The timers of one connection: each ends up on the event side, and none outlives the connection. From any thread. */
public final class Deadlines {
    private final Scheduler scheduler;

    /** Brings a task to the event side. */
    private final Executor eventSide;

    /** The connection's; held to change what it guards. */
    private final Lock lock;

    /** Those that still wait; null while there is none, as on most connections at most times. Guarded by lock. */
    private @Nullable Set<Deadline> waiting;

    /** The connection is lost. Guarded by lock. */
    private boolean over;

    Deadlines(Scheduler scheduler, Executor eventSide, Lock lock) {
        this.scheduler = scheduler;
        this.eventSide = eventSide;
        this.lock = lock;
    }

    /** The time, in nanoseconds that only grow. */
    public long nanoTime() {
        return scheduler.nanoTime();
    }

    /** Runs a task on the event side after the delay; not at all once the connection is lost. */
    public Cancellable schedule(Duration delay, Runnable task) {
        Deadline deadline = new Deadline(task);
        if (deadline.register()) {
            deadline.timer = scheduler.schedule(delay, deadline::expired);
        }
        return deadline;
    }

    /** The connection is lost: nothing that waits will run. */
    void cancelAll() {
        Set<Deadline> left;
        lock.lock();
        try {
            over = true;
            left = waiting;
            waiting = null;
        } finally {
            lock.unlock();
        }
        if (left != null) {
            left.forEach(Deadline::cancel);
        }
    }

    private final class Deadline implements Cancellable {
        private final Runnable task;

        /** Set by any thread, read again on the event side just before the task would run. */
        private volatile boolean cancelled;

        /** Set once by the scheduling thread; a cancel that comes before finds the flag at expiry. */
        private volatile @Nullable Cancellable timer;

        Deadline(Runnable task) {
            this.task = task;
        }

        boolean register() {
            lock.lock();
            try {
                if (over) {
                    return false;
                }
                if (waiting == null) {
                    waiting = new HashSet<>(2);
                }
                return waiting.add(this);
            } finally {
                lock.unlock();
            }
        }

        void expired() {
            forget();
            eventSide.execute(() -> {
                if (!cancelled) {
                    task.run();
                }
            });
        }

        @Override
        public void cancel() {
            cancelled = true;
            forget();
            Cancellable pending = timer;
            if (pending != null) {
                pending.cancel();
            }
        }

        private void forget() {
            lock.lock();
            try {
                if (waiting != null && waiting.remove(this) && waiting.isEmpty()) {
                    waiting = null;
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
