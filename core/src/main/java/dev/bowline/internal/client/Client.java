package dev.bowline.internal.client;

import dev.bowline.Cancellable;
import dev.bowline.ClientFailedException;
import dev.bowline.ConnectFailure;
import dev.bowline.ConnectOptions;
import dev.bowline.Connector;
import dev.bowline.DrainResult;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.LossReport;
import dev.bowline.Protocol;
import dev.bowline.internal.CallbackAwareFuture;
import dev.bowline.internal.CallbackThread;
import dev.bowline.internal.connect.SourcedFactory;
import dev.bowline.internal.connection.OutboundSource;
import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.QueueClosedException;
import dev.bowline.queue.QueueFullException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client for any framing (rules F): one queue, whatever connections serve it, and an end that accounts for every
 * message. It knows messages as bytes; what they mean is for the public client in front of it.
 *
 * <p>It ends once, and only when no connection is left that could still deliver something: then the queue is sealed, what
 * is in it is handed back, and every future ends.
 */
public final class Client {
    /** What {@code close()} and {@code finish()} grant for delivery. */
    public static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger("dev.bowline.client");

    /** How far the client has come; only forward. */
    private enum Phase {
        /** Takes messages. */
        RUNNING,
        /** Takes no more; delivers what it has. */
        DRAINING,
        /** All is delivered, or the limit has passed: the connection is on its way out. */
        LEAVING,
        /** Over. */
        ENDED
    }

    private final Endpoint endpoint;
    private final Supplier<? extends @Nullable Protocol> protocols;
    private final MessageQueue queue;
    private final TransportLease lease;
    private final Flushes flushes = new Flushes();
    private final CallbackAwareFuture<DrainResult> result = new CallbackAwareFuture<>();

    /** Somebody called close(), and wants to hear of what is left. */
    private volatile boolean closed;

    private final AtomicBoolean warned = new AtomicBoolean();

    /** Never held over a callback. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Written under lock. */
    private volatile Phase phase = Phase.RUNNING;

    /** Set by the first attempt, before anything can end. */
    private volatile @Nullable Connector connector;

    /** The limits of the drains. Guarded by lock. */
    private final List<Cancellable> limits = new ArrayList<>(1);

    /** Makes the connection look for messages; set on its event side, called by whoever adds one. */
    private volatile Runnable wake = () -> {};

    private final AtomicLong delivered = new AtomicLong();

    /** Set before result completes. */
    private volatile @Nullable ClientFailedException failure;

    /** A drain ran out of time; set before the connector is aborted for it. */
    private volatile boolean limitReached;

    /** The queue failed: why the client ends. */
    private volatile @Nullable Throwable queueFailure;

    /**
     * Makes a client; {@link #start} makes it connect.
     *
     * @param protocols makes the protocol of each connection
     * @param queue the client's from now on
     * @param lease released when the client ends
     */
    public Client(
            Endpoint endpoint,
            Supplier<? extends @Nullable Protocol> protocols,
            MessageQueue queue,
            TransportLease lease) {
        this.endpoint = endpoint;
        this.protocols = protocols;
        this.queue = queue;
        this.lease = lease;
    }

    /** Begins the first attempt; once. */
    public void start(ConnectOptions options) {
        queue.listen(() -> wake.run());
        try {
            connector = lease.transport().connect(endpoint, new Factory(), options);
        } catch (RuntimeException e) {
            lease.release();
            throw e;
        }
    }

    /**
     * Queues a message (rule F1).
     *
     * @param wait how long to wait for room; on a callback thread nothing waits (rule E3)
     * @return true: it is queued
     */
    public boolean send(ByteBuffer message, Duration wait) throws InterruptedException {
        try {
            queue.add(message, CallbackThread.isCurrent() ? Duration.ZERO : wait);
            return true;
        } catch (QueueClosedException sealed) {
            throw new QueueClosedException(
                    "the client of " + endpoint + outcome() + "; the message was not taken", failure);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Queues a message if there is room now; returns false only if there is none. */
    public boolean offer(ByteBuffer message) {
        try {
            return send(message, Duration.ZERO);
        } catch (QueueFullException full) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String outcome() {
        ClientFailedException failed = failure;
        if (failed != null) {
            return " has failed (" + failed.getMessage() + ")";
        }
        return phase == Phase.ENDED ? " has ended" : " is ending";
    }

    /** See rule F4. */
    public CompletableFuture<Void> flush() {
        boolean nothing = queue.size().messages() == 0 && phase != Phase.ENDED;
        return flushes.until(nothing ? 0 : queue.newest()).copy();
    }

    /** See rule F5. */
    public CompletableFuture<DrainResult> drain(Duration limit) {
        beginDrain(limit);
        return result.copy();
    }

    private void beginDrain(Duration limit) {
        Objects.requireNonNull(limit, "limit");
        queue.seal();
        lock.lock();
        try {
            if (phase == Phase.RUNNING) {
                phase = Phase.DRAINING;
            }
        } finally {
            lock.unlock();
        }
        if (phase != Phase.ENDED) {
            keepLimit(lease.transport().schedule(limit, this::limitPassed));
            leaveIfDelivered();
        }
    }

    /** The protocol's wish to end. */
    void finish() {
        beginDrain(DRAIN_LIMIT);
    }

    /** Drains and waits for the end, unless on a callback thread; what is left over is logged. */
    public void close() {
        closed = true;
        beginDrain(DRAIN_LIMIT);
        if (CallbackThread.isCurrent()) {
            CompletableFuture<Void> unused = result.thenAccept(this::warnOfLeftovers);
            return;
        }
        try {
            warnOfLeftovers(result.get());
            lease.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Once, and before {@link #close} returns: a program that ends then has said it. */
    private void warnOfLeftovers(DrainResult ended) {
        if (!ended.isComplete() && warned.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "the client of {0} ended with {1} messages undelivered, {2} dropped, {3} uncertain",
                    endpoint,
                    ended.undelivered().size(),
                    ended.dropped(),
                    ended.uncertain());
        }
    }

    /**
     * Waits for the end.
     *
     * @return whether the client has ended
     * @throws ClientFailedException if it has failed
     */
    public boolean await(Duration limit) throws InterruptedException {
        try {
            result.get(saturatedNanos(limit), TimeUnit.NANOSECONDS);
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        ClientFailedException failed = failure;
        if (failed != null) {
            throw failed;
        }
        return true;
    }

    private static long saturatedNanos(Duration limit) {
        try {
            return limit.toNanos();
        } catch (ArithmeticException farAway) {
            return Long.MAX_VALUE;
        }
    }

    // ---- what Delivery reports, on the event side ----

    void listenForMessages(Runnable waker) {
        wake = waker;
    }

    void delivered(long through, int count) {
        delivered.addAndGet(count);
        flushes.delivered(through);
        leaveIfDelivered();
    }

    void queueFailed(Throwable cause) {
        queueFailure = cause;
        abortConnector();
    }

    // ---- the end ----

    private void keepLimit(Cancellable timer) {
        lock.lock();
        try {
            if (phase != Phase.ENDED) {
                limits.add(timer);
                return;
            }
        } finally {
            lock.unlock();
        }
        timer.cancel();
    }

    private void leaveIfDelivered() {
        if (phase == Phase.DRAINING && queue.size().messages() == 0 && leave()) {
            Connector open = connector;
            if (open != null) {
                open.disconnect();
            }
        }
    }

    private void limitPassed() {
        if (leave()) {
            limitReached = true;
            abortConnector();
        }
    }

    private boolean leave() {
        lock.lock();
        try {
            if (phase != Phase.DRAINING) {
                return false;
            }
            phase = Phase.LEAVING;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void abortConnector() {
        Connector open = connector;
        if (open != null) {
            open.abort();
        }
    }

    /** The last connection or attempt is over: seal, rewind, take, delivered (rule E7), and every future ends. */
    private void end(boolean failed, String why, @Nullable Throwable cause) {
        List<Cancellable> timers;
        lock.lock();
        try {
            if (phase == Phase.ENDED) {
                return;
            }
            phase = Phase.ENDED;
            timers = List.copyOf(limits);
        } finally {
            lock.unlock();
        }
        timers.forEach(Cancellable::cancel);
        List<byte[]> undelivered = handBack();
        DrainResult account = new DrainResult(delivered.get(), 0, undelivered, 0);
        Throwable broken = queueFailure;
        if (broken != null) {
            failure = failure("the queue failed: " + broken, undelivered.size(), broken);
        } else if (failed || !undelivered.isEmpty()) {
            failure = failure(limitReached ? "not all was delivered in time" : why, undelivered.size(), cause);
        }
        if (closed) {
            warnOfLeftovers(account);
        }
        flushes.fail(new QueueClosedException("the client of " + endpoint + outcome(), failure));
        try {
            lease.release();
        } finally {
            CallbackThread.run(() -> result.complete(account));
        }
    }

    private ClientFailedException failure(String why, int undelivered, @Nullable Throwable cause) {
        String where = why.contains(endpoint.toString()) ? "" : endpoint + ": ";
        String left = undelivered == 0 ? "" : "; " + undelivered + " messages undelivered";
        return new ClientFailedException(where + why + left, cause);
    }

    private List<byte[]> handBack() {
        List<byte[]> left = new ArrayList<>();
        long[] last = new long[1];
        try {
            queue.seal();
            queue.rewind();
            queue.take((number, maybeHandedBefore, message) -> {
                byte[] copy = new byte[message.remaining()];
                message.get(copy);
                left.add(copy);
                last[0] = number;
                return true;
            });
            queue.delivered(last[0]);
            queue.close();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "the queue of " + endpoint + " could not hand back its messages", e);
            queueFailure = e;
        }
        return left;
    }

    /** What the client is to its connector. */
    private final class Factory implements SourcedFactory {
        @Override
        public OutboundSource newSource() {
            return new Delivery(Client.this, queue);
        }

        @Override
        public @Nullable Protocol buildProtocol(Endpoint remote) {
            return protocols.get();
        }

        @Override
        public void connecting(Connector begun) {
            connector = begun;
        }

        @Override
        public void connectFailed(Connector over, ConnectFailure why) {
            boolean asked = why instanceof ConnectFailure.Cancelled && phase.compareTo(Phase.DRAINING) >= 0;
            end(!asked, why.describe(), why.cause());
        }

        @Override
        public void connectionLost(Connector over, LossReport report) {
            LossReason reason = report.reason();
            end(reason.cause() != null || reason instanceof LossReason.TooLong, reason.describe(), reason.cause());
        }
    }
}
