package dev.bowline.testkit;

import dev.bowline.Endpoint;
import dev.bowline.Transport;
import dev.bowline.spi.Engine;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A transport without sockets and without threads, for tests of protocols, factories and clients. Everything happens in
 * <em>steps</em>, on the thread of the test and in an order that is always the same: one chunk arrives, one write goes on,
 * one task runs. Time is a {@link ManualClock}. Above it runs what runs in production; below it, servers and peers are what
 * the test makes of them.
 *
 * <pre>{@code
 * try (MemoryTransport memory = MemoryTransport.open()) {
 *     MemoryServer server = memory.listen("greeter.example:8001");
 *     LineClient client = LineClient.builder(server.endpoint(), Hello::new)
 *             .transport(memory.transport())
 *             .open();
 *     client.send("hello");
 *     memory.run();                                       // connects, greets, sends
 *
 *     MemoryPeer peer = server.accept();
 *     assertEquals(List.of("A new connection has been made!", "hello"), peer.readLines());
 *     memory.chunkSize(1);                                // now it gets its input byte by byte
 *     peer.send("hello\r\n");
 *     memory.run();                                       // Hello calls finish()
 *
 *     assertTrue(peer.hasEnded());
 *     peer.close();
 *     memory.run();
 *     assertTrue(client.await(Duration.ZERO));
 * }
 * }</pre>
 *
 * <p>Whatever waits needs somebody who does the steps meanwhile: {@code client.close()} or {@code flush().get()} on the
 * test's only thread would wait for ever. Say {@code memory.run(client.flush())} instead, and leave it to {@link #close} to
 * end the clients; or let {@link #drive} do the steps on a thread of its own.
 *
 * <p>Connections behave as those of Linux do: data comes before the end that follows it, a full pipe takes a part of a
 * write, closing with something unread is a reset. Where nobody listens, attempts are refused. All methods may be called
 * from any thread; no two steps ever overlap.
 */
public final class MemoryTransport implements AutoCloseable {
    private final MemorySteps steps = new MemorySteps();
    private final ManualClock clock = new ManualClock();
    private final MemoryNames names = new MemoryNames(steps);
    private final MemoryNetwork network = new MemoryNetwork(steps);
    private final Transport transport;

    /** Null until asked for. Guarded by the lock of the steps. */
    private @Nullable MemoryDriver driver;

    private MemoryTransport() {
        transport = builder().open();
    }

    /**
     * Opens one: nobody listens yet, and its clock stands at nought.
     *
     * @return to be closed
     */
    public static MemoryTransport open() {
        return new MemoryTransport();
    }

    /**
     * What to give to a client, or to connect with. It ends with {@link #close} here; its own would wait for steps.
     *
     * @return the same at each call
     */
    public Transport transport() {
        return transport;
    }

    /**
     * A builder of one more transport on the same network: with the same steps, names and clock, unless it is told
     * otherwise. Whoever opens it closes it, and has it driven meanwhile.
     *
     * @return whose transport the test closes
     */
    public Transport.Builder builder() {
        return Transport.builder()
                .name("memory")
                .engine(engine())
                .scheduler(new MemoryScheduler(clock, steps))
                .resolver(names)
                .executor(steps);
    }

    /**
     * One more engine on the same network, for what is said of engines. Whoever takes it closes it.
     *
     * @return another one at each call
     */
    public Engine engine() {
        return new MemoryEngine(steps, network);
    }

    /** {@return the clock of all timeouts and delays; {@link #advance} moves it} */
    public ManualClock clock() {
        return clock;
    }

    // ---- the network ----

    /**
     * Listens at an endpoint, as {@link Endpoint#parse} reads it. A name that has no address is given one.
     *
     * @param endpoint {@code log.example:8001}, {@code unix:/run/log.sock}
     * @return where clients can connect from now on
     * @throws IllegalArgumentException if somebody listens there already, or the name has several addresses
     */
    public MemoryServer listen(String endpoint) {
        Endpoint parsed = Endpoint.parse(endpoint);
        if (!(parsed instanceof Endpoint.Tcp tcp)) {
            throw new IllegalArgumentException("listen at the address itself, where it is not host:port: " + endpoint);
        }
        return network.listen(new InetSocketAddress(names.addressOf(tcp.host()), tcp.port()), tcp.host());
    }

    /**
     * Listens at an address.
     *
     * @param address of an IP port, 0 for one that is free, or of a Unix-domain socket: a path that need not exist
     * @return where clients can connect from now on
     * @throws IllegalArgumentException if somebody listens there already, or an address is not resolved
     */
    public MemoryServer listen(SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            return network.listen(address, "");
        }
        if (inet.isUnresolved()) {
            throw new IllegalArgumentException(inet + " is not resolved");
        }
        return network.listen(inet, inet.getAddress().getHostAddress());
    }

    /**
     * Sets what a name resolves to, from now on and instead of before. Names that were never set, and at which nobody ever
     * listened, do not resolve; {@code localhost} is 127.0.0.1.
     *
     * @param name as an endpoint has it
     * @param addresses IP literals in the order in which they are to be tried; none: it does not resolve
     */
    public void host(String name, String... addresses) {
        names.set(name, addresses);
    }

    /**
     * How many bytes a client reads at once from now on: 1 cuts its input to the smallest pieces. 65536 at first.
     *
     * @param bytes 1 to 65536
     */
    public void chunkSize(int bytes) {
        if (bytes < 1 || bytes > MemoryNetwork.LARGEST_CHUNK) {
            throw new IllegalArgumentException(
                    "a chunk has 1 to " + MemoryNetwork.LARGEST_CHUNK + " bytes, not " + bytes);
        }
        network.chunkSize(bytes);
    }

    // ---- steps ----

    /**
     * Does one thing, the one that has waited longest: a chunk arrives, a write goes on, an attempt begins, a task runs. An
     * exception out of it comes out here.
     *
     * @return whether there was something to do
     * @throws IllegalStateException inside a step
     */
    public boolean step() {
        return steps.step();
    }

    /**
     * Does steps until nothing is left to do. Time does not pass.
     *
     * @throws AssertionError if there is no end of it, after ten million steps
     */
    public void run() {
        steps.run();
    }

    /**
     * Does steps until a future has completed, and returns its result: what {@code future.get()} is elsewhere. Where steps
     * are {@linkplain #drive driven}, wait for the future itself.
     *
     * @param <T> what the future brings
     * @param future of a client, say
     * @return the future's result
     * @throws AssertionError if it has not completed, and nothing is left to do
     * @throws java.util.concurrent.CompletionException if it completed with an exception
     */
    public <T> T run(CompletableFuture<T> future) {
        while (!future.isDone()) {
            if (!step() && !future.isDone()) {
                throw new AssertionError("nothing is left to do, and the future is not complete; " + timers());
            }
        }
        return future.join();
    }

    private String timers() {
        Duration next = clock.untilNext();
        return next == null
                ? "no timer waits, so it is the peer's turn"
                : "it is the peer's turn, or time has to pass: the next timer is due in " + next;
    }

    /**
     * Lets time pass, and does all steps that it brings: those that wait already, then, timer by timer, what each one sets
     * going. What happens in a second is over before the next one begins.
     *
     * @param by zero or more
     */
    public void advance(Duration by) {
        steps.run();
        Duration left = by;
        boolean due = true;
        while (due) {
            Duration next = clock.untilNext();
            due = next != null && next.compareTo(left) <= 0;
            Duration hop = next != null && due ? next : left;
            clock.advance(hop);
            left = left.minus(hop);
            steps.run();
        }
    }

    /**
     * Has the steps done as they come, on a daemon thread, until {@link #close}: for tests whose own code blocks. What
     * happens then depends on threads again, as with sockets; time is still the test's. A step that throws is logged.
     */
    public void drive() {
        steps.lock.lock();
        try {
            if (driver == null) {
                driver = new MemoryDriver(steps);
                driver.start();
            }
        } finally {
            steps.lock.unlock();
        }
    }

    /**
     * Ends it: attempts are cancelled, connections aborted, and every protocol, factory and client is told, before this
     * returns. No time passes. Inside a step it only begins.
     */
    @Override
    public void close() {
        // In a callback a transport only begins to close; on this thread it would wait for steps.
        var unused = transport.schedule(Duration.ZERO, transport::close);
        if (steps.isStepping()) {
            return;
        }
        steps.run();
        MemoryDriver running = driver();
        if (running != null) {
            running.stop();
        }
    }

    private @Nullable MemoryDriver driver() {
        steps.lock.lock();
        try {
            return driver;
        } finally {
            steps.lock.unlock();
        }
    }

    @Override
    public String toString() {
        return transport.toString();
    }
}
