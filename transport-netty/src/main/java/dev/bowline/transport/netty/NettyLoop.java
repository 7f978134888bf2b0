package dev.bowline.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One of Netty's event loops, and what its links share.
 *
 * <p>Netty runs tasks for up to a second before it looks at its sockets again, those included that tasks hand in while
 * they run. A sender that posts itself to let others have the thread would keep it. So tasks wait in a queue of our own,
 * and its next round is scheduled: Netty takes scheduled tasks in only after a select.
 */
final class NettyLoop {
    private static final Logger LOG = System.getLogger("dev.bowline.transport.netty");

    private final SingleThreadIoEventLoop events;

    /** Set by Netty when it starts the thread. */
    private volatile @Nullable Thread thread;

    /** Guards the next two. Held for a few instructions, never over a task. */
    private final ReentrantLock lock = new ReentrantLock();

    private ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    /** Whether {@link #runTasks} will look at the queue again without being asked to. */
    private boolean due;

    // The loop's thread only.

    /** Empty but while tasks run: the other half of the queue. */
    private ArrayDeque<Runnable> running = new ArrayDeque<>();

    private final LoopBuffer buffer = new LoopBuffer();

    NettyLoop(String name) {
        ThreadFactory threads = task -> newThread(task, name);
        // No group above it: see NettyEngine.
        events = new SingleThreadIoEventLoop(null, threads, NioIoHandler.newFactory());
    }

    private Thread newThread(Runnable task, String name) {
        Thread created = new FastThreadLocalThread(task, name);
        created.setDaemon(true);
        thread = created;
        return created;
    }

    /** Runs a task on the loop's thread, never inside this call; from any thread. Once the loop has ended, nothing. */
    void execute(Runnable task) {
        boolean first;
        lock.lock();
        try {
            tasks.add(task);
            first = !due;
            due = true;
        } finally {
            lock.unlock();
        }
        if (first) {
            post(this::runTasks);
        }
    }

    private void post(Runnable run) {
        try {
            if (events.inEventLoop()) {
                afterSelect(run);
            } else {
                events.execute(run);
            }
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "a task came after the engine's end", e);
        }
    }

    /** Runs what was handed in so far; what is handed in meanwhile waits for the next select. */
    private void runTasks() {
        lock.lock();
        try {
            ArrayDeque<Runnable> given = tasks;
            tasks = running;
            running = given;
        } finally {
            lock.unlock();
        }
        for (Runnable task = running.poll(); task != null; task = running.poll()) {
            guarded(task);
        }
        boolean more;
        lock.lock();
        try {
            more = !tasks.isEmpty();
            due = more;
        } finally {
            lock.unlock();
        }
        if (more) {
            post(this::runTasks);
        }
    }

    /** Runs an action when a select has been through; on the loop's thread. */
    void afterSelect(Runnable action) {
        var unused = events.schedule(action, 0, TimeUnit.NANOSECONDS);
    }

    /** What comes out of a handler or a task is a bug there; the other links must not suffer for it. */
    static void guarded(Runnable action) {
        try {
            action.run();
        } catch (Throwable t) {
            LOG.log(Level.ERROR, "an exception came out of a link's handler or of a task", t);
        }
    }

    /** On the loop's thread: done when it returns. */
    ChannelFuture register(Channel channel) {
        return events.register(channel);
    }

    LoopBuffer buffer() {
        return buffer;
    }

    boolean isCurrent() {
        return events.inEventLoop();
    }

    /** Begins to end the thread, without a quiet period. */
    void shutDown() {
        var unused = events.shutdownGracefully(0, 10, TimeUnit.SECONDS);
    }

    /** Waits until the thread has ended. */
    void awaitEnd(long nanos) throws InterruptedException {
        Thread started = thread;
        if (started != null) {
            TimeUnit.NANOSECONDS.timedJoin(started, nanos);
        }
    }
}
