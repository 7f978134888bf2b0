package dev.bowline.transport.blocking;

import java.lang.System.Logger.Level;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * The workers of one link: who rests, who is on the way, and which seats are taken. There are three seats because there
 * are three things to do, each by one worker at a time: the read, the write, the event side. All fields are guarded by
 * the link's lock, which callers hold except where it says otherwise.
 */
final class Crew {
    static final int FIRST_SEAT = 0;

    /** Nobody has to be started. */
    static final int NOBODY = -1;

    private static final int SEATS = 3;

    private final Workers workers;
    private final String linkName;
    private final ReentrantLock lock;

    /** Signalled for one worker when there is something to do, for all when the link is closed. */
    private final Condition somethingToDo;

    /** What a worker does, given its seat. */
    private final IntConsumer work;

    private final boolean[] taken = new boolean[SEATS];
    private int resting;

    /**
     * Whether a worker was woken or started and has not got here yet. It will see all there is to do, so nobody else
     * needs to be called for it.
     */
    private boolean coming;

    /** The caller is the first worker. */
    Crew(Workers workers, String linkName, ReentrantLock lock, IntConsumer work) {
        this.workers = workers;
        this.linkName = linkName;
        this.lock = lock;
        this.somethingToDo = lock.newCondition();
        this.work = work;
        taken[FIRST_SEAT] = true;
    }

    static String threadName(String linkName, int seat) {
        return "bowline-blocking " + linkName + ' ' + (char) ('a' + seat);
    }

    /**
     * Calls a worker.
     *
     * @return the seat for {@link #start}, once the lock is free; {@link #NOBODY} if one is coming without
     */
    int call() {
        if (coming) {
            return NOBODY;
        }
        if (resting > 0) {
            coming = true;
            somethingToDo.signal();
            return NOBODY;
        }
        for (int seat = 0; seat < SEATS; seat++) {
            if (!taken[seat]) {
                taken[seat] = true;
                coming = true;
                return seat;
            }
        }
        return NOBODY; // three are on their feet: each looks around before it blocks
    }

    /** Starts the worker that {@link #call} asked for. Without the lock: starting a thread takes a while. */
    void start(int seat) {
        if (seat == NOBODY) {
            return;
        }
        try {
            workers.start(threadName(linkName, seat), () -> work.accept(seat));
        } catch (OutOfMemoryError e) {
            Channels.LOG.log(Level.ERROR, () -> "no thread for " + linkName + "; it goes on with those it has", e);
            lock.lock();
            try {
                coming = false;
                taken[seat] = false;
            } finally {
                lock.unlock();
            }
        }
    }

    /** A started worker has got here. */
    void arrived() {
        coming = false;
    }

    /** Waits until called; false if nobody called for so long that the worker may go. It looks around once more, though. */
    @SuppressWarnings("WaitNotInLoop") // the loop is the worker's: woken for whatever reason, it looks around
    boolean rest() {
        long nanos = workers.restNanos();
        if (nanos == 0) {
            return false;
        }
        resting++;
        try {
            return somethingToDo.awaitNanos(nanos) > 0;
        } catch (InterruptedException e) {
            return true; // by user code that kept the thread; it means nothing here
        } finally {
            resting--;
            coming = false;
        }
    }

    /** Ends all who rest. */
    void dismiss() {
        somethingToDo.signalAll();
    }

    void leave(int seat) {
        taken[seat] = false;
    }
}
