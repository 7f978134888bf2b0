package dev.bowline.line;

import dev.bowline.LossReason;
import dev.bowline.framing.FramedProtocol;
import dev.bowline.framing.Framing;
import java.nio.ByteBuffer;

/**
 * A protocol that speaks in lines: what Twisted calls a {@code LineReceiver}.
 *
 * <pre>{@code
 * class Hello extends LineProtocol {
 *     @Override protected void connectionMade() {
 *         sendLine("A new connection has been made!");
 *         ready();                                        // now the client's messages flow
 *     }
 *
 *     @Override protected void lineReceived(String line) {
 *         System.out.println("got " + line);
 *         if (line.equals("hello")) finish();             // ends the client
 *     }
 * }
 * }</pre>
 *
 * <p>Lines end in CRLF, are UTF-8 and have 16384 bytes at most, unless a {@link LineFormat} says otherwise: the one of the
 * {@link LineClient}, or, without a client, the one given to the constructor.
 */
public abstract class LineProtocol extends FramedProtocol {
    /** Set before the connection is made. */
    private LineFormat format;

    /** A protocol of the default format, {@link LineFormat#crlf()}, or of its client's. */
    protected LineProtocol() {
        this(LineFormat.crlf());
    }

    /**
     * A protocol of this format, for use without a client: a {@link LineClient} gives it its own.
     *
     * @param format of this protocol
     */
    protected LineProtocol(LineFormat format) {
        this.format = format;
    }

    /** What the client speaks, its protocols do. */
    final void use(LineFormat format) {
        this.format = format;
    }

    /** What it speaks. */
    final LineFormat format() {
        return format;
    }

    /**
     * A line arrived, without its delimiter, decoded.
     *
     * @param line may be empty
     * @throws Exception whatever goes wrong; it aborts the connection, and is its {@link LossReason} (rule A5)
     */
    protected abstract void lineReceived(String line) throws Exception;

    /**
     * A line arrived, as bytes. By default it is decoded for {@link #lineReceived(String)}; overriding this form saves
     * the decoding (rule D5).
     *
     * @param line its bytes without the delimiter; array-backed, valid during the call only
     * @throws Exception whatever goes wrong; it aborts the connection, and is its {@link LossReason} (rule A5)
     */
    protected void lineReceived(ByteBuffer line) throws Exception {
        lineReceived(format.decode(line));
    }

    /**
     * The peer sent a line over the limit; told once a line (rule D2). By default the connection is closed with {@link
     * LossReason.TooLong}; where it is not, the line's rest is skipped and the next one follows.
     *
     * @param limit the most bytes that a line may have
     * @throws Exception whatever goes wrong; it aborts the connection, and is its {@link LossReason} (rule A5)
     */
    protected void lineLengthExceeded(int limit) throws Exception {
        super.frameTooLong(limit);
    }

    /**
     * Sends a line; the delimiter is added.
     *
     * @param line without its delimiter
     * @return false, and nothing is sent, once the connection is closing or lost (rule B2)
     * @throws dev.bowline.framing.MessageRefusedException if it contains the delimiter, for CRLF and LF any CR or LF, or
     *     is too long (rule D4)
     */
    protected final boolean sendLine(String line) {
        return format.encode(line, connection()::write);
    }

    /**
     * Sends a line of bytes; the delimiter is added.
     *
     * @param line from position to limit; the position does not move
     * @return as {@link #sendLine(String)}
     */
    protected final boolean sendLine(ByteBuffer line) {
        return sendFrame(line);
    }

    /**
     * Back from raw mode to lines; see {@link #setFrameMode}.
     *
     * @param rest bytes that follow: what {@link #rawReceived} did not use of its data, say; may be empty
     */
    protected final void setLineMode(ByteBuffer rest) {
        setFrameMode(rest);
    }

    @Override
    protected final Framing framing() {
        return format.framing();
    }

    @Override
    protected final void frameReceived(ByteBuffer frame) throws Exception {
        lineReceived(frame);
    }

    @Override
    protected final void frameTooLong(int limit) throws Exception {
        lineLengthExceeded(limit);
    }
}
