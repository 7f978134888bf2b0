package dev.bowline.framing;

import java.nio.ByteBuffer;

/**
 * How frames lie in a byte stream: where one ends and the next begins. A framing is a value, shared by any number of
 * connections; what one connection has received so far lives in its {@link Decoder} (rule D8). There are frames that end in a
 * {@linkplain DelimiterFraming delimiter}, and such that follow their length: {@linkplain NetstringFraming netstrings},
 * {@linkplain LengthPrefixFraming length prefixes} and {@linkplain OctetCountingFraming octet counting}.
 *
 * <pre>{@code
 * Framing lines = Framing.delimited("\r\n".getBytes(US_ASCII), 16384);
 * }</pre>
 */
public interface Framing {
    /**
     * Frames that end in a delimiter of any bytes, at least one. See {@link DelimiterFraming}.
     *
     * @param delimiter one byte or more; copied
     * @param maxLength the longest frame each way, in bytes without the delimiter, 1 to 2³⁰
     * @return a {@link DelimiterFraming}
     */
    static Framing delimited(byte[] delimiter, int maxLength) {
        return new DelimiterFraming(delimiter, maxLength);
    }

    /** {@return a decoder for one connection} */
    Decoder newDecoder();

    /**
     * {@return the longest frame that is received, in bytes, without what marks its bounds; sending may have another
     * limit}
     */
    int maxLength();

    /**
     * How many bytes {@link #encode} writes for a frame of this length.
     *
     * @param frameLength bytes of the frame itself
     * @return bytes
     * @throws MessageRefusedException if a frame of this length is too long to be sent
     */
    int encodedLength(int frameLength);

    /**
     * Writes a frame as it goes onto the wire.
     *
     * @param frame from position to limit; the position does not move
     * @param target has at least {@link #encodedLength} bytes remaining; may lie over the frame's own array, beginning
     *     where the frame begins
     * @throws MessageRefusedException if the peer could not read it as one frame, or it is too long (rule D4); nothing
     *     was written then
     * @throws java.nio.BufferOverflowException if the target has no room; nothing was written then
     */
    void encode(ByteBuffer frame, ByteBuffer target);
}
