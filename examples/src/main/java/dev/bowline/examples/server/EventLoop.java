package dev.bowline.examples.server;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** One thread that waits for all channels and timers of a server. Only {@link #stop} may be called from another. */
final class EventLoop implements Runnable {
    private static final System.Logger LOG = System.getLogger(EventLoop.class.getName());

    private final Selector selector = Selector.open();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(65536);
    private @Nullable Closeable atEnd;
    private volatile boolean stopped;

    EventLoop() throws IOException {}

    private record Timer(long atNanos, Runnable task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return Long.signum(atNanos - other.atNanos); // nanoTime may wrap: never compare it directly
        }
    }

    /** Calls {@code whenReady} each time the channel is ready for what its key is interested in. */
    SelectionKey register(SelectableChannel channel, int interest, Runnable whenReady) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, interest, whenReady);
    }

    void after(Duration delay, Runnable task) {
        timers.add(new Timer(System.nanoTime() + delay.toNanos(), task));
    }

    /** Closed when the loop has ended and no connection is left. */
    void atEnd(@Nullable Closeable resource) {
        atEnd = resource;
    }

    /** An empty buffer for one read; whoever takes it is done with it when it returns to the loop. */
    ByteBuffer readBuffer() {
        return readBuffer.clear();
    }

    void stop() {
        stopped = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                selector.select(EventLoop::dispatch, millisToNextTimer());
                runTimers();
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "The line server's selector failed; the server ends.", e);
        } finally {
            release();
        }
    }

    private static void dispatch(SelectionKey key) {
        if (key.isValid()) {
            ((Runnable) key.attachment()).run();
        }
    }

    /** At least 1, because 0 means for ever: what {@link Selector#select(long)} makes of it. */
    private long millisToNextTimer() {
        Timer next = timers.peek();
        return next == null
                ? 0
                : Math.max(1, Duration.ofNanos(next.atNanos - System.nanoTime()).toMillis());
    }

    private void runTimers() {
        // Only what is due now: a timer that one of these sets waits for its own turn.
        long now = System.nanoTime();
        for (Timer next = timers.peek(); next != null && next.atNanos - now <= 0; next = timers.peek()) {
            timers.remove();
            next.task.run();
        }
    }

    /** Closes every channel, the selector, and what was to be closed at the end. */
    void release() {
        selector.keys().forEach(key -> close(key.channel()));
        close(selector);
        if (atEnd != null) {
            close(atEnd);
        }
    }

    private static void close(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Closing failed", e);
        }
    }
}
