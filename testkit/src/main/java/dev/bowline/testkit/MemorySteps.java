package dev.bowline.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is left to do in a {@link MemoryTransport}, first come, first served. Anybody may add a step; whoever calls {@link
 * #step} does one. Only one is under way at a time, whichever threads they are done on, and each sees what the one before
 * did: so every step is on the event side of every link.
 */
final class MemorySteps implements Executor {
    /** More in a row is a loop that feeds itself. */
    private static final int MOST_IN_A_ROW = 10_000_000;

    /** Guards all state in memory: the steps, the pipes, who listens where. Never held while a step runs. */
    final ReentrantLock lock = new ReentrantLock();

    /** Something was added, done, sent or taken. */
    private final Condition changed = lock.newCondition();

    /** Guarded by lock. */
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    /** The thread inside a step. Guarded by lock. */
    private @Nullable Thread stepper;

    /** Adds a step; from any thread, never run inside this call. */
    @Override
    public void execute(Runnable step) {
        lock.lock();
        try {
            waiting.add(step);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Does the next step, and returns whether there was one; what it throws comes out here. */
    boolean step() {
        Runnable step = begin();
        if (step == null) {
            return false;
        }
        try {
            step.run();
        } finally {
            end();
        }
        return true;
    }

    private @Nullable Runnable begin() {
        lock.lock();
        try {
            if (isStepping()) {
                throw new IllegalStateException(
                        "a step is under way on this very thread; another cannot begin inside it");
            }
            while (stepper != null) {
                changed.awaitUninterruptibly();
            }
            Runnable next = waiting.poll();
            stepper = next == null ? null : Thread.currentThread();
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            stepper = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Does steps until there are none. */
    void run() {
        for (int done = 0; step(); done++) {
            if (done == MOST_IN_A_ROW) {
                throw new AssertionError(
                        "after " + done + " steps there are still more: does one bring about the next?");
            }
        }
    }

    /** Whether this very thread is inside a step. */
    boolean isStepping() {
        lock.lock();
        try {
            return stepper == Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** Under lock: whether there is something to do. */
    boolean areThere() {
        return !waiting.isEmpty();
    }

    /** Under lock: something has changed that a thread may wait for. */
    void signal() {
        changed.signalAll();
    }

    /** Waits until it is so; asked under lock, after every change. */
    void await(BooleanSupplier condition) throws InterruptedException {
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The same, for so long at most; returns whether it is so. */
    boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long nanos = limit.toNanos();
            while (!condition.getAsBoolean()) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
