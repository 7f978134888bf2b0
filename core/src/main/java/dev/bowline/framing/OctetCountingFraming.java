package dev.bowline.framing;

/**
 * The octet counting of syslog over TCP (<a href="https://www.rfc-editor.org/rfc/rfc6587#section-3.4.1">RFC 6587,
 * 3.4.1</a>) and TLS (<a href="https://www.rfc-editor.org/rfc/rfc5425#section-4.3">RFC 5425, 4.3</a>): a message's length
 * in decimal digits, a space, the message. {@code <13>hello} is {@code 9 <13>hello}. A message may have any bytes, line
 * ends among them, but at least one.
 *
 * <pre>{@code
 * class Syslog extends FramedProtocol {
 *     @Override protected Framing framing() { return new OctetCountingFraming().withMaxSendLength(8192); }
 *     @Override protected void connectionMade() { sendFrame(UTF_8.encode("<13>1 - - - - - - hello")); }
 *     @Override protected void frameReceived(ByteBuffer frame) { System.out.println(UTF_8.decode(frame)); }
 * }
 * }</pre>
 *
 * <p>A message has 99,999 bytes at most, each way, unless told otherwise. Not every receiver takes that much: RFC 5425
 * asks for 2048 and recommends 8192. One over the limit is known by its length, before it is there, and can be skipped
 * (rule D2). A length that begins with a zero, and anything else than digits and a space, is malformed, and ends the
 * connection with a {@link MalformedFrameException} (rule D7). The older form, a message that ends in LF, is not
 * understood here: take {@link DelimiterFraming} for it.
 *
 * <p>Immutable, for any number of connections and threads.
 */
public final class OctetCountingFraming extends LengthFraming {
    /** Messages of up to 99,999 bytes, received and sent. */
    public OctetCountingFraming() {
        this(new Limits(Limits.LONGEST, DEFAULT_MAX_LENGTH, DEFAULT_MAX_LENGTH));
    }

    private OctetCountingFraming(Limits limits) {
        super(DecimalLength.OCTET_COUNT, limits);
    }

    /**
     * {@return the same, with another limit for what is received, in bytes of the message alone, 1 to 2³⁰}
     *
     * @param maxLength 99,999 unless told otherwise
     */
    public OctetCountingFraming withMaxLength(int maxLength) {
        return new OctetCountingFraming(limits().withReceived(maxLength));
    }

    /**
     * {@return the same, with another limit for what is sent, in bytes of the message alone, 1 to 2³⁰}
     *
     * @param maxSendLength 99,999 unless told otherwise
     */
    public OctetCountingFraming withMaxSendLength(int maxSendLength) {
        return new OctetCountingFraming(limits().withSent(maxSendLength));
    }

    /** {@inheritDoc} An empty message is refused, too: RFC 6587 has no length of 0. */
    @Override
    public int encodedLength(int frameLength) {
        if (frameLength == 0) {
            throw new MessageRefusedException(
                    "The message is empty, and octet counting has no length of 0; leave it out");
        }
        return super.encodedLength(frameLength);
    }

    /** Such as {@code octet-counted messages, up to 99999 bytes received and 99999 sent}. */
    @Override
    public String toString() {
        return "octet-counted messages, " + limits();
    }
}
