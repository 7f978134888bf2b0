package dev.bowline;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSession;

/**
 * One open connection, as a {@link Protocol} sees it. All methods may be called from any thread and none blocks; what is
 * called inside a callback takes effect in that callback.
 *
 * <pre>{@code
 * class Echo implements Protocol {
 *     private Connection connection;
 *
 *     @Override public void connectionMade(Connection made) { connection = made; }
 *
 *     @Override public void dataReceived(ByteBuffer data) {
 *         connection.write(data);
 *         if (!connection.isWritable()) connection.pauseReading();    // the peer does not keep up
 *     }
 *
 *     @Override public void writabilityChanged(Connection same, boolean writable) {
 *         if (writable) same.resumeReading();
 *     }
 *
 *     @Override public void connectionLost(LossReason reason) {}
 * }
 * }</pre>
 */
public interface Connection {
    /**
     * Sends bytes. They are copied before the call returns, and one thread's writes stay in order (rule B1). What a
     * callback writes leaves together when it returns (rule B8).
     *
     * @param data from position to limit; the position moves to the limit if the bytes were taken
     * @return false, and nothing is sent, once the connection is closing, half-closed or lost (rule B2)
     * @throws OutputFullException if more than 16 MiB of what was written would wait to be sent; nothing is taken (rule B6)
     */
    boolean write(ByteBuffer data);

    /**
     * Whether the peer keeps up with what is written here: false above 64 KiB that wait to be sent, true again below 32
     * KiB; {@link Protocol#writabilityChanged} tells each change. Messages in a client's queue don't count. False for
     * good once nothing is taken any more. It asks for restraint; only {@link #write} has a limit.
     *
     * @return whether to go on writing
     */
    boolean isWritable();

    /**
     * Closes in good order (rule B3): no more input is delivered; everything written before is sent, then FIN; what
     * the peer still sends is read and discarded until its end, ten seconds at most. Called again, it does nothing.
     */
    void close();

    /** Closes at once with RST; pending output is dropped (rule B4). Called again, it does nothing. */
    void abort();

    /** Sends FIN after pending output; reading goes on (rule B5). */
    void shutdownOutput();

    /**
     * Delivers no more data until {@link #resumeReading}; what was already read waits and comes first then (rule C2).
     * While paused, the peer's end or reset may go unnoticed (rule C1).
     */
    void pauseReading();

    /** Ends a pause. */
    void resumeReading();

    /** {@return whether data is delivered: false while paused, and for good once closing, aborted or lost} */
    boolean isReading();

    /**
     * Begins TLS on a connection in the clear, as SMTP, IMAP and POP3 do by STARTTLS (rule G1): called when the peer has agreed to
     * it. What was written before goes in the clear; what is written later, and all queued messages, wait for the handshake.
     * The name that the endpoint has is checked and sent, unless the options say otherwise.
     *
     * <p>What the peer sent in the clear behind its agreement never counts as protected (rule G4): if the protocol has such
     * bytes already, an unfinished line say, or has left them in the data of the {@link Protocol#dataReceived} that calls
     * this, the connection is ended for it.
     *
     * @param options for this connection; {@link TlsOptions#DEFAULT} for most
     * @return completes when all is protected, on a callback thread, as a callback; but what a continuation throws is in the future
     *     that it makes, and ends nothing. Fails with a {@link TlsException}, and the connection
     *     is lost as {@link LossReason.TlsFailed}; with an {@link java.io.IOException} if it is lost otherwise; or with an {@link
     *     IllegalStateException} if it is ending, or protected already, and then stays as it is.
     */
    CompletableFuture<Void> startTls(TlsOptions options);

    /**
     * {@return the TLS session, with what was agreed on and the peer's certificates; empty while nothing is
     * protected}
     */
    Optional<SSLSession> tlsSession();

    /**
     * {@return the protocol that ALPN agreed on ({@link TlsOptions#withApplicationProtocols}); empty without TLS or
     * ALPN}
     */
    Optional<String> applicationProtocol();

    /**
     * Runs a task serially with this connection's callbacks; not at all once the connection is lost.
     *
     * @param task a callback from then on: it must not block, and what it throws ends the connection (rule A5)
     */
    void execute(Runnable task);

    /**
     * Runs a task after a delay, serially with this connection's callbacks; it dies with the connection.
     *
     * @param delay zero or less means as soon as possible
     * @param task as for {@link #execute}
     * @return takes it back if it has not begun; called on this connection's callbacks it is certain that it won't run
     */
    Cancellable schedule(Duration delay, Runnable task);

    /** {@return the address on this side} */
    SocketAddress localAddress();

    /** {@return the address of the peer, as connected: numeric, even if a name was given} */
    SocketAddress remoteAddress();
}
