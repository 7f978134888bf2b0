package dev.bowline.testkit;

import dev.bowline.Endpoint;
import dev.bowline.Scheduler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on the loopback interface that forwards faithfully until it is told to misbehave: FIN becomes FIN, RST
 * becomes RST, and a receiver that takes nothing makes the sender wait.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to(new InetSocketAddress("127.0.0.1", 8001));
 *         LineClient client = LineClient.open(proxy.endpoint().toString(), Hello::new)) {
 *     proxy.toClient().segments(1);       // answers arrive byte by byte
 *     proxy.toServer().resetAfter(1000);  // each connection is reset after so many bytes
 *     client.send("hello");
 *     proxy.kill();                       // the server is gone
 *     proxy.restart();                    // and comes back on the same port
 * }
 * }</pre>
 *
 * <p>What a {@link Direction} is told is for all its connections, those that are open and those that come. When a command
 * returns, it is in effect.
 *
 * <p>One daemon thread serves all connections; each holds 64 KiB per direction at most. All methods may be called from any
 * thread.
 *
 * <p>Two things that a proxy cannot hide: the client is connected before the server is, and reset if the server cannot be
 * connected; and a reset is noticed only where the proxy reads or writes, so not behind a stall, nor behind bytes that the
 * other side does not take.
 */
public final class FaultProxy implements AutoCloseable {
    private final FaultProxyLoop loop;
    private final Direction toServer;
    private final Direction toClient;

    final FaultProxyCount accepted = new FaultProxyCount("connections accepted");
    final FaultProxyCount open = new FaultProxyCount("connections open");

    private FaultProxy(InetSocketAddress server, @Nullable Scheduler clock) throws IOException {
        loop = new FaultProxyLoop(this, server, clock);
        toServer = new Direction(loop, true);
        toClient = new Direction(loop, false);
        loop.start();
    }

    /**
     * A proxy in front of a server, on a free port of the loopback interface.
     *
     * @param server asked for a connection whenever a client has made one
     * @return which forwards from now on
     * @throws IOException if no port can be had
     */
    public static FaultProxy to(InetSocketAddress server) throws IOException {
        return new FaultProxy(server, null);
    }

    /**
     * The same with a clock for {@link Direction#delay}, a {@link ManualClock} say; it is not closed with the proxy.
     *
     * @param server asked for a connection whenever a client has made one
     * @param clock of the delays
     * @return which forwards from now on
     * @throws IOException if no port can be had
     */
    public static FaultProxy to(InetSocketAddress server, Scheduler clock) throws IOException {
        return new FaultProxy(server, clock);
    }

    /** {@return where it listens: {@code 127.0.0.1} and a port that was free} */
    public Endpoint endpoint() {
        return new Endpoint.Tcp("127.0.0.1", loop.address().getPort());
    }

    /** {@return the same for a socket} */
    public InetSocketAddress address() {
        return loop.address();
    }

    /** {@return what flows from clients to the server} */
    public Direction toServer() {
        return toServer;
    }

    /** {@return what flows from the server to clients} */
    public Direction toClient() {
        return toClient;
    }

    /** Resets all open connections, on both sides. */
    public void reset() {
        loop.call(() -> loop.forEach(FaultProxyConnection::reset));
    }

    /**
     * Accepts nobody until {@link #restart}. As with any server that is slow to accept, the operating system tells clients
     * that they are connected, and keeps what they send.
     */
    public void hold() {
        loop.call(loop::hold);
    }

    /** Stops listening until {@link #restart}: who connects is refused. Open connections stay. */
    public void refuse() {
        loop.call(loop::refuse);
    }

    /** Refuses new connections, and resets the open ones: what a server does that is killed. */
    public void kill() {
        loop.call(() -> {
            loop.refuse();
            loop.forEach(FaultProxyConnection::reset);
        });
    }

    /** Accepts connections again, on the same port, those that were held first. */
    public void restart() {
        loop.call(loop::restart);
    }

    /** {@return how many connections were accepted so far} */
    public long accepted() {
        return accepted.get();
    }

    /** {@return how many connections are open} */
    public long open() {
        return open.get();
    }

    /**
     * Waits until so many connections were accepted.
     *
     * @param total since the beginning; or more
     * @throws AssertionError if they were not within 30 seconds
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void awaitAccepted(long total) throws InterruptedException {
        accepted.await(count -> count >= total, total + " or more");
    }

    /**
     * Waits until so many connections are open.
     *
     * @param count exactly so many
     * @throws AssertionError if there are more or fewer for 30 seconds
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void awaitOpen(long count) throws InterruptedException {
        open.await(now -> now == count, Long.toString(count));
    }

    /** Resets all connections and ends the thread. Commands that follow throw {@link IllegalStateException}. */
    @Override
    public void close() {
        loop.close();
    }

    /**
     * What flows one way, on all connections of a proxy. Faults may be combined; {@link #heal} ends them.
     *
     * <p>All methods may be called from any thread.
     */
    public static final class Direction {
        private final FaultProxyLoop loop;
        final boolean towardsServer;
        final FaultProxyCount received;
        final FaultProxyCount forwarded;

        /** How many writes the receivers' sockets took something of. */
        final FaultProxyCount writes;

        /** On the proxy's thread, as is all below. */
        boolean stalled;

        boolean dropping;
        Duration delay = Duration.ZERO;
        int segmentSize = Integer.MAX_VALUE;
        long cutAt = Long.MAX_VALUE;
        boolean cutByReset;

        private Direction(FaultProxyLoop loop, boolean towardsServer) {
            this.loop = loop;
            this.towardsServer = towardsServer;
            String side = towardsServer ? "the server" : "the client";
            this.received = new FaultProxyCount("bytes received for " + side);
            this.forwarded = new FaultProxyCount("bytes forwarded to " + side);
            this.writes = new FaultProxyCount("writes to " + side);
        }

        /** Neither reads nor forwards, FIN and RST included, until {@link #release}. The sender soon has to wait. */
        public void stall() {
            change(() -> stalled = true);
        }

        /** Reads what comes and forgets it, until {@link #release}. FIN and RST are forwarded. */
        public void drop() {
            change(() -> dropping = true);
        }

        /** Ends a stall and a drop; other faults stay. */
        public void release() {
            change(() -> {
                stalled = false;
                dropping = false;
            });
        }

        /**
         * Forwards what comes from now on, FIN included, only after a delay; order is kept. A reset is not delayed, and
         * overtakes.
         *
         * @param time zero for none
         */
        public void delay(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("a delay is not negative: " + time);
            }
            change(() -> delay = time);
        }

        /**
         * Forwards in segments of so many bytes at most, each written alone. A receiver that reads slowly may still get
         * several at once.
         *
         * @param bytes 1 or more
         */
        public void segments(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("a segment has at least one byte, not " + bytes);
            }
            change(() -> segmentSize = bytes);
        }

        /**
         * Forwards so many bytes of each connection, counted from its beginning, then FIN; what follows is forgotten. A
         * connection that is beyond that is cut at once.
         *
         * @param bytes zero for at once
         */
        public void shutdownAfter(long bytes) {
            cut(bytes, false);
        }

        /**
         * Forwards so many bytes of each connection, counted from its beginning, then resets it on both sides; a receiver
         * that has not read them by then may lose them. A connection that is beyond that is reset at once.
         *
         * @param bytes zero for at once
         */
        public void resetAfter(long bytes) {
            cut(bytes, true);
        }

        private void cut(long bytes, boolean byReset) {
            if (bytes < 0) {
                throw new IllegalArgumentException("a count of bytes is not negative: " + bytes);
            }
            change(() -> {
                cutAt = bytes;
                cutByReset = byReset;
            });
        }

        /** Sends FIN now on the connections that are open; what is still held, or follows, is forgotten. */
        public void shutdownOutput() {
            loop.call(() -> loop.forEach(connection -> connection.shutdownOutput(this)));
        }

        /** Forwards faithfully again. What is cut stays cut, what is delayed comes when it is due. */
        public void heal() {
            change(() -> {
                stalled = false;
                dropping = false;
                delay = Duration.ZERO;
                segmentSize = Integer.MAX_VALUE;
                cutAt = Long.MAX_VALUE;
            });
        }

        private void change(Runnable command) {
            loop.call(() -> {
                command.run();
                loop.forEach(FaultProxyConnection::refresh);
            });
        }

        /** {@return how many bytes were received from senders so far, over all connections} */
        public long received() {
            return received.get();
        }

        /** {@return how many bytes were forwarded to receivers so far, over all connections} */
        public long forwarded() {
            return forwarded.get();
        }

        /**
         * Waits until so many bytes were received.
         *
         * @param bytes since the beginning; or more
         * @throws AssertionError if they were not within 30 seconds
         * @throws InterruptedException if the thread is interrupted while it waits
         */
        public void awaitReceived(long bytes) throws InterruptedException {
            received.await(count -> count >= bytes, bytes + " or more");
        }

        /**
         * Waits until so many bytes were forwarded.
         *
         * @param bytes since the beginning; or more
         * @throws AssertionError if they were not within 30 seconds
         * @throws InterruptedException if the thread is interrupted while it waits
         */
        public void awaitForwarded(long bytes) throws InterruptedException {
            forwarded.await(count -> count >= bytes, bytes + " or more");
        }
    }
}
