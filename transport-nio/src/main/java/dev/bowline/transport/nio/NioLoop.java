package dev.bowline.transport.nio;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One selector and the thread that serves it: tasks, then a select, then whatever it brought, over and over.
 *
 * <p><b>Waking up.</b> Tasks lie in a queue under a lock, next to a flag that says that the thread is about to block.
 * Only who finds the flag set clears it and wakes the selector; for everyone else, and for the loop itself, handing over
 * a task costs no system call. (Jetty's {@code ManagedSelector} does the same.)
 *
 * <p><b>Closing.</b> A registered channel's descriptor is really closed by the next select only. What must not be said
 * before that, {@code closed} above all, is given to {@link #afterSelect}; by then FIN or RST is out.
 *
 * <p><b>Fairness.</b> Tasks given while tasks run wait for the next round, and what is ready takes bounded turns, so
 * neither can starve the other.
 */
final class NioLoop {
    /** Who holds a registered channel: first the attempt, then the link. All on the loop's thread. */
    interface Registration {
        /** The selector found the channel ready for something it asked for. */
        void ready();

        /** The channel was moved to another selector. */
        void moved(SelectionKey key);

        /** The engine is closing: give up at once. */
        void end();
    }

    private enum Life {
        /** No thread yet. */
        NEW,
        RUNNING,
        /** Runs on until the last registration has ended. */
        STOPPING,
        /** Takes no more tasks. */
        ENDED
    }

    private static final Logger LOG = System.getLogger("dev.bowline.transport.nio");

    private static final int READ_BUFFER_BYTES = 64 * 1024;

    /** So many selects in a row that return at once and bring nothing are a broken selector; as in Netty. */
    private static final int PREMATURE_LIMIT = 512;

    private final Thread thread;

    /** Guards the next three. Held for a few instructions, never over a system call or a task. */
    private final ReentrantLock lock = new ReentrantLock();

    private ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean selecting;
    private Life life = Life.NEW;

    /** Replaced by the loop's thread only; others read it to wake it. */
    private volatile Selector selector;

    // The loop's thread only, from here on.

    /** One for all links: whoever reads hands it on before the next one reads. */
    private final ByteBuffer readBuffer = ByteBuffer.allocate(READ_BUFFER_BYTES);

    /** Empty but while {@link #runTasks} runs: the other half of the queue. */
    private ArrayDeque<Runnable> running = new ArrayDeque<>();

    /** What waits for the next select to begin; and what waits for the one that has begun to return. */
    private ArrayDeque<Runnable> afterSelect = new ArrayDeque<>();

    private ArrayDeque<Runnable> afterThisSelect = new ArrayDeque<>();
    private int premature;
    private boolean rebuildLogged;

    NioLoop(String name) throws IOException {
        selector = Selector.open();
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Runs a task on the loop's thread, never inside this call; from any thread. Once the loop has ended, nothing. */
    void execute(Runnable task) {
        boolean wake;
        lock.lock();
        try {
            if (life == Life.ENDED) {
                return;
            }
            if (life == Life.NEW) {
                thread.start();
                life = Life.RUNNING;
            }
            tasks.add(task);
            wake = selecting;
            selecting = false;
        } finally {
            lock.unlock();
        }
        if (wake) {
            selector.wakeup();
        }
    }

    /** Ends whatever is registered, then the thread; from any thread. */
    void stop() {
        lock.lock();
        try {
            if (life == Life.NEW) {
                life = Life.ENDED;
                closeQuietly(selector);
            }
        } finally {
            lock.unlock();
        }
        execute(this::beginToStop);
    }

    private void beginToStop() {
        lock.lock();
        try {
            life = Life.STOPPING;
        } finally {
            lock.unlock();
        }
        selector.keys().forEach(key -> registration(key).end());
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Waits until the thread has ended, if it ever began. */
    void awaitEnd(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
    }

    // ---- for attempts and links, on the loop's thread ----

    Selector selector() {
        return selector;
    }

    ByteBuffer readBuffer() {
        return readBuffer;
    }

    /** Runs an action when a select has been through that began after this call. */
    void afterSelect(Runnable action) {
        afterSelect.add(action);
    }

    // ---- the loop ----

    private void run() {
        do {
            boolean idle = !runTasks();
            swapAfterSelect();
            select(idle && afterThisSelect.isEmpty());
            runAll(afterThisSelect);
        } while (!hasEnded());
        runTasks();
        closeQuietly(selector);
    }

    /** Runs the tasks given so far; whether there were any. */
    private boolean runTasks() {
        lock.lock();
        try {
            ArrayDeque<Runnable> given = tasks;
            tasks = running;
            running = given;
        } finally {
            lock.unlock();
        }
        boolean any = !running.isEmpty();
        runAll(running);
        return any;
    }

    private void swapAfterSelect() {
        ArrayDeque<Runnable> begun = afterSelect;
        afterSelect = afterThisSelect;
        afterThisSelect = begun;
    }

    private static void runAll(ArrayDeque<Runnable> actions) {
        for (Runnable action = actions.poll(); action != null; action = actions.poll()) {
            guarded(action);
        }
    }

    private boolean hasEnded() {
        lock.lock();
        try {
            if (life == Life.STOPPING
                    && afterSelect.isEmpty()
                    && selector.keys().isEmpty()) {
                life = Life.ENDED;
            }
            return life == Life.ENDED;
        } finally {
            lock.unlock();
        }
    }

    /** Serves what is ready; waits for it if nothing else is to do. */
    private void select(boolean idle) {
        boolean block = idle && announceSelect();
        try {
            int ready = block ? selector.select(this::serve) : selector.selectNow(this::serve);
            boolean woken = !retractSelect();
            countPremature(block && ready == 0 && !woken);
        } catch (IOException e) {
            retractSelect();
            rebuild("it failed: " + e);
        }
    }

    /** Whether there is no task, so that the thread may block; from now on a new one wakes it. */
    private boolean announceSelect() {
        lock.lock();
        try {
            selecting = tasks.isEmpty();
            return selecting;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the flag still stood, which is to say that nobody woke the selector. */
    private boolean retractSelect() {
        lock.lock();
        try {
            boolean stood = selecting;
            selecting = false;
            return stood;
        } finally {
            lock.unlock();
        }
    }

    private void serve(SelectionKey key) {
        // The thread is awake: a task given by what runs now needs no waking.
        retractSelect();
        guarded(registration(key)::ready);
    }

    private static Registration registration(SelectionKey key) {
        return (Registration) key.attachment();
    }

    /** What comes out of a handler or a task is a bug there; the other links must not suffer for it. */
    private static void guarded(Runnable action) {
        try {
            action.run();
        } catch (Throwable t) {
            LOG.log(Level.ERROR, "an exception came out of a link's handler or of a task", t);
        }
    }

    // ---- a selector that spins ----

    private void countPremature(boolean thisOne) {
        // An interrupt makes every select return; nobody should interrupt this thread, but a user's code may.
        if (Thread.interrupted() || !thisOne) {
            premature = 0;
        } else if (++premature >= PREMATURE_LIMIT) {
            rebuild("it returned " + premature + " times in a row with nothing ready");
        }
    }

    /** Moves everything to a new selector. */
    void rebuild(String why) {
        premature = 0;
        if (!rebuildLogged) {
            rebuildLogged = true;
            LOG.log(Level.WARNING, "the selector of {0} is replaced: {1}", thread.getName(), why);
        }
        Selector old = selector;
        try {
            Selector fresh = Selector.open();
            for (SelectionKey key : old.keys()) {
                if (key.isValid()) {
                    Registration registration = registration(key);
                    registration.moved(key.channel().register(fresh, key.interestOps(), registration));
                }
            }
            selector = fresh;
        } catch (IOException e) {
            LOG.log(Level.ERROR, "the selector of " + thread.getName() + " could not be replaced", e);
            return;
        }
        closeQuietly(old);
    }

    private static void closeQuietly(Selector selector) {
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a selector could not be closed", e);
        }
    }
}
