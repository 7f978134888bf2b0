package dev.bowline.framing;

/**
 * Netstrings, as <a href="https://cr.yp.to/proto/netstrings.txt">D. J. Bernstein</a> wrote them down: a frame's length in
 * decimal digits, a colon, the frame, a comma. {@code hello} is {@code 5:hello,} and the empty frame is {@code 0:,}. A
 * frame may have any bytes.
 *
 * <pre>{@code
 * class Notes extends FramedProtocol {
 *     @Override protected Framing framing() { return new NetstringFraming().withMaxLength(1 << 20); }
 *     @Override protected void connectionMade() { sendFrame(UTF_8.encode("hello")); }
 *     @Override protected void frameReceived(ByteBuffer frame) { System.out.println(UTF_8.decode(frame)); }
 * }
 * }</pre>
 *
 * <p>A frame has 99,999 bytes at most, each way, unless told otherwise: Twisted's limit. One over the limit is known by
 * its length, before it is there, and can be skipped (rule D2). A length with leading zeros, anything else than digits
 * and a colon, and anything but a comma behind the frame are malformed, and end the connection with a {@link
 * MalformedFrameException} (rule D7).
 *
 * <p>Immutable, for any number of connections and threads.
 */
public final class NetstringFraming extends LengthFraming {
    /** Netstrings of up to 99,999 bytes, received and sent. */
    public NetstringFraming() {
        this(new Limits(Limits.LONGEST, DEFAULT_MAX_LENGTH, DEFAULT_MAX_LENGTH));
    }

    private NetstringFraming(Limits limits) {
        super(DecimalLength.NETSTRING, limits);
    }

    /**
     * {@return the same, with another limit for what is received, in bytes of the frame alone, 1 to 2³⁰}
     *
     * @param maxLength 99,999 unless told otherwise
     */
    public NetstringFraming withMaxLength(int maxLength) {
        return new NetstringFraming(limits().withReceived(maxLength));
    }

    /**
     * {@return the same, with another limit for what is sent, in bytes of the frame alone, 1 to 2³⁰}
     *
     * @param maxSendLength 99,999 unless told otherwise
     */
    public NetstringFraming withMaxSendLength(int maxSendLength) {
        return new NetstringFraming(limits().withSent(maxSendLength));
    }

    /** Such as {@code netstrings, up to 99999 bytes received and 99999 sent}. */
    @Override
    public String toString() {
        return "netstrings, " + limits();
    }
}
