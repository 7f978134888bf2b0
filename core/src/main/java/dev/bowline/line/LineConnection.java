package dev.bowline.line;

import dev.bowline.Endpoint;
import dev.bowline.internal.CallbackThread;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One connection that the caller reads lines from and sends lines to, as with a socket: for scripts, for virtual threads,
 * and, by {@link #lines()}, for reactive streams. It is not connected again.
 *
 * <pre>{@code
 * Duration limit = Duration.ofSeconds(10);
 * try (LineConnection pop = LineConnection.open("pop.example:110")) {
 *     System.out.println(pop.readLine(limit));           // +OK ready
 *     pop.send("QUIT");
 *     for (String line = pop.readLine(limit); line != null; line = pop.readLine(limit)) {
 *         System.out.println(line);                      // +OK bye
 *     }
 * }
 * }</pre>
 *
 * <p>Lines come only as they are read: when 128 wait here, reading from the network pauses, and the peer is made to wait in turn.
 * While it does, the connection's end may go unnoticed (rule C1). Until the first {@link #readLine}, or until a subscriber asks, none is
 * read at all.
 *
 * <p>All methods may be called from any thread. Those that wait throw on a callback thread, where they would hang, and end with an
 * {@link InterruptedException} when their thread is interrupted; no thread is pinned while it waits.
 */
public final class LineConnection implements AutoCloseable {
    private final SingleConnection connection;
    private final PulledLines lines;
    private final LineBuffer buffer;

    private LineConnection(SingleConnection connection) {
        this.connection = connection;
        this.lines = connection.lines();
        this.buffer = new LineBuffer(lines);
    }

    /**
     * Connects, with all defaults, and waits until that is done: 30 s at most.
     *
     * @param endpoint {@code host:port} for one; see {@link Endpoint#parse}
     * @return connected
     * @throws IOException if there is no connection; the message says what failed and where
     * @throws IllegalArgumentException if the endpoint can't be read, or {@code -Dbowline.transport} names a transport
     *     that is not there
     * @throws IllegalStateException on a callback thread, or if no transport is on the class path
     * @throws InterruptedException if the thread is interrupted while it waits; the attempt is given up
     */
    public static LineConnection open(String endpoint) throws IOException, InterruptedException {
        return builder(Endpoint.parse(endpoint)).open();
    }

    /**
     * For all that {@link #open} leaves at its default.
     *
     * @param endpoint where to connect to, once
     * @return where all else is as {@link #open} has it
     */
    public static Builder builder(Endpoint endpoint) {
        return new Builder(endpoint);
    }

    /**
     * Sends a line; the delimiter is added. Waits while more than 64 KiB wait to be sent (rule B6), for as long as the peer takes some of
     * it now and then (rule B7); on a callback thread it does not wait.
     *
     * @param line without its delimiter
     * @throws IOException if the line was not sent, for the connection is closing or lost; a {@link
     *     dev.bowline.ConnectionLostException} says why
     * @throws dev.bowline.framing.MessageRefusedException if the line contains the delimiter, for CRLF and LF any CR or
     *     LF, or is too long (rule D4)
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void send(String line) throws IOException, InterruptedException {
        lines.send(line);
    }

    /**
     * Waits for the next line. Threads that call this at once get a line each.
     *
     * @param limit how long to wait for it
     * @return null when the peer has ended the connection in good order, and all its lines were read
     * @throws java.net.SocketTimeoutException if no line came in time; it may be read later
     * @throws dev.bowline.ConnectionLostException if the connection ended otherwise, after what could be read of it
     * @throws IllegalStateException on a callback thread, or if the lines go to a subscriber
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public @Nullable String readLine(Duration limit) throws IOException, InterruptedException {
        if (lines.attach(buffer)) {
            lines.demand(LineBuffer.CAPACITY);
            lines.begin();
        } else if (!lines.isAttached(buffer)) {
            throw new IllegalStateException("the lines of this connection go to a subscriber");
        }
        return buffer.take(limit);
    }

    /**
     * The lines as they come, for one subscriber and instead of {@link #readLine}; a second one gets an {@link IllegalStateException}
     * by {@code onError}. What it asks for is what is read from the network: while it asks for none, reading is paused.
     *
     * <p>It is told {@code onComplete} when the peer has ended the connection in good order, and {@code onError} with a {@link
     * dev.bowline.ConnectionLostException} when it was lost otherwise, {@link #close} included. When it cancels, the connection
     * is closed in good order. Its methods are callbacks: they must not block, and an exception out of one aborts the connection (rule A5).
     *
     * @return for one subscriber
     */
    public Flow.Publisher<String> lines() {
        return subscriber -> LineSubscription.begin(lines, subscriber);
    }

    /**
     * Closes in good order: what was sent still goes, what comes is discarded, for ten seconds at most until the peer ends it, too (rule B3).
     * Waits for that; on a callback thread it only begins, and so it does where its thread is interrupted.
     */
    @Override
    public void close() {
        lines.end();
        if (CallbackThread.isCurrent()) {
            return;
        }
        try {
            connection.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends at once, with a reset: what was not sent is gone, and a {@link #close} that follows has nothing to wait for. For a
     * server that is given up. From any thread; does not wait.
     */
    public void abort() {
        lines.abort();
    }

    /** Makes a connection that differs from the default. */
    public static final class Builder extends LineBuilder<Builder> {
        private Builder(Endpoint endpoint) {
            super(endpoint);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Connects, and waits until that is done.
         *
         * @return connected
         * @throws IOException if there is no connection; the message says what failed and where
         * @throws IllegalStateException on a callback thread, if there is no transport, or if the one given is closed
         * @throws IllegalArgumentException if the named transport, here or in the system property, is not there, or startTls is
         *     asked for at a {@code tls://} endpoint
         * @throws InterruptedException if the thread is interrupted while it waits; the attempt is given up
         */
        public LineConnection open() throws IOException, InterruptedException {
            if (CallbackThread.isCurrent()) {
                throw new IllegalStateException(
                        "waiting for a connection on a callback thread would hang; connect a LineProtocol instead");
            }
            SingleConnection connection = new SingleConnection(lease(), format(), agreement());
            connection.open(endpoint(), connectOptions());
            return new LineConnection(connection);
        }
    }
}
