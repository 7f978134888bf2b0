package dev.bowline.testkit;

import dev.bowline.testkit.internal.Patience;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;

/** A number that the proxy's thread changes and that tests read and wait for. */
final class FaultProxyCount {
    private final String what;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by lock. */
    private long value;

    /** @param what what is counted, for sentences */
    FaultProxyCount(String what) {
        this.what = what;
    }

    void add(long more) {
        lock.lock();
        try {
            value += more;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long get() {
        lock.lock();
        try {
            return value;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the number is right.
     *
     * @param wish what it should be, for the sentence if it does not become so
     */
    void await(LongPredicate right, String wish) throws InterruptedException {
        lock.lock();
        try {
            long left = Patience.get().toNanos();
            while (!right.test(value)) {
                if (left <= 0) {
                    throw new AssertionError(what + ": " + value + ", not " + wish + ", after "
                            + Patience.get().toSeconds() + " s");
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
