package dev.bowline.internal.client;

import dev.bowline.ClientCounters;
import dev.bowline.ClientEvent;
import dev.bowline.ClientFailedException;
import dev.bowline.ClientState;
import dev.bowline.Connection;
import dev.bowline.DrainResult;
import dev.bowline.Endpoint;
import dev.bowline.LossReport;
import dev.bowline.NotDeliveredException;
import dev.bowline.Protocol;
import dev.bowline.internal.CallbackAwareFuture;
import dev.bowline.internal.CallbackThread;
import dev.bowline.internal.client.Drain.Phase;
import dev.bowline.internal.connection.OutboundSource;
import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.QueueClosedException;
import dev.bowline.queue.QueueFullException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client for any framing (rules F): one queue, whatever connections serve it, and an end that accounts for every
 * message. It knows messages as bytes; what they mean is for the public client in front of it.
 *
 * <p>It ends once, and only when nothing will be attempted any more: then the queue is sealed, what is in it is handed
 * back, and every future ends.
 */
public final class Client {
    /** What {@code close()} and {@code finish()} grant for delivery. */
    public static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

    private final ClientOptions options;
    private final Endpoint endpoint;
    private final Supplier<? extends @Nullable Protocol> protocols;
    private final MessageQueue queue;

    /** Whether the queue itself never waits on a callback thread; then a message saves the question. */
    private final boolean queueSparesCallbacks;

    private final TransportLease lease;
    private final Drain drain = new Drain();
    private final Flushes flushes = new Flushes(this::isEachDropTold);
    private final Account account = new Account(this::dropped);
    private final ClientLog log;
    private final Observers observers;
    private final Attempts attempts;
    private final Handovers handovers;
    private final CallbackAwareFuture<DrainResult> result = new CallbackAwareFuture<>();

    /** How many messages the queue had dropped before it became this client's. */
    private final long droppedBefore;

    /** How many drops the queue has told of; each counted when the flushes that cover it have failed. */
    private final AtomicLong toldDrops = new AtomicLong();

    /** Makes the connection look for messages; set on its event side, called by whoever adds one. */
    private volatile Runnable wake = () -> {};

    /** Written by the connector's callbacks and on the event side of its connection. */
    private volatile ClientState state = ClientState.CONNECTING;

    /** Set before result completes. */
    private volatile @Nullable ClientFailedException failure;

    /** The queue failed: why the client ends. */
    private volatile @Nullable Throwable queueFailure;

    /**
     * Makes a client; {@link #start} makes it connect.
     *
     * @param protocols makes the protocol of each connection
     * @param lease released when the client ends
     */
    public Client(ClientOptions options, Supplier<? extends @Nullable Protocol> protocols, TransportLease lease) {
        this.options = options;
        this.endpoint = options.endpoint();
        this.protocols = protocols;
        this.queue = options.queue();
        this.queueSparesCallbacks = queue instanceof MemoryQueue;
        this.droppedBefore = queue.dropped();
        this.lease = lease;
        this.log = new ClientLog(endpoint);
        this.observers = new Observers(endpoint, options.observers());
        this.attempts = new Attempts(this, new Retry(options.reconnect()), log);
        this.handovers = new Handovers(options.delivery());
    }

    /** Begins the first attempt; once. */
    public void start() {
        queue.listen(new QueueEar());
        try {
            attempts.begin(lease.transport(), endpoint, options.connectOptions());
        } catch (RuntimeException e) {
            lease.release();
            throw e;
        }
        if (!options.shutdownDrain().isZero()) {
            ShutdownDrains.add(this, options.shutdownDrain());
            if (drain.phase() == Phase.ENDED) {
                ShutdownDrains.remove(this);
            }
        }
    }

    /**
     * Queues a message (rule F1).
     *
     * @param wait how long to wait for room; on a callback thread nothing waits (rule E3)
     * @return true: it is queued, or was dropped and counted as the queue's policy has it
     */
    public boolean send(ByteBuffer message, Duration wait) throws InterruptedException {
        try {
            queue.add(message, queueSparesCallbacks || !CallbackThread.isCurrent() ? wait : Duration.ZERO);
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
        return drain.phase() == Phase.ENDED ? " has ended" : " is ending";
    }

    /** See rule F4. */
    public CompletableFuture<Void> flush() {
        return flushes.until(() -> {
            boolean nothing = queue.size().messages() == 0 && drain.phase() != Phase.ENDED;
            return nothing ? 0 : queue.newest();
        });
    }

    /** See rule F5. */
    public CompletableFuture<DrainResult> drain(Duration limit) {
        beginDrain(limit);
        return result.copy();
    }

    /**
     * The protocol's word that no attempt has a chance any more; the first counts, and none where the client is leaving as it
     * was asked to. From any thread; {@link #finish} follows.
     */
    void giveUp(Throwable reason) {
        if (drain.phase().compareTo(Phase.LEAVING) < 0) {
            attempts.giveUp(reason);
        }
    }

    private void beginDrain(Duration limit) {
        Objects.requireNonNull(limit, "limit");
        queue.seal();
        if (drain.begin()) {
            drain.keep(lease.transport().schedule(limit, this::limitPassed));
            leaveIfDelivered();
        }
    }

    /** The protocol's wish to end. */
    void finish() {
        log.nobodyLooksAtTheResult();
        beginDrain(DRAIN_LIMIT);
    }

    /** Drains and waits for the end, unless on a callback thread; what is left over is logged. */
    public void close() {
        log.nobodyLooksAtTheResult();
        CompletableFuture<DrainResult> drained = drainAndWarn(DRAIN_LIMIT);
        if (CallbackThread.isCurrent()) {
            return;
        }
        try {
            drained.get();
            lease.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Drains; what is left over is logged before the future ends. */
    CompletableFuture<DrainResult> drainAndWarn(Duration limit) {
        beginDrain(limit);
        return result.thenApply(ended -> {
            log.leftOver(ended);
            return ended;
        });
    }

    /**
     * Waits for the end.
     *
     * @return whether the client has ended
     * @throws ClientFailedException if it has failed
     */
    public boolean await(Duration limit) throws InterruptedException {
        try {
            result.get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
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

    public ClientState state() {
        return state;
    }

    public ClientCounters counters() {
        boolean over = drain.phase() == Phase.ENDED;
        return account.read(over ? new MessageQueue.Size(0, 0) : queue.size());
    }

    private long dropped() {
        return queue.dropped() - droppedBefore;
    }

    // ---- what Attempts reports, in the connector's callbacks ----

    @Nullable
    Protocol newProtocol() {
        return protocols.get();
    }

    OutboundSource newSource() {
        return new Dispatch(this, queue, options.delivery(), handovers);
    }

    /** Whether a loss ends it. */
    boolean isLeaving() {
        return drain.phase().compareTo(Phase.LEAVING) >= 0 || queueFailure != null || attempts.givenUp() != null;
    }

    /** Whether the connection there is, or that is being lost, was ready. */
    boolean isReady() {
        return state == ClientState.READY;
    }

    void connecting(int attempt) {
        state = ClientState.CONNECTING;
        account.attempt();
        log.connecting(attempt);
        observers.tell(new ClientEvent.Connecting(attempt));
    }

    void lost(LossReport report) {
        account.lost();
        observers.tell(new ClientEvent.Lost(report));
    }

    void waiting(ClientEvent.Waiting event) {
        state = ClientState.WAITING;
        observers.tell(event);
    }

    // ---- what Dispatch reports, on the event side ----

    Duration readyTimeout() {
        return options.readyTimeout();
    }

    long resetAfterNanos() {
        return TimeUnit.NANOSECONDS.convert(options.reconnect().resetAfter());
    }

    void connected(Connection connection) {
        state = ClientState.CONNECTED;
        account.connected();
        log.connected(connection);
        observers.tell(new ClientEvent.Connected(connection));
    }

    void ready() {
        state = ClientState.READY;
        log.ready();
        observers.tell(new ClientEvent.Ready());
    }

    void listenForMessages(Runnable waker) {
        wake = waker;
    }

    void handedOver(long count, long again) {
        account.handedOver(count, again);
    }

    void confirmed(int count) {
        account.confirmed(count);
        attempts.good();
    }

    void provedGood() {
        attempts.good();
    }

    void delivered(long through, int count) {
        account.delivered(count);
        flushes.delivered(through);
        if (observers.isAnybodyThere()) {
            observers.tell(new ClientEvent.Delivered(count));
        }
        leaveIfDelivered();
    }

    /** Messages leave the client that may have arrived, and will not be sent again. */
    void uncertain(long first, List<byte[]> messages) {
        log.uncertain(messages.size());
        for (byte[] message : messages) {
            account.uncertain(message);
            observers.tellDropped(message, true);
        }
        flushes.failFrom(
                first, new NotDeliveredException("a message is uncertain: it was handed over and never confirmed"));
        leaveIfDelivered();
    }

    void queueFailed(Throwable cause) {
        if (queueFailure == null) {
            log.queueFailed(cause);
        }
        queueFailure = cause;
        attempts.abort();
    }

    // ---- what the queue tells ----

    private boolean isEachDropTold() {
        return dropped() == toldDrops.get();
    }

    private final class QueueEar implements MessageQueue.Listener {
        @Override
        public void available() {
            wake.run();
        }

        @Override
        public void dropped(long number, boolean maybeHandedBefore, ByteBuffer message) {
            // By now a newer one may have been handed over; this one was only if it had been taken at all.
            boolean mayHaveArrived = maybeHandedBefore && handovers.includes(number);
            if (mayHaveArrived) {
                account.droppedUncertain(copyOf(message));
            }
            flushes.failFrom(number, new NotDeliveredException("a message was dropped: the queue was full"));
            log.dropped(toldDrops.incrementAndGet());
            flushes.completeReached();
            if (observers.isAnybodyThere()) {
                observers.tellDropped(copyOf(message), mayHaveArrived);
            }
        }

        @Override
        public void failed(IOException cause) {
            queueFailed(cause);
        }
    }

    static byte[] copyOf(ByteBuffer message) {
        byte[] copy = new byte[message.remaining()];
        message.get(message.position(), copy);
        return copy;
    }

    // ---- the end ----

    private void leaveIfDelivered() {
        boolean nothingToWaitFor = attempts.givenUp() != null || queue.size().messages() == 0;
        if (drain.phase() == Phase.DRAINING && nothingToWaitFor && drain.leave(Phase.LEAVING)) {
            attempts.disconnect();
        }
    }

    private void limitPassed() {
        if (drain.leave(Phase.OVERDUE)) {
            attempts.abort();
        }
    }

    /** Nothing will be attempted any more: seal, rewind, take, delivered (rule E7), and every future ends. */
    void end() {
        Phase before = drain.end();
        if (before == Phase.ENDED) {
            return;
        }
        ShutdownDrains.remove(this);
        DrainResult ended = new Handback(queue, handovers).all(account, this::brokenQueue);
        Attempts.GivenUp givenUp = attempts.givenUp();
        Verdict verdict = new Verdict(endpoint, ended, queueFailure, givenUp, before);
        ClientFailedException failed = verdict.failure();
        failure = failed;
        state = failed == null ? ClientState.ENDED : ClientState.FAILED;
        boolean gaveUp = givenUp != null || queueFailure != null;
        log.end(ended, failed, gaveUp, before);
        flushes.fail(new QueueClosedException("the client of " + endpoint + outcome(), failed));
        if (failed != null) {
            observers.tell(new ClientEvent.Failed(failed));
        }
        try {
            lease.release();
        } finally {
            CallbackThread.run(() -> result.complete(ended));
        }
    }

    private void brokenQueue(Throwable cause) {
        log.queueFailed(cause);
        queueFailure = cause;
    }
}
