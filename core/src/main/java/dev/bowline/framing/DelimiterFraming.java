package dev.bowline.framing;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

/**
 * Frames that end in a delimiter, such as lines. The delimiter may be any bytes, at least one. The first place where it
 * ends is where the frame ends, and no byte belongs to two delimiters: with {@code aa}, the stream {@code aaab} is an
 * empty frame and the beginning {@code ab} of another. Frames may be empty.
 *
 * <p>Nothing that is sent can be read as anything but one frame (rule D4): a frame is refused if it contains the
 * delimiter, if its end together with the delimiter behind it would be read as an earlier delimiter, and, where lines
 * end in CRLF or LF, if it contains any CR or LF, since many peers take either for a line's end.
 *
 * <p>Immutable, for any number of connections and threads.
 *
 * <pre>{@code
 * Framing records = new DelimiterFraming(new byte[] {0}, 65536);
 * }</pre>
 */
public final class DelimiterFraming implements Framing {
    private static final Delimiter CRLF = new Delimiter((byte) '\r', (byte) '\n');
    private static final Delimiter LF = new Delimiter((byte) '\n');

    /** What is sent, and received unless lenient. */
    private final Delimiter delimiter;

    private final byte[] delimiterBytes;
    private final boolean lenient;
    private final boolean delimitsLines;
    private final Limits limits;

    /**
     * Frames that end in exactly this delimiter, received and sent up to the same length.
     *
     * @param delimiter at least one byte; copied
     * @param maxLength bytes without the delimiter, 1 to 2³⁰
     * @throws IllegalArgumentException if there is no delimiter, or the length is out of range
     */
    public DelimiterFraming(byte[] delimiter, int maxLength) {
        this(new Delimiter(delimiter), false, limits(maxLength));
    }

    private DelimiterFraming(Delimiter delimiter, boolean lenient, Limits limits) {
        this.delimiter = delimiter;
        this.delimiterBytes = delimiter.toArray();
        this.lenient = lenient;
        this.delimitsLines = delimiter.equals(CRLF) || delimiter.equals(LF);
        this.limits = limits;
    }

    private static Limits limits(int maxLength) {
        return new Limits(Limits.LONGEST, maxLength, maxLength);
    }

    /**
     * Lines that end in LF or CRLF as they come, and in CRLF as they are sent (rule D1). A CR that is not right before
     * an LF belongs to the line.
     *
     * @param maxLength bytes without the line's end, 1 to 2³⁰, received and sent
     * @return a framing for what people and other systems send
     * @throws IllegalArgumentException if the length is out of range
     */
    public static DelimiterFraming lenient(int maxLength) {
        return new DelimiterFraming(CRLF, true, limits(maxLength));
    }

    /**
     * {@return the same, with another limit for what is received}
     *
     * @param maxLength bytes without the delimiter, 1 to 2³⁰
     */
    public DelimiterFraming withMaxLength(int maxLength) {
        return new DelimiterFraming(delimiter, lenient, limits.withReceived(maxLength));
    }

    /**
     * {@return the same, with another limit for what is sent}
     *
     * @param maxSendLength bytes without the delimiter, 1 to 2³⁰
     */
    public DelimiterFraming withMaxSendLength(int maxSendLength) {
        return new DelimiterFraming(delimiter, lenient, limits.withSent(maxSendLength));
    }

    /** {@return a copy of the delimiter as it is sent} */
    public byte[] delimiter() {
        return delimiterBytes.clone();
    }

    @Override
    public int maxLength() {
        return limits.received();
    }

    /** {@return the longest frame that is sent, in bytes, without the delimiter} */
    public int maxSendLength() {
        return limits.sent();
    }

    @Override
    public Decoder newDecoder() {
        Delimiter received = lenient ? LF : delimiter;
        Tail tail = new Tail(Math.addExact(limits.received(), delimiterBytes.length));
        return new DelimiterDecoder(received, lenient, limits.received(), tail);
    }

    @Override
    public int encodedLength(int frameLength) {
        limits.checkSent(frameLength);
        return Math.addExact(frameLength, delimiterBytes.length);
    }

    @Override
    public void encode(ByteBuffer frame, ByteBuffer target) {
        int length = frame.remaining();
        int needed = encodedLength(length);
        byte[] bytes;
        int from;
        if (frame.hasArray()) {
            bytes = frame.array();
            from = frame.arrayOffset() + frame.position();
        } else {
            bytes = new byte[length];
            frame.get(frame.position(), bytes);
            from = 0;
        }
        refuseEarlyEnd(bytes, from, from + length);
        if (target.remaining() < needed) {
            throw new BufferOverflowException();
        }
        if (liesIn(target, bytes, from)) {
            target.position(target.position() + length);
        } else {
            target.put(bytes, from, length);
        }
        target.put(delimiterBytes);
    }

    /** Whether the frame is already where it goes, as that of a caller who encodes in place. */
    private static boolean liesIn(ByteBuffer target, byte[] bytes, int from) {
        return target.hasArray() && target.array() == bytes && target.arrayOffset() + target.position() == from;
    }

    private void refuseEarlyEnd(byte[] bytes, int from, int to) {
        int early =
                delimitsLines ? ByteSearch.indexOfLineEnd(bytes, from, to) : delimiter.indexOfEarlyEnd(bytes, from, to);
        if (early >= 0) {
            throw new MessageRefusedException(
                    whatIsWrong(bytes[early], early - from, early + delimiterBytes.length > to));
        }
    }

    private String whatIsWrong(byte at, int offset, boolean acrossTheEnd) {
        if (delimitsLines) {
            return "The message contains a " + (at == '\r' ? "carriage return" : "line feed") + " at byte offset "
                    + offset + ", which would end the line there; send each line as a message of its own";
        }
        if (acrossTheEnd) {
            return "The message ends, from byte offset " + offset + " on, in what the delimiter " + delimiter
                    + " behind it would complete too early; let it end in a byte that does not begin the delimiter";
        }
        return "The message contains the delimiter " + delimiter + " at byte offset " + offset
                + "; send what is before and behind it as messages of their own";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DelimiterFraming that
                && delimiter.equals(that.delimiter)
                && lenient == that.lenient
                && limits.equals(that.limits);
    }

    @Override
    public int hashCode() {
        return delimiter.hashCode() * 31 + limits.hashCode();
    }

    /** Such as {@code frames that end in 0x0D 0x0A, up to 16384 bytes received and 16384 sent}. */
    @Override
    public String toString() {
        return "frames that end in " + (lenient ? "0x0A or " : "") + delimiter + ", " + limits;
    }
}
