package dev.bowline.line;

import dev.bowline.ConnectionLostException;
import dev.bowline.LossReason;
import dev.bowline.internal.CallbackThread;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lines that wait to be read by threads that wait for them. It asks for lines by the half of what it holds, so that a
 * thread that reads on and on wakes the event side once for many.
 */
final class LineBuffer implements PulledLines.Sink {
    /** The most lines that wait here: two megabytes, if all are as long as the default lets them be. */
    static final int CAPACITY = 128;

    private final PulledLines source;
    private final ReentrantLock lock = new ReentrantLock();

    /** A line came, or the end. */
    private final Condition arrived = lock.newCondition();

    /** Guarded by lock, as are the others. */
    private final ArrayDeque<String> lines = new ArrayDeque<>();

    /** How many were taken and not asked for again. */
    private int taken;

    private @Nullable LossReason loss;

    LineBuffer(PulledLines source) {
        this.source = source;
    }

    /** The next line; null at the peer's orderly end. */
    @Nullable
    String take(Duration limit) throws IOException, InterruptedException {
        if (CallbackThread.isCurrent()) {
            throw new IllegalStateException(
                    "waiting for a line on a callback thread would hang; subscribe to lines() instead");
        }
        boolean askForMore;
        String line;
        lock.lockInterruptibly();
        try {
            awaitLine(limit);
            line = lines.pollFirst();
            if (line == null) {
                return end();
            }
            taken++;
            askForMore = taken == CAPACITY / 2;
            if (askForMore) {
                taken = 0;
            }
        } finally {
            lock.unlock();
        }
        if (askForMore) {
            source.demand(CAPACITY / 2);
        }
        return line;
    }

    private void awaitLine(Duration limit) throws IOException, InterruptedException {
        long nanos = TimeUnit.NANOSECONDS.convert(limit);
        while (lines.isEmpty() && loss == null) {
            if (nanos <= 0) {
                throw new SocketTimeoutException("no line came within " + limit.toMillis() + " ms");
            }
            nanos = arrived.awaitNanos(nanos);
        }
    }

    private @Nullable String end() throws IOException {
        LossReason over = Objects.requireNonNull(loss, "waited for a line or the end");
        if (over instanceof LossReason.ClosedByPeer) {
            return null;
        }
        throw new ConnectionLostException(over);
    }

    @Override
    public void line(String line) {
        lock.lock();
        try {
            lines.addLast(line);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void lost(LossReason reason) {
        lock.lock();
        try {
            loss = reason;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
