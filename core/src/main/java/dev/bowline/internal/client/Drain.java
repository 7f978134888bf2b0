package dev.bowline.internal.client;

import dev.bowline.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far a client has come towards its end, and the limits set for it (rule F5). From any thread.
 *
 * <pre>
 *   RUNNING ──▶ DRAINING ──▶ LEAVING or OVERDUE ──▶ ENDED
 *      └───────────┴───────────────────────────────────┘   nothing will be attempted any more
 * </pre>
 */
final class Drain {
    enum Phase {
        /** Takes messages. */
        RUNNING,
        /** Takes no more; delivers what it has. */
        DRAINING,
        /** All is delivered, or nothing more will be: the connection is being closed. */
        LEAVING,
        /** The limit has passed: the connection is being aborted. */
        OVERDUE,
        /** Over. */
        ENDED
    }

    /** Never held over a callback. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Written under lock. */
    private volatile Phase phase = Phase.RUNNING;

    /** Guarded by lock. */
    private final List<Cancellable> limits = new ArrayList<>(1);

    Phase phase() {
        return phase;
    }

    /** Returns whether it still matters: whether the client has not ended. */
    boolean begin() {
        lock.lock();
        try {
            if (phase == Phase.RUNNING) {
                phase = Phase.DRAINING;
            }
            return phase != Phase.ENDED;
        } finally {
            lock.unlock();
        }
    }

    /** A timer that is cancelled when the client ends. */
    void keep(Cancellable limit) {
        lock.lock();
        try {
            if (phase != Phase.ENDED) {
                limits.add(limit);
                return;
            }
        } finally {
            lock.unlock();
        }
        limit.cancel();
    }

    /**
     * Makes the connection go.
     *
     * @param how LEAVING or OVERDUE
     * @return whether it was this call
     */
    boolean leave(Phase how) {
        lock.lock();
        try {
            if (phase != Phase.DRAINING) {
                return false;
            }
            phase = how;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Cancels the limits; returns the phase before, ENDED if it was over already. */
    Phase end() {
        List<Cancellable> timers;
        Phase before;
        lock.lock();
        try {
            before = phase;
            phase = Phase.ENDED;
            timers = List.copyOf(limits);
            limits.clear();
        } finally {
            lock.unlock();
        }
        timers.forEach(Cancellable::cancel);
        return before;
    }
}
