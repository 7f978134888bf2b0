package dev.bowline.spi;

import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * One open byte stream, as an engine sees it.
 *
 * <pre>{@code
 * class Goodbye implements LinkHandler {
 *     private Link link;
 *
 *     @Override public void opened(Link opened) {
 *         link = opened;
 *         link.write(ByteBuffer.wrap("bye\n".getBytes(US_ASCII)));
 *     }
 *
 *     @Override public void written() { link.shutdownOutput(); }
 *
 *     @Override public void inputEnded() { link.close(); }
 *
 *     @Override public void outputFailed(IOException cause) { link.abort(); }
 *
 *     @Override public void openFailed(IOException cause) {}
 *
 *     @Override public void received(ByteBuffer data) {}
 *
 *     @Override public void closed(IOException cause) {}
 * }
 * }</pre>
 *
 * <p>Each link has an <em>event side</em>: the calls to its {@link LinkHandler} and the tasks given to {@link #execute},
 * one at a time, each seeing what the one before did. Every method here is called on the event side only, except {@code
 * execute} and the two addresses. None blocks. None throws for a state of the connection: what goes wrong is reported
 * to the handler.
 */
public interface Link {
    /**
     * Writes the bytes between position and limit. At most one write is outstanding; it ends with {@link
     * LinkHandler#written} (which may come inside this call), {@link LinkHandler#outputFailed} or {@link
     * LinkHandler#closed}. The position advances as the operating system takes bytes; it is exact in those three calls,
     * and before them, on the event side, a lower bound that only grows. The buffer is the engine's until then. After a
     * failed write or the end of the link it does nothing.
     *
     * @param data from position to limit, at least one byte
     */
    void write(ByteBuffer data);

    /**
     * Whether bytes that arrive are to be read and reported; true at first. After {@code false} what is already under
     * way may still be reported (core holds it back), and the peer's end may go unnoticed.
     *
     * @param on false to be left alone
     */
    void setReading(boolean on);

    /**
     * Sends FIN; called once at most, with no write outstanding. Reading goes on. Where it fails, {@link
     * LinkHandler#outputFailed} follows.
     */
    void shutdownOutput();

    /** Closes both directions; {@link LinkHandler#closed} follows, never inside this call. */
    void close();

    /** Drops what is outstanding, closes with RST (SO_LINGER 0); {@link LinkHandler#closed} follows, never inside. */
    void abort();

    /**
     * Runs a task on the event side, in the order given, from any thread. Tasks run even after {@link
     * LinkHandler#closed}, until {@link Engine#close}. Never inside this call.
     *
     * @param task short; it never throws
     */
    void execute(Runnable task);

    /** {@return the address on this side} */
    SocketAddress localAddress();

    /** {@return the address of the peer} */
    SocketAddress remoteAddress();
}
