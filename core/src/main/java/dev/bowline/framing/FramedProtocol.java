package dev.bowline.framing;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.Protocol;
import dev.bowline.TlsOptions;
import dev.bowline.internal.connection.OutboundSource;
import dev.bowline.internal.connection.ProtocolSide;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A protocol that speaks in frames: {@link #frameReceived} gets them one by one, {@link #sendFrame} sends one. It can step
 * out of its framing for a while: {@link #setRawMode} for bytes as they come, {@link #readBytes} for a block of known
 * length (rule D3). What the framing finds malformed ends the connection with a {@link MalformedFrameException} (rules A5
 * and D7).
 *
 * <pre>{@code
 * class Names extends FramedProtocol {
 *     @Override protected Framing framing() { return new NetstringFraming(); }
 *
 *     @Override protected void connectionMade() { sendFrame(UTF_8.encode("who is there?")); }
 *
 *     @Override protected void frameReceived(ByteBuffer frame) { System.out.println(UTF_8.decode(frame)); }
 * }
 * }</pre>
 *
 * <p>Pausing, closing and changes of mode inside a callback take effect before the next frame. Every method is called,
 * and to be called, serially with the connection's callbacks, except {@link #sendFrame}, {@link #ready()}, {@link #finish},
 * {@link #fail} and {@link #close}, which any thread may call once {@link #connectionMade()} has begun.
 */
public abstract class FramedProtocol implements Protocol {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private enum Mode {
        /** The decoder finds frames. */
        FRAMES,
        /** Bytes go to {@link #rawReceived} as they come. */
        RAW,
        /** A block is being filled. */
        BLOCK
    }

    /** What an open connection brings with it; set once, before the protocol is told of it. */
    private record Open(ProtocolSide connection, Framing framing, Decoder decoder) {}

    /** Written by {@link #connectionMade(Connection)}, read by any thread that learned of the protocol in it. */
    private volatile @Nullable Open open;

    /** Event side, as are all below. */
    private Mode mode = Mode.FRAMES;

    /** In mode BLOCK; null where no block was ever asked for. */
    private @Nullable BlockReader block;

    /** The chunk being worked off, while it is. */
    private @Nullable ByteBuffer chunk;

    /** For subclasses. */
    protected FramedProtocol() {}

    /**
     * The framing of this protocol; asked once for each connection.
     *
     * @return a value that all connections may share
     */
    protected abstract Framing framing();

    /**
     * The connection is open: a greeting goes here, and {@link #ready} where no answer is awaited.
     *
     * @throws Exception whatever goes wrong; it aborts the connection, and is its {@link LossReason} (rule A5)
     */
    protected void connectionMade() throws Exception {}

    /**
     * A frame arrived.
     *
     * @param frame its bytes, without what marks its bounds; array-backed, valid during the call only
     * @throws Exception whatever goes wrong; it aborts the connection, and is its {@link LossReason} (rule A5)
     */
    protected abstract void frameReceived(ByteBuffer frame) throws Exception;

    /**
     * Bytes arrived in raw mode, as the network cut them.
     *
     * @param data at least one byte; array-backed, valid during the call only. All of it counts as taken, but for what is
     *     handed to {@link #setFrameMode}.
     * @throws Exception whatever goes wrong; it aborts the connection, and is its {@link LossReason} (rule A5)
     */
    protected void rawReceived(ByteBuffer data) throws Exception {
        throw new IllegalStateException("setRawMode was called, but rawReceived is not overridden");
    }

    /**
     * The block asked for by {@link #readBytes} is complete. Frames follow, unless this asks for another mode.
     *
     * @param block exactly as many bytes as asked for; array-backed, valid during the call only
     * @throws Exception whatever goes wrong; it aborts the connection, and is its {@link LossReason} (rule A5)
     */
    protected void blockReceived(ByteBuffer block) throws Exception {
        throw new IllegalStateException("readBytes was called, but blockReceived is not overridden");
    }

    /**
     * A frame is over the limit (rule D2); told once a frame. By default the connection is closed with {@link
     * LossReason.TooLong}; where it is not, the frame's rest is skipped and the next one follows.
     *
     * @param limit the most bytes that a frame may have
     * @throws Exception whatever goes wrong; it aborts the connection, and is its {@link LossReason} (rule A5)
     */
    protected void frameTooLong(int limit) throws Exception {
        open().connection().closeBecause(new LossReason.TooLong(limit));
    }

    /**
     * The peer sends no more; closes by default, after what was written is sent (rule B5).
     *
     * @throws Exception whatever goes wrong; it aborts the connection, and is its {@link LossReason} (rule A5)
     */
    protected void inputEnded() throws Exception {
        close();
    }

    /**
     * The peer stopped to keep up with what this protocol sends, or caught up ({@link Connection#isWritable}, rule B6). What
     * waits in a client's queue doesn't count, it is bounded by itself.
     *
     * @param writable what {@link Connection#isWritable} says now
     * @throws Exception whatever goes wrong; it aborts the connection, and is its {@link LossReason} (rule A5)
     */
    protected void writabilityChanged(boolean writable) throws Exception {}

    /** The connection is over; nothing follows. A frame that was not complete is gone. */
    @Override
    public void connectionLost(LossReason reason) throws Exception {}

    /**
     * Sends one frame.
     *
     * @param frame from position to limit; the position does not move
     * @return false, and nothing is sent, once the connection is closing or lost (rule B2)
     * @throws MessageRefusedException if it can't be sent as one frame (rule D4)
     */
    protected final boolean sendFrame(ByteBuffer frame) {
        Framing framing = open().framing();
        ByteBuffer encoded = ByteBuffer.allocate(framing.encodedLength(frame.remaining()));
        framing.encode(frame, encoded);
        return open().connection().write(encoded.flip());
    }

    /** The handshake is over: queued messages of the client may flow (rule F1). Again, or without a client: nothing. */
    protected final void ready() {
        open().connection().ready(OutboundSource.ALL);
    }

    /**
     * The handshake is over, or the peer can take more: so many queued messages more may flow (rule F1). For a protocol that
     * answers for each before it wants the next, {@code ready(1)} is said again and again. Without a client: nothing.
     *
     * @param messages 1 or more; what earlier calls permitted and was not used is added
     */
    protected final void ready(int messages) {
        if (messages < 1) {
            throw new IllegalArgumentException("a protocol is ready for 1 message or more, not " + messages);
        }
        open().connection().ready(messages);
    }

    /**
     * The peer has answered for the oldest queued messages that were given to this connection and are not confirmed yet:
     * those that the client's {@code send} took, never what this protocol wrote itself (rule F3). With {@link
     * dev.bowline.Delivery#confirmed} they are delivered now; else they only count in the loss report. Serially with the
     * callbacks; without a client, and once the connection is lost: nothing.
     *
     * @param messages how many; 1 or more
     * @throws IllegalStateException if fewer were given to the connection and are not confirmed; none is confirmed then
     */
    protected final void confirm(int messages) {
        if (messages < 1) {
            throw new IllegalArgumentException("1 message or more is confirmed, not " + messages);
        }
        open().connection().confirm(messages);
    }

    /**
     * Ends the client: what is queued is delivered, ten seconds at most, then the connection is closed (rule F5). Without
     * a client it closes the connection. Returns at once. Where the connection is lost already the client ends all the same,
     * and has not failed: for that there is {@link #fail}.
     */
    protected final void finish() {
        open().connection().finish();
    }

    /**
     * Ends the client for good, because of something that another attempt would not change: a password that the peer
     * refused, a mailbox that it does not know. The connection is closed in good order, no attempt follows whatever the
     * {@link dev.bowline.Reconnect} says, what is queued and not yet on its way is handed back, and {@code await} throws a {@link
     * dev.bowline.ClientFailedException} that says why. What a callback throws, by contrast, costs the connection only.
     *
     * <pre>{@code
     * class Login extends LineProtocol {
     *     @Override protected void connectionMade() { sendLine("PASS secret"); }
     *
     *     @Override protected void lineReceived(String line) {
     *         if (line.startsWith("-ERR")) fail(new IOException("the server says: " + line));
     *         else ready();
     *     }
     * }
     * }</pre>
     *
     * <p>Without a client it closes the connection. Where the connection is lost already the client ends all the same, also if it
     * has another one by now; where the client is leaving as it was asked to, this changes nothing. {@link #connectionLost} hears
     * of a {@link LossReason.GivenUp}, unless something else ended the connection before. The first reason counts. Returns at
     * once; a peer that does not end the connection is waited for as in {@link #close}, and not where {@link Connection#abort}
     * is called behind this.
     *
     * @param reason its message is what people will read; that of an {@link java.io.IOException} stands alone, any other has
     *     its class before it. Of a {@link CompletionException} or {@link ExecutionException}, in which futures hand on what
     *     failed before, it is the cause.
     */
    protected final void fail(Throwable reason) {
        Throwable meant = Objects.requireNonNull(reason, "reason");
        while (meant.getCause() != null
                && (meant instanceof CompletionException || meant instanceof ExecutionException)) {
            meant = meant.getCause();
        }
        open().connection().fail(meant);
    }

    /** Closes this connection in good order ({@link Connection#close}). */
    protected final void close() {
        open().connection().close();
    }

    /** {@return the connection, once it is made} */
    protected final Connection connection() {
        return open().connection();
    }

    /**
     * Begins TLS, where the peer has just agreed to ({@link Connection#startTls}).
     *
     * @param options for this connection
     * @return completes when all is protected, on a callback thread; ready() and the rest of the handshake belong there
     */
    protected final CompletableFuture<Void> startTls(TlsOptions options) {
        return open().connection().startTls(options);
    }

    /** From now on bytes go to {@link #rawReceived}, those first that follow the frame being received. */
    protected final void setRawMode() {
        enter(Mode.RAW);
    }

    /**
     * Back to frames.
     *
     * @param rest bytes that follow: what {@link #rawReceived} did not use of its data, say. They come before all that
     *     was not received yet, and after the chunk being worked off, if one is. May be empty.
     */
    protected final void setFrameMode(ByteBuffer rest) {
        ByteBuffer current = chunk;
        if (current != null && isTailOf(current, rest)) {
            current.position(current.limit() - rest.remaining());
        } else if (rest.hasRemaining()) {
            open().connection().unread(rest);
        }
        if (mode != Mode.FRAMES) {
            enter(Mode.FRAMES);
        }
    }

    /** A view on the end of the chunk is just taken back: no copy, however often the mode alternates. */
    private static boolean isTailOf(ByteBuffer chunk, ByteBuffer rest) {
        return !chunk.hasRemaining()
                && rest.hasArray()
                && rest.array() == chunk.array()
                && rest.arrayOffset() + rest.limit() == chunk.arrayOffset() + chunk.limit()
                && rest.remaining() <= chunk.limit();
    }

    /**
     * The next bytes are one block, for {@link #blockReceived}; then come frames again.
     *
     * @param length how many, 0 or more; held in memory until they are complete
     */
    protected final void readBytes(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("a block has 0 or more bytes, not " + length);
        }
        enter(Mode.BLOCK);
        block = new BlockReader(length);
        if (length == 0 && chunk == null) {
            open().connection().unread(NOTHING);
        }
    }

    /** Changes the mode; what was begun in the old one, a frame or a block, belongs to the new one. */
    private void enter(Mode next) {
        ByteBuffer begun = takeBegun();
        mode = next;
        if (begun.hasRemaining()) {
            open().connection().unread(begun);
        }
    }

    /** What was received of a frame or block that is not complete. */
    private ByteBuffer takeBegun() {
        return mode == Mode.BLOCK ? block().release() : open().decoder().release();
    }

    private BlockReader block() {
        return Objects.requireNonNull(block, "no block was asked for");
    }

    private Open open() {
        Open made = open;
        if (made == null) {
            throw new IllegalStateException("the connection is not made yet: this is for connectionMade and later");
        }
        return made;
    }

    @Override
    public final void connectionMade(Connection connection) throws Exception {
        Framing framing = framing();
        Open made = new Open(ProtocolSide.of(connection), framing, framing.newDecoder());
        open = made;
        mode = Mode.FRAMES;
        made.connection().keepsInput(() -> takeBegun().hasRemaining());
        connectionMade();
    }

    @Override
    public final void inputEnded(Connection connection) throws Exception {
        inputEnded();
    }

    @Override
    public final void writabilityChanged(Connection connection, boolean writable) throws Exception {
        writabilityChanged(writable);
    }

    /** Works off a chunk; one that is fed from inside a callback waits until this one is done. */
    @Override
    public final void dataReceived(ByteBuffer data) throws Exception {
        Open current = open();
        if (chunk != null) {
            current.connection().unread(data);
            return;
        }
        chunk = data;
        try {
            while (current.connection().isReading() && (data.hasRemaining() || isEmptyBlockDue())) {
                step(current, data);
            }
        } finally {
            chunk = null;
        }
        if (isEmptyBlockDue()) {
            current.connection().unread(NOTHING);
        }
    }

    private boolean isEmptyBlockDue() {
        return mode == Mode.BLOCK && block().isComplete();
    }

    private void step(Open current, ByteBuffer data) throws Exception {
        switch (mode) {
            case FRAMES -> {
                switch (current.decoder().decode(data)) {
                    case FRAME -> frameReceived(current.decoder().frame());
                    case TOO_LONG -> frameTooLong(current.framing().maxLength());
                    case UNDERFLOW -> {}
                }
            }
            case RAW -> {
                ByteBuffer raw = data.duplicate();
                data.position(data.limit());
                rawReceived(raw);
            }
            case BLOCK -> {
                ByteBuffer complete = block().read(data);
                if (complete != null) {
                    mode = Mode.FRAMES;
                    blockReceived(complete);
                }
            }
        }
    }
}
