package dev.bowline.spi;

import dev.bowline.Cancellable;
import java.net.SocketAddress;

/**
 * Opens links. An engine moves bytes and reports; every decision (what to send, when to close, what a loss means) is
 * core's. All methods may be called from any thread.
 *
 * <pre>{@code
 * class Traced implements Engine {
 *     private final Engine engine;
 *
 *     Traced(Engine engine) { this.engine = engine; }
 *
 *     @Override public Cancellable open(SocketAddress remote, LinkOptions options, LinkHandler handler) {
 *         System.out.println(options.name() + ": " + remote);
 *         return engine.open(remote, options, handler);
 *     }
 *
 *     @Override public void close() { engine.close(); }
 * }
 * }</pre>
 */
public interface Engine extends AutoCloseable {
    /**
     * Begins to connect and returns at once. Exactly one of {@link LinkHandler#opened} and {@link
     * LinkHandler#openFailed} follows, on an event thread and never inside this call.
     *
     * @param remote resolved: an address and a port, or the path of a socket
     * @param options for this link
     * @param handler hears of this link and no other
     * @return gives up the attempt. One of the two calls still follows: {@code openFailed} as a rule, {@code opened} if
     *     the connection was there first; the caller then aborts that link. Cancelling later does nothing.
     * @throws IllegalStateException once the engine is closed
     */
    Cancellable open(SocketAddress remote, LinkOptions options, LinkHandler handler);

    /**
     * Ends the engine and its threads; a link that is still open is aborted first, and reports {@link
     * LinkHandler#closed}. On one of the engine's own threads it only begins; elsewhere it returns when the threads have
     * ended, or after ten seconds. Called again, it only waits.
     */
    @Override
    void close();
}
