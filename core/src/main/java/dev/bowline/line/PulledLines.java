package dev.bowline.line;

import com.google.common.math.LongMath;
import dev.bowline.ConnectionLostException;
import dev.bowline.LossReason;
import dev.bowline.internal.CallbackThread;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose lines come only as they are asked for. While none is, reading is paused; then the operating system's
 * buffer fills, and the peer is told to wait: no line is held here that nobody wants.
 *
 * <p>Demand is added by any thread and used up on the event side. Whoever makes it more than nothing resumes reading, and
 * the event side looks at it once more after it has paused: so neither can undo what the other did last.
 */
final class PulledLines extends LineProtocol {
    /** Where the lines go. Called one at a time, on the event side, but for the loss that came before the sink began. */
    interface Sink {
        void line(String line);

        /** Once, last. */
        void lost(LossReason reason);
    }

    /** Event side, once. */
    private final Runnable opened;

    private final AtomicLong demand = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();

    /** The connection is writable again, or ending; guarded by lock. */
    private final Condition changed = lock.newCondition();

    /** Set once. Written under lock, as are the next three; read without it on the event side. */
    private volatile @Nullable Sink sink;

    /** Whether the sink may be called. */
    private volatile boolean begun;

    /** Nothing more can be sent. */
    private volatile boolean ending;

    private volatile @Nullable LossReason loss;

    PulledLines(LineFormat format, Runnable opened) {
        super(format);
        this.opened = opened;
    }

    // ---- for whoever takes the lines; from any thread ----

    /** Whether the lines go to this sink once it {@link #begin}s: there is only one. */
    boolean attach(Sink taker) {
        lock.lock();
        try {
            if (sink != null) {
                return false;
            }
            sink = taker;
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean isAttached(Sink taker) {
        return sink == taker;
    }

    /** The sink that is attached may be called from now on; of a loss that has been it hears inside this call. */
    void begin() {
        LossReason reason;
        lock.lock();
        try {
            begun = true;
            reason = loss;
        } finally {
            lock.unlock();
        }
        if (reason != null) {
            tellLoss(reason);
        } else if (demand.get() > 0) {
            connection().resumeReading();
        }
    }

    /** So many lines more are wanted, 1 or more. What adds up to more than a long is as good as all. */
    void demand(long lines) {
        long before = demand.getAndAccumulate(lines, LongMath::saturatedAdd);
        if (before == 0 && begun) {
            connection().resumeReading();
        }
    }

    /** Runs a task on the event side if the sink has begun; not at all once the connection is lost. */
    void execute(Runnable task) {
        if (begun) {
            connection().execute(task);
        }
    }

    /** Closes in good order: what was sent still goes, and no line comes any more. */
    void end() {
        close();
        stopSenders(); // now they find it closed
    }

    /** Ends at once. */
    void abort() {
        connection().abort();
        stopSenders();
    }

    // ---- sending ----

    /** Sends a line once there is room; on a callback thread at once. */
    void send(String line) throws IOException, InterruptedException {
        if (!CallbackThread.isCurrent()) {
            awaitRoom();
        }
        if (!sendLine(line)) {
            LossReason over = loss;
            throw over != null
                    ? new ConnectionLostException(over)
                    : new IOException("the connection is closing, and the line was not sent");
        }
    }

    private void awaitRoom() throws InterruptedException {
        if (connection().isWritable()) {
            return;
        }
        lock.lockInterruptibly();
        try {
            while (!connection().isWritable() && !ending) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void stopSenders() {
        lock.lock();
        try {
            ending = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // ---- event side ----

    @Override
    protected void connectionMade() {
        connection().pauseReading();
        opened.run();
    }

    @Override
    protected void lineReceived(String line) {
        Sink taker = sink;
        if (taker == null) {
            throw new IllegalStateException("a line came that nobody asked for");
        }
        taker.line(line);
        if (demand.decrementAndGet() == 0) {
            connection().pauseReading();
            if (demand.get() > 0) {
                connection().resumeReading();
            }
        }
    }

    @Override
    protected void writabilityChanged(boolean writable) {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected void inputEnded() {
        end();
    }

    /** Closes, as it is for a protocol to do; but nobody has to wait for the end of that to hear why no line comes any more. */
    @Override
    protected void lineLengthExceeded(int limit) throws Exception {
        super.lineLengthExceeded(limit);
        over(new LossReason.TooLong(limit));
    }

    @Override
    public void connectionLost(LossReason reason) {
        over(reason);
    }

    /** Nothing comes any more, and nothing can be sent; the first reason counts. */
    private void over(LossReason reason) {
        boolean tell;
        lock.lock();
        try {
            if (loss != null) {
                return;
            }
            loss = reason;
            tell = begun;
        } finally {
            lock.unlock();
        }
        stopSenders();
        if (tell) {
            tellLoss(reason);
        }
    }

    private void tellLoss(LossReason reason) {
        Sink taker = sink;
        if (taker != null) {
            taker.lost(reason);
        }
    }
}
