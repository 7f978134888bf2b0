package dev.bowline;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * One open connection, as a {@link Protocol} sees it. All methods may be called from any thread and none blocks; what is
 * called inside a callback takes effect in that callback.
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

    /** Whether data is delivered: false while paused, and for good once closing, aborted or lost. */
    boolean isReading();

    /** Runs a task serially with this connection's callbacks; not at all once the connection is lost. */
    void execute(Runnable task);

    /**
     * Runs a task after a delay, serially with this connection's callbacks; it dies with the connection.
     *
     * @return takes it back if it has not begun; called on this connection's callbacks it is certain that it won't run
     */
    Cancellable schedule(Duration delay, Runnable task);

    /** The address on this side. */
    SocketAddress localAddress();

    /** The address of the peer, as connected: numeric, even if a name was given. */
    SocketAddress remoteAddress();
}
