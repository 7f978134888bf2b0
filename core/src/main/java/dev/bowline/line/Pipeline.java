package dev.bowline.line;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.LossReason.TimedOut.Timer;
import dev.bowline.OutputFullException;
import dev.bowline.internal.connection.ProtocolSide;
import dev.bowline.line.PendingReply.Unsent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection that have no reply yet, in the one order that counts: that in which they were written.
 *
 * <p>Whoever makes a request writes it under the lock under which it is entered, so that no two threads can do one in
 * this order and the other in that. The lock is never held over IO, nor while a future completes: a write only copies.
 */
final class Pipeline {
    /** How many may be unanswered on the wire unless told otherwise: as many as rule F3's window of messages. */
    private static final int DEFAULT_DEPTH = 1_000;

    /** As many bytes as a connection's own output may have (rule B6). */
    private static final long MOST_WAITING = 16L * 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;
    private final ProtocolSide side;

    /** Guarded by lock, as is all below. */
    private final ReplyClock clock;

    /** Written, or awaited without a request; the reply that comes next is the first one's. */
    private final ArrayDeque<PendingReply<?>> sent = new ArrayDeque<>();

    /** Those that the pipeline has no room for. */
    private final ArrayDeque<Unsent> waiting = new ArrayDeque<>(0);

    private long waitingCost;
    private int depth = DEFAULT_DEPTH;

    /** Why the connection was lost, once it is. */
    private @Nullable LossReason loss;

    Pipeline(Connection connection) {
        this.connection = connection;
        this.side = ProtocolSide.of(connection);
        this.clock = new ReplyClock(side::nanoTime, connection::schedule, this::clockRang);
    }

    boolean isOf(Connection other) {
        return connection == other;
    }

    /**
     * Enters a request, and writes it now or when there is room.
     *
     * @param message copied before the call returns
     * @throws OutputFullException if too much waits already, here or in the connection; it was not entered then
     */
    void enter(PendingReply<?> reply, ByteBuffer message) {
        NoReplyException refusal = null;
        lock.lock();
        try {
            if (loss != null) {
                refusal = NoReplyException.neverSent(loss);
            } else if (!waiting.isEmpty() || sent.size() >= depth) {
                await(reply, message);
            } else if (!write(reply, message)) {
                refusal = NoReplyException.closing();
            }
        } finally {
            lock.unlock();
        }
        if (refusal != null) {
            reply.fail(refusal);
        }
    }

    private void await(PendingReply<?> reply, ByteBuffer message) {
        long cost = Unsent.costOf(message);
        if (cost > MOST_WAITING - waitingCost) {
            throw new OutputFullException(
                    "so many requests wait for earlier ones to be answered that one more would exceed " + MOST_WAITING
                            + " bytes: make fewer at a time");
        }
        waitingCost += cost;
        waiting.addLast(Unsent.copyOf(reply, message));
    }

    /** Under lock; false if the connection takes nothing any more. */
    private boolean write(PendingReply<?> reply, ByteBuffer message) {
        if (!connection.write(message)) {
            return false;
        }
        sent.addLast(reply);
        if (sent.size() == 1) {
            clock.due(reply.limit());
        }
        return true;
    }

    /** Event side: whose reply comes now; null if none is awaited. */
    @Nullable
    PendingReply<?> due() {
        lock.lock();
        try {
            return sent.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Event side: the reply that was due is complete; the next one is due, and there is room for others. */
    void answered() {
        lock.lock();
        try {
            sent.removeFirst();
            PendingReply<?> next = sent.peekFirst();
            if (next == null) {
                clock.nothingDue();
            } else {
                clock.due(next.limit());
            }
        } finally {
            lock.unlock();
        }
        fill();
    }

    /** How many may be unanswered on the wire from now on. From any thread. */
    void depth(int most) {
        lock.lock();
        try {
            depth = most;
        } finally {
            lock.unlock();
        }
        fill();
    }

    /** Writes those that waited, as far as there is room now. */
    private void fill() {
        List<Runnable> failures = new ArrayList<>(0);
        lock.lock();
        try {
            while (loss == null && sent.size() < depth && !waiting.isEmpty()) {
                Unsent next = waiting.removeFirst();
                waitingCost -= Unsent.costOf(next.message().rewind());
                try {
                    if (!write(next.reply(), next.message())) {
                        failures.add(() -> next.reply().fail(NoReplyException.closing()));
                    }
                } catch (OutputFullException full) {
                    failures.add(() -> next.reply().fail(full));
                }
            }
        } finally {
            lock.unlock();
        }
        failures.forEach(Runnable::run);
    }

    /** Event side: the connection is lost; returns how many were not answered, and leaves it to fail them. */
    int lost(LossReason reason) {
        lock.lock();
        try {
            loss = reason;
            return sent.size() + waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Event side, after {@link #lost}, when nothing is entered any more: fails all that are left, in order. */
    void fail(LossReason reason) {
        List<PendingReply<?>> uncertain;
        List<Unsent> unsent;
        lock.lock();
        try {
            uncertain = List.copyOf(sent);
            unsent = List.copyOf(waiting);
            sent.clear();
            waiting.clear();
        } finally {
            lock.unlock();
        }
        uncertain.forEach(reply -> reply.lost(reason));
        unsent.forEach(next -> next.reply().neverSent(reason));
    }

    /** Event side. */
    private void clockRang() {
        Duration passed;
        lock.lock();
        try {
            passed = clock.rang();
        } finally {
            lock.unlock();
        }
        if (passed != null) {
            side.timedOut(Timer.NO_REPLY, passed);
        }
    }
}
