package dev.bowline.framing;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

/** What the framings that put a length in front of each frame have in common. */
abstract class LengthFraming implements Framing {
    /** The longest frame unless told otherwise, where its length can say so: Twisted's, for all but lines. */
    static final int DEFAULT_MAX_LENGTH = 99_999;

    private final LengthNotation notation;
    private final Limits limits;

    LengthFraming(LengthNotation notation, Limits limits) {
        this.notation = notation;
        this.limits = limits;
    }

    Limits limits() {
        return limits;
    }

    @Override
    public int maxLength() {
        return limits.received();
    }

    /** {@return the longest frame that is sent, in bytes, without what marks its bounds} */
    public int maxSendLength() {
        return limits.sent();
    }

    @Override
    public Decoder newDecoder() {
        int maxLength = limits.received();
        return new LengthDecoder(notation, maxLength, new Tail(notation.width(maxLength) + maxLength));
    }

    @Override
    public int encodedLength(int frameLength) {
        limits.checkSent(frameLength);
        return notation.width(frameLength) + frameLength + notation.trailerLength();
    }

    @Override
    public void encode(ByteBuffer frame, ByteBuffer target) {
        int length = frame.remaining();
        if (target.remaining() < encodedLength(length)) {
            throw new BufferOverflowException();
        }
        int at = target.position();
        int content = at + notation.width(length);
        // The content goes first: it may lie where its length is to be written.
        target.put(content, frame, frame.position(), length);
        notation.write(length, target, at);
        target.position(content + length);
        notation.writeTrailer(target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LengthFraming that && notation.equals(that.notation) && limits.equals(that.limits);
    }

    @Override
    public int hashCode() {
        return notation.hashCode() * 31 + limits.hashCode();
    }
}
