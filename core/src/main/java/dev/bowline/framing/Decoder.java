package dev.bowline.framing;

import java.nio.ByteBuffer;

/**
 * Finds the frames in what one connection receives. It does no IO and calls nobody: its owner asks for one frame after
 * the other. What it answers for a stream of bytes is the same however the stream was cut (rule D1), and each byte is
 * examined and copied at most twice (rule D6).
 *
 * <pre>{@code
 * Decoder decoder = new NetstringFraming().newDecoder();
 * ByteBuffer data = US_ASCII.encode("5:hello,3:abc");
 * while (decoder.decode(data) == Decoder.Step.FRAME) {
 *     System.out.println(US_ASCII.decode(decoder.frame()));    // hello; behind abc the comma is missing
 * }
 * }</pre>
 */
public interface Decoder {
    /** What {@link #decode} came to. */
    enum Step {
        /** A frame is complete: {@link #frame}. */
        FRAME,
        /** The frame that begins here is over the limit. Its rest is skipped by the calls that follow (rule D2). */
        TOO_LONG,
        /** Everything was taken in, and no frame is complete. */
        UNDERFLOW
    }

    /**
     * Takes in bytes up to the end of the next frame, or of the data.
     *
     * @param data array-backed; its position moves over what was taken in
     * @return what it came to; bytes are left over only behind a frame
     * @throws MalformedFrameException at the first byte that can't belong to a frame, and from then on, until {@link
     *     #release}
     */
    Step decode(ByteBuffer data);

    /**
     * {@return the frame just completed, without what marks its bounds; valid until the next call of any method
     * here}
     *
     * @throws IllegalStateException except right after {@link Step#FRAME}
     */
    ByteBuffer frame();

    /**
     * Gives back what was taken in of a frame not yet complete, and begins anew: the next byte begins a frame.
     *
     * @return the bytes, to be kept as they are; empty if there are none, of a frame that is being skipped, and of one
     *     that is malformed
     */
    ByteBuffer release();
}
