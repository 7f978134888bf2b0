package dev.bowline.spi;

import dev.bowline.Cancellable;
import java.net.SocketAddress;

/**
 * Opens links. An engine moves bytes and reports; every decision (what to send, when to close, what a loss means) is
 * core's. All methods may be called from any thread.
 */
public interface Engine extends AutoCloseable {
    /**
     * Begins to connect and returns at once. Exactly one of {@link LinkHandler#opened} and {@link
     * LinkHandler#openFailed} follows, on an event thread and never inside this call.
     *
     * @return gives up the attempt. One of the two calls still follows: {@code openFailed} as a rule, {@code opened} if
     *     the connection was there first; the caller then aborts that link. Cancelling later does nothing.
     */
    Cancellable open(SocketAddress remote, LinkOptions options, LinkHandler handler);

    /**
     * Ends the engine and its threads. Core calls it once, after the last link has reported {@link LinkHandler#closed};
     * a link that is open all the same is aborted. On one of the engine's own threads it only begins; elsewhere it
     * returns when the threads have ended, or after ten seconds.
     */
    @Override
    void close();
}
