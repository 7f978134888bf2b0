package dev.bowline.testkit;

import dev.bowline.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A server with a script, on a free port of the loopback interface: it expects exact bytes, answers exact bytes, and
 * ends connections as it is told to. For tests of what a protocol says to a server, and of what it makes of the answers.
 *
 * <pre>{@code
 * try (ScriptedServer server = ScriptedServer.script()
 *                 .answerLine("220 ready")
 *                 .expectLine("EHLO me")
 *                 .inWritesOf(1)
 *                 .answerLine("250 ok")
 *                 .expectEnd()
 *                 .close()
 *                 .open();
 *         Transport transport = Transport.open()) {
 *     transport.connect(server.endpoint(), factory, ConnectOptions.DEFAULT);
 *     server.verify();
 * }
 * }</pre>
 *
 * <p>A client that does something else is told apart in one sentence, and its connection is reset:
 *
 * <pre>
 * connection 1, step 2: expected "EHLO me\r\n", came "HELO me\r\n", different at offset 0
 * connection 1, step 2: expected "EHLO me\r\n", came "EHLO" and then nothing for 10 s
 * </pre>
 *
 * <p>{@link #verify} throws it, and so does {@link #close} if nobody asked before. A server declared before the client
 * in a {@code try} is closed after it, so its script may {@link ServerScript#expectEnd expect the end} that the client's
 * close brings.
 *
 * <p>Each connection has a daemon thread. All methods may be called from any thread.
 */
public final class ScriptedServer implements AutoCloseable {
    /** {@link #verify} leaves a step that waits so much time to end by itself, with the better sentence. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final ServerSocket socket;
    private final List<List<ScriptStep>> scripts;
    private final boolean forEvery;
    private final Duration timeout;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by lock, as is all below. */
    private final List<ScriptedConnection> connections = new ArrayList<>();

    private final List<Thread> threads = new ArrayList<>();
    private final Set<ScriptedConnection> playing = new HashSet<>();
    private final List<String> mismatches = new ArrayList<>();

    /** When a step was last over. */
    private long lastProgress = System.nanoTime();

    /** How many mismatches a {@link #verify} has thrown. */
    private int told;

    /** Somebody has asked for the result. */
    private boolean verified;

    private boolean closed;

    ScriptedServer(List<List<ScriptStep>> scripts, boolean forEvery, Duration timeout) throws IOException {
        this.scripts = scripts;
        this.forEvery = forEvery;
        this.timeout = timeout;
        this.socket = new ServerSocket(0, 0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        start(this::accept, "scripted-server " + port());
    }

    /** {@return an empty script} */
    public static ServerScript script() {
        return new ServerScript();
    }

    /** {@return where it listens: {@code 127.0.0.1} and a port that was free} */
    public Endpoint endpoint() {
        return new Endpoint.Tcp("127.0.0.1", port());
    }

    /** {@return the same for a socket} */
    public InetSocketAddress address() {
        return new InetSocketAddress(socket.getInetAddress(), port());
    }

    /** {@return the same port} */
    public int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (true) {
            try {
                serve(socket.accept());
            } catch (IOException closedByNow) {
                return;
            }
        }
    }

    private void serve(Socket client) throws IOException {
        lock.lock();
        try {
            int number = connections.size() + 1;
            if (closed || (number > scripts.size() && !forEvery)) {
                client.close();
                mismatch("connection " + number + ": expected no more than " + scripts.size());
                return;
            }
            List<ScriptStep> script = scripts.get(forEvery ? 0 : number - 1);
            ScriptedConnection connection = new ScriptedConnection(this, client, number, script, timeout);
            connections.add(connection);
            playing.add(connection);
            start(connection, "scripted-server " + port() + " connection " + number);
            lastProgress = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        lock.lock();
        try {
            threads.add(thread);
        } finally {
            lock.unlock();
        }
        thread.start();
    }

    /** A step is over. */
    void progressed() {
        lock.lock();
        try {
            lastProgress = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /** A connection's script was played to its end. */
    void played(ScriptedConnection connection) {
        lock.lock();
        try {
            playing.remove(connection);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A connection's client did something else, and the rest of its script is not played. */
    void failed(ScriptedConnection connection, String sentence) {
        lock.lock();
        try {
            playing.remove(connection);
            mismatch(sentence);
        } finally {
            lock.unlock();
        }
    }

    /** Under lock. What a close breaks off is no mismatch. */
    private void mismatch(String sentence) {
        if (!closed) {
            mismatches.add(sentence);
        }
        changed.signalAll();
    }

    /**
     * Waits until every connection has come and its script was played to the end. A script for every connection needs
     * one at least, and the connections that have come.
     *
     * @throws AssertionError at the first mismatch, or if nothing goes on for as long as the script's timeout
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void verify() throws InterruptedException {
        lock.lock();
        try {
            verified = true;
            long begun = System.nanoTime();
            while (mismatches.isEmpty() && !(playing.isEmpty() && connections.size() >= scripts.size())) {
                Duration limit = playing.isEmpty() ? timeout : timeout.plus(GRACE);
                long since = lastProgress - begun > 0 ? lastProgress : begun;
                long left = since + limit.toNanos() - System.nanoTime();
                if (left <= 0 || closed) {
                    throw new AssertionError(standing());
                }
                changed.awaitNanos(left);
            }
            throwMismatches();
        } finally {
            lock.unlock();
        }
    }

    /** Under lock: why it does not go on. */
    private String standing() {
        if (!playing.isEmpty()) {
            return playing.iterator().next().standing();
        }
        return "connection " + (connections.size() + 1) + " did not come within " + words(timeout);
    }

    /** Under lock: the first that was not thrown yet; the others are attached to it. */
    private void throwMismatches() {
        if (told == mismatches.size()) {
            return;
        }
        AssertionError error = new AssertionError(mismatches.get(told));
        mismatches
                .subList(told + 1, mismatches.size())
                .forEach(other -> error.addSuppressed(new AssertionError(other)));
        told = mismatches.size();
        throw error;
    }

    /**
     * Verifies, if nobody has, then closes all that is open and waits for the threads.
     *
     * @throws AssertionError as {@link #verify}, and for a mismatch that came after it
     */
    @Override
    public void close() {
        try {
            if (!isVerified()) {
                verify();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted before the script was played to its end", e);
        } finally {
            release();
        }
        lock.lock();
        try {
            throwMismatches();
        } finally {
            lock.unlock();
        }
    }

    private boolean isVerified() {
        lock.lock();
        try {
            return verified;
        } finally {
            lock.unlock();
        }
    }

    private void release() {
        List<Thread> left;
        List<ScriptedConnection> open;
        lock.lock();
        try {
            closed = true;
            left = List.copyOf(threads);
            open = List.copyOf(connections);
        } finally {
            lock.unlock();
        }
        try {
            socket.close();
            for (ScriptedConnection each : open) {
                each.release();
            }
            for (Thread each : left) {
                each.interrupt();
                each.join(TimeUnit.SECONDS.toMillis(10));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A length of time in a sentence. */
    static String words(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
