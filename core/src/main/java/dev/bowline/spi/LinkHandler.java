package dev.bowline.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What an engine reports about one link, on that link's event side: one call at a time, each seeing what the one before
 * did. Implemented by core; an engine may rely on it that no call throws and none blocks longer than the user's code.
 *
 * <pre>{@code
 * class Connected implements LinkHandler {
 *     private final CompletableFuture<Link> link = new CompletableFuture<>();
 *
 *     @Override public void opened(Link opened) { link.complete(opened); }
 *
 *     @Override public void openFailed(IOException cause) { link.completeExceptionally(cause); }
 *
 *     @Override public void received(ByteBuffer data) { data.position(data.limit()); }
 *
 *     @Override public void written() {}
 *
 *     @Override public void outputFailed(IOException cause) {}
 *
 *     @Override public void inputEnded() { link.thenAccept(Link::close); }
 *
 *     @Override public void closed(IOException cause) {}
 * }
 * }</pre>
 *
 * <pre>
 *   openFailed
 *   opened  ( received | written | inputEnded | outputFailed )*  closed
 * </pre>
 */
public interface LinkHandler {
    /**
     * The link is connected and reading.
     *
     * @param link to be used from now on
     */
    void opened(Link link);

    /**
     * There will be no link; nothing else follows.
     *
     * @param cause why
     */
    void openFailed(IOException cause);

    /**
     * Bytes arrived. The buffer is array-backed and writable, belongs to the engine, and is valid during the call only;
     * core may move its position. At most 64 KiB, never empty. An answer may arrive before {@link #written} of what it
     * answers.
     *
     * @param data from position to limit
     */
    void received(ByteBuffer data);

    /** The outstanding write is done: its buffer has nothing remaining. */
    void written();

    /**
     * The outstanding write failed, or the output broke with none outstanding. Input that already arrived must not be
     * lost for it: reading goes on, and the handler ends the link. Reported at most once, and may come inside {@link
     * Link#write}.
     *
     * @param cause why
     */
    void outputFailed(IOException cause);

    /** The peer sent FIN; no more bytes arrive. At most once. */
    void inputEnded();

    /**
     * The link is gone: at most once, and the last call. Never inside a method of {@link Link}, and after any write in
     * progress has ended.
     *
     * @param cause what broke it (a reset, say); null after {@link Link#close} and {@link Link#abort}
     */
    void closed(@Nullable IOException cause);
}
