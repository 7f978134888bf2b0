package dev.bowline.testkit;

import dev.bowline.Endpoint;
import dev.bowline.testkit.internal.Patience;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An address of a {@link MemoryTransport} at which somebody listens. Clients connect to it by themselves, as they do to a
 * socket; {@link #accept} then gives the test its end of each connection.
 *
 * <pre>{@code
 * MemoryServer server = memory.listen("log.example:8001");
 * LineClient client = LineClient.builder(server.endpoint(), Hello::new).transport(memory.transport()).open();
 * memory.run();
 * MemoryPeer first = server.accept();
 * server.close();                                  // from now on attempts are refused
 * first.reset();
 * }</pre>
 *
 * <p>All methods may be called from any thread.
 */
public final class MemoryServer implements AutoCloseable {
    private final MemoryNetwork network;
    private final MemorySteps steps;
    private final ReentrantLock lock;
    private final SocketAddress address;
    private final String host;

    /** Connected, not accepted yet. Guarded by lock, as is all below. */
    private final Queue<MemoryPeer> callers = new ArrayDeque<>();

    /** Attempts that got no answer. */
    private final List<MemoryAttempt> hanging = new ArrayList<>();

    private boolean answering = true;
    private boolean peersRead = true;
    private int pipeCapacity = MemoryNetwork.LARGEST_CHUNK;

    MemoryServer(MemoryNetwork network, MemorySteps steps, SocketAddress address, String host) {
        this.network = network;
        this.steps = steps;
        this.lock = steps.lock;
        this.address = address;
        this.host = host;
    }

    /** {@return where it listens} */
    public SocketAddress address() {
        return address;
    }

    /** {@return where it listens, for a client to connect to} */
    public Endpoint endpoint() {
        return address instanceof InetSocketAddress inet
                ? new Endpoint.Tcp(host, inet.getPort())
                : Endpoint.parse("unix:" + address);
    }

    /**
     * Whether attempts to connect are answered; true at first. An attempt without an answer hangs, neither connected nor
     * refused, until its client gives it up; what hangs is answered as soon as this is true again.
     *
     * @param on false to let attempts hang
     * @return this server
     */
    public MemoryServer answering(boolean on) {
        lock.lock();
        try {
            answering = on;
            if (on) {
                answerHanging();
            }
            return this;
        } finally {
            lock.unlock();
        }
    }

    private void answerHanging() {
        hanging.forEach(MemoryAttempt::again);
        hanging.clear();
    }

    /**
     * Whether the peers of connections made from now on read by themselves; true at first. See {@link
     * MemoryPeer#stopReading}.
     *
     * @param on false for peers that read when they are told to
     * @return this server
     */
    public MemoryServer peersRead(boolean on) {
        lock.lock();
        try {
            peersRead = on;
            return this;
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many bytes may be on their way, in each direction of the connections made from now on; 65536 at first. A writer
     * that meets a full pipe writes a part and waits.
     *
     * @param bytes at least 1
     * @return this server
     */
    public MemoryServer pipeCapacity(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a pipe has room for at least 1 byte, not " + bytes);
        }
        lock.lock();
        try {
            pipeCapacity = bytes;
            return this;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next connection, in the order in which they were made.
     *
     * @return the test's end of it
     * @throws AssertionError if nobody has connected who was not accepted already
     */
    public MemoryPeer accept() {
        lock.lock();
        try {
            MemoryPeer next = callers.poll();
            if (next == null) {
                throw new AssertionError("nobody has connected to " + address + "; has the client had its steps?");
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The same for a transport that {@linkplain MemoryTransport#drive drives itself}: waits, in real time, until somebody
     * has connected.
     *
     * @return the test's end of the connection
     * @throws AssertionError if nobody has after 30 seconds
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public MemoryPeer awaitPeer() throws InterruptedException {
        lock.lock();
        try {
            return awaitPeer(Patience.get()).orElseGet(this::accept);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The same with another patience.
     *
     * @param patience zero to look only
     * @return one, if there is one in time
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public Optional<MemoryPeer> awaitPeer(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            return steps.await(this::hasCaller, patience) ? Optional.of(accept()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether somebody has connected whom nobody accepted yet} */
    public boolean hasCaller() {
        lock.lock();
        try {
            return !callers.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stops listening: from now on attempts are refused, and connections that nobody accepted are reset. Those accepted
     * stay. The address can be listened at again.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            network.forget(this);
            callers.forEach(MemoryPeer::reset);
            callers.clear();
            answerHanging();
        } finally {
            lock.unlock();
        }
    }

    // ---- for an attempt; under lock ----

    /** Whether the attempt may connect now; if not, it is kept and told later. */
    boolean answers(MemoryAttempt attempt) {
        if (!answering) {
            hanging.add(attempt);
        }
        return answering;
    }

    /**
     * Makes a connection, and returns the client's end.
     *
     * @param local where the client wants to connect from; null for anywhere
     */
    MemoryEnd connect(@Nullable SocketAddress local) {
        MemoryEnd near = new MemoryEnd(steps, network.clientAddress(address, local), pipeCapacity);
        MemoryEnd far = new MemoryEnd(steps, address, pipeCapacity);
        near.connect(far);
        callers.add(new MemoryPeer(steps, far, peersRead));
        steps.signal();
        return near;
    }

    @Override
    public String toString() {
        return "server at " + address;
    }
}
