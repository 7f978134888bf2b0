package dev.bowline.framing;

/**
 * Frames behind their length in 1, 2 or 4 bytes, unsigned, the highest byte first (network byte order). The length is that
 * of the frame alone. Twisted's {@code Int8StringReceiver}, {@code Int16StringReceiver} and {@code Int32StringReceiver}
 * speak it, DNS over TCP too, with 2 bytes (<a href="https://www.rfc-editor.org/rfc/rfc1035#section-4.2.2">RFC 1035,
 * 4.2.2</a>). A frame may have any bytes, and none.
 *
 * <pre>{@code
 * class Records extends FramedProtocol {
 *     @Override protected Framing framing() { return new LengthPrefixFraming(4).withMaxLength(1 << 20); }
 *     @Override protected void connectionMade() { sendFrame(UTF_8.encode("hello")); }
 *     @Override protected void frameReceived(ByteBuffer frame) { System.out.println(UTF_8.decode(frame)); }
 * }
 * }</pre>
 *
 * <p>A frame has 99,999 bytes at most, each way, unless told otherwise, with 1 byte 255 and with 2 bytes 65,535. One over
 * the limit is known by its length, before it is there, and can be skipped (rule D2). Nothing is malformed here.
 *
 * <p>Immutable, for any number of connections and threads.
 */
public final class LengthPrefixFraming extends LengthFraming {
    private final int width;

    /**
     * Frames up to the default limit, received and sent.
     *
     * @param width how many bytes a length has: 1, 2 or 4
     * @throws IllegalArgumentException if it is another number
     */
    public LengthPrefixFraming(int width) {
        this(width, limits(width));
    }

    private LengthPrefixFraming(int width, Limits limits) {
        super(new BinaryLength(width), limits);
        this.width = width;
    }

    private static Limits limits(int width) {
        int most = switch (width) {
            case 1 -> 0xFF;
            case 2 -> 0xFFFF;
            case 4 -> Limits.LONGEST;
            default -> throw new IllegalArgumentException("A length prefix has 1, 2 or 4 bytes, not " + width);
        };
        int length = Math.min(most, DEFAULT_MAX_LENGTH);
        return new Limits(most, length, length);
    }

    /**
     * {@return the same, with another limit for what is received, in bytes of the frame alone: 1 to what the length
     * can say, 2³⁰ at most}
     *
     * @param maxLength 99,999 unless told otherwise, or what the length can say
     */
    public LengthPrefixFraming withMaxLength(int maxLength) {
        return new LengthPrefixFraming(width, limits().withReceived(maxLength));
    }

    /**
     * {@return the same, with another limit for what is sent, in bytes of the frame alone: 1 to what the length can
     * say, 2³⁰ at most}
     *
     * @param maxSendLength 99,999 unless told otherwise, or what the length can say
     */
    public LengthPrefixFraming withMaxSendLength(int maxSendLength) {
        return new LengthPrefixFraming(width, limits().withSent(maxSendLength));
    }

    /** Such as {@code frames behind a length of 2 bytes, up to 65535 bytes received and 65535 sent}. */
    @Override
    public String toString() {
        return "frames behind a length of " + width + (width == 1 ? " byte, " : " bytes, ") + limits();
    }
}
