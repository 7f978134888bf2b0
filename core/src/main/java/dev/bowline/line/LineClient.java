package dev.bowline.line;

import dev.bowline.ClientCounters;
import dev.bowline.ClientFailedException;
import dev.bowline.ClientObserver;
import dev.bowline.ClientState;
import dev.bowline.Delivery;
import dev.bowline.DrainResult;
import dev.bowline.Endpoint;
import dev.bowline.Protocol;
import dev.bowline.Reconnect;
import dev.bowline.internal.client.Client;
import dev.bowline.internal.client.ClientOptions;
import dev.bowline.internal.client.TransportLease;
import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.MessageQueue;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A client that sends lines: they wait in its queue until a connection is ready, and go out in order (rule F1). It starts
 * to connect when it is made, and connects again after every loss until it is told to end (rule F2).
 *
 * <pre>{@code
 * try (LineClient client = LineClient.open("127.0.0.1:8001", Hello::new)) {
 *     client.send("hello");                        // waits in the queue until ready
 *     client.await(Duration.ofSeconds(10));        // until the protocol calls finish()
 * }
 * }</pre>
 *
 * <p>A message counts as delivered when the operating system has taken its last byte, or, with {@link
 * Delivery#confirmed()}, when the protocol has confirmed it. What is not delivered when the client ends is handed back by {@link #drain}.
 *
 * <p>All methods may be called from any thread. In a callback nothing waits: {@link #send} throws where it would, {@link
 * #await} and the futures throw, {@link #drain} and {@link #close} begin and return.
 */
public final class LineClient implements AutoCloseable {
    private final Client client;
    private final LineFormat format;

    /** Where encoded lines go; made once, for a line is to allocate nothing. */
    private final LineFormat.Sink<InterruptedException> queued;

    private final Duration sendWait;

    private LineClient(Client client, LineFormat format, Duration sendWait) {
        this.client = client;
        this.format = format;
        this.sendWait = sendWait;
        this.queued = message -> client.send(message, sendWait);
    }

    /**
     * Opens a client with all defaults.
     *
     * @param endpoint {@code host:port} for one; see {@link Endpoint#parse}
     * @param protocols makes the protocol of each connection
     * @return which is connecting already
     * @throws IllegalArgumentException if the endpoint can't be read, or {@code -Dbowline.transport} names a transport
     *     that is not there
     * @throws IllegalStateException if no transport is on the class path
     */
    public static LineClient open(String endpoint, Supplier<? extends LineProtocol> protocols) {
        return builder(Endpoint.parse(endpoint), protocols).open();
    }

    /**
     * For all that {@link #open} leaves at its default.
     *
     * @param endpoint where to connect to, again and again
     * @param protocols makes the protocol of each connection
     * @return where all else is as {@link #open} has it
     */
    public static Builder builder(Endpoint endpoint, Supplier<? extends LineProtocol> protocols) {
        return new Builder(endpoint, protocols);
    }

    /**
     * Queues a line; the delimiter is added. If the queue is full it waits for room, as configured.
     *
     * @param line without its delimiter
     * @throws dev.bowline.framing.MessageRefusedException if the line contains the delimiter, for CRLF and LF any CR or
     *     LF, or is too long (rule D4)
     * @throws dev.bowline.queue.QueueFullException if there is no room in time; in a callback at once
     * @throws dev.bowline.queue.QueueClosedException once the client is draining or has ended: the line was not taken
     * @throws java.io.UncheckedIOException if a queue outside of memory fails
     * @throws InterruptedException if the thread is interrupted while it waits for room; the line was not taken
     */
    public void send(String line) throws InterruptedException {
        format.encode(line, queued);
    }

    /**
     * Queues a line of bytes; the delimiter is added. Otherwise as {@link #send(String)}.
     *
     * @param line from position to limit; copied before the call returns, the position does not move
     * @throws InterruptedException as {@link #send(String)}
     */
    public void send(ByteBuffer line) throws InterruptedException {
        ByteBuffer message = ByteBuffer.allocate(format.framing().encodedLength(line.remaining()));
        format.framing().encode(line, message);
        client.send(message.flip(), sendWait);
    }

    /**
     * Queues a line if there is room now.
     *
     * @param line without its delimiter
     * @return whether it was taken; false only if the queue is full
     */
    public boolean offer(String line) {
        return format.encode(line, client::offer);
    }

    /**
     * Queues one message of bytes as they are: no delimiter is added, nothing is checked (rule D4).
     *
     * @param message from position to limit, at least one byte; copied before the call returns, the position does not
     *     move
     * @throws IllegalArgumentException if it is empty
     * @throws InterruptedException as {@link #send(String)}
     */
    public void sendRaw(ByteBuffer message) throws InterruptedException {
        if (!message.hasRemaining()) {
            throw new IllegalArgumentException("a raw message has at least one byte");
        }
        client.send(message, sendWait);
    }

    /**
     * Ends when all that is queued now is delivered, at once if nothing is; fails as soon as some of it is dropped or
     * uncertain ({@link dev.bowline.NotDeliveredException}), or handed back at the client's end (rule F4).
     *
     * @return completes on a callback thread; it can't be joined on one
     */
    public CompletableFuture<Void> flush() {
        return client.flush();
    }

    /**
     * Ends the client: takes no more lines, delivers what is queued, then closes the connection in good order; aborts it
     * when the limit passes (rule F5).
     *
     * @param limit for delivery; zero for none at all
     * @return what became of everything sent; the same for every caller
     */
    public CompletableFuture<DrainResult> drain(Duration limit) {
        return client.drain(limit);
    }

    /**
     * Waits until the client has ended: by {@link #drain}, {@link #close}, or its protocol's {@code finish()}.
     *
     * @param limit how long to wait
     * @return whether it has, within the limit
     * @throws ClientFailedException if it has failed: its policy or its protocol gave up, its queue failed, its transport was
     *     closed, or messages were left undelivered or uncertain. With
     *     {@link Reconnect#never} a peer that ends a ready connection in good order is no failure.
     * @throws IllegalStateException on a callback thread
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean await(Duration limit) throws InterruptedException {
        return client.await(limit);
    }

    /** {@return where the client stands just now; at any time} */
    public ClientState state() {
        return client.state();
    }

    /** {@return what it has counted so far; at any time} */
    public ClientCounters counters() {
        return client.counters();
    }

    /**
     * {@code drain(10 s)}, and waits for its end; a warning is logged if something is left. The limit is for delivery:
     * closing the connection after that takes its own time (rule B3), as long as the peer takes what the protocol wrote.
     */
    @Override
    public void close() {
        client.close();
    }

    /** Makes a client that differs from the default. */
    public static final class Builder extends LineBuilder<Builder> {
        private final Supplier<? extends LineProtocol> protocols;
        private Duration sendWait = Duration.ofSeconds(10);
        private Reconnect reconnect = Reconnect.exponential();
        private Delivery delivery = Delivery.written();
        private Duration readyTimeout = Duration.ofSeconds(30);
        private Duration shutdownDrain = Client.DRAIN_LIMIT;
        private final List<ClientObserver> observers = new ArrayList<>();
        private @Nullable MessageQueue queue;

        private Builder(Endpoint endpoint, Supplier<? extends LineProtocol> protocols) {
            super(endpoint);
            this.protocols = Objects.requireNonNull(protocols, "protocols");
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * The queue, the client's own from now on; by default a {@link MemoryQueue} of 16 MiB.
         *
         * @param queue of no other client
         * @return this builder
         */
        public Builder queue(MessageQueue queue) {
            this.queue = Objects.requireNonNull(queue, "queue");
            return this;
        }

        /**
         * How long {@link LineClient#send} waits for room in a full queue; 10 s by default.
         *
         * @param limit zero to fail at once
         * @return this builder
         */
        public Builder sendWait(Duration limit) {
            this.sendWait = Objects.requireNonNull(limit, "limit");
            return this;
        }

        /**
         * Whether, when and how often to connect again; {@link Reconnect#exponential()} by default (rule F2).
         *
         * @param policy may be shared by clients
         * @return this builder
         */
        public Builder reconnect(Reconnect policy) {
            this.reconnect = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * When a message counts as delivered; {@link Delivery#written()} by default (rule F3).
         *
         * @param delivery may be shared by clients
         * @return this builder
         */
        public Builder delivery(Delivery delivery) {
            this.delivery = Objects.requireNonNull(delivery, "delivery");
            return this;
        }

        /**
         * How long a protocol may take to call {@code ready()}; after that its connection is aborted ({@link
         * dev.bowline.LossReason.TimedOut}). 30 s by default, zero for no limit (rule F6).
         *
         * @param limit zero for none
         * @return this builder
         */
        public Builder readyTimeout(Duration limit) {
            this.readyTimeout = notNegative("a ready timeout", limit);
            return this;
        }

        /**
         * How long the client is drained when the JVM is told to stop, by SIGTERM or Ctrl-C say, before it is closed; the
         * JVM ends that much later at the most. 10 s by default, zero for not at all.
         *
         * @param limit zero for not at all
         * @return this builder
         */
        public Builder drainOnShutdown(Duration limit) {
            this.shutdownDrain = notNegative("a shutdown drain", limit);
            return this;
        }

        /**
         * Adds one that hears what happens to the client (rule F7).
         *
         * @param observer called as a callback, after those that were added before
         * @return this builder
         */
        public Builder observer(ClientObserver observer) {
            observers.add(Objects.requireNonNull(observer, "observer"));
            return this;
        }

        private static Duration notNegative(String what, Duration limit) {
            if (limit.isNegative()) {
                throw new IllegalArgumentException(what + " is not negative: " + limit);
            }
            return limit;
        }

        /**
         * Makes the client; it begins to connect at once, and returns without waiting for that.
         *
         * @return which is connecting already
         * @throws IllegalStateException if there is no transport, or the one given is closed
         * @throws IllegalArgumentException if the named transport, here or in the system property, is not there, or startTls is
         *     asked for at a {@code tls://} endpoint
         */
        public LineClient open() {
            TransportLease lease = lease();
            MessageQueue messages =
                    queue != null ? queue : MemoryQueue.builder().build();
            ClientOptions options = new ClientOptions(
                    endpoint(),
                    messages,
                    connectOptions(),
                    reconnect,
                    delivery,
                    readyTimeout,
                    shutdownDrain,
                    List.copyOf(observers));
            Client client = new Client(options, newProtocols(), lease);
            client.start();
            return new LineClient(client, format(), sendWait);
        }

        /** Makes protocols as the builder stands now. */
        private Supplier<@Nullable Protocol> newProtocols() {
            LineFormat spoken = format();
            UnaryOperator<Protocol> agreement = agreement();
            return () -> {
                LineProtocol protocol = protocols.get();
                if (protocol == null) {
                    return null;
                }
                protocol.use(spoken);
                return agreement.apply(protocol);
            };
        }
    }
}
