package dev.bowline.framing;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/*
 * Frames whose length stands in front of them. As in DelimiterDecoder, the same stream comes to the same frames and
 * verdicts however it was cut (rule D1): the length is read byte by byte, and each verdict falls at the first byte that
 * makes it certain. A frame is too long at the byte with which its length exceeds the limit, be the length complete or
 * not; it is malformed at the first byte that can't be where it is.
 *
 * A frame that is too long is skipped by the next call, since its length tells where the next one begins. Nothing of it is
 * kept. Behind what is malformed nothing can be found: every call throws from then on.
 *
 * A frame whose content lies wholly in the chunk is shown where it lies, even if its length came in an earlier one. Of
 * another one, all that has arrived, its length included, goes into the tail; so release has everything at hand.
 *
 * Cost: a byte of a length and a trailer is examined once, one of the content never. Each is copied not at all, or twice
 * at most (see Tail).
 */
class LengthDecoder implements Decoder {
    private static final long NOT_SKIPPING = -1;

    private final LengthNotation notation;
    private final int maxLength;
    private final Tail tail;
    private final FrameView frame = new FrameView();

    /** The frame's length, as far as it is read. */
    private long length;

    /** How many bytes of the length are read. */
    private int width;

    /** Whether the length is complete. */
    private boolean known;

    /** How many bytes of the content are skipped, if the frame was too long; else {@link #NOT_SKIPPING}. */
    private long skipped = NOT_SKIPPING;

    /** Once thrown, thrown again. */
    private @Nullable MalformedFrameException malformed;

    LengthDecoder(LengthNotation notation, int maxLength, Tail tail) {
        this.notation = notation;
        this.maxLength = maxLength;
        this.tail = tail;
    }

    @Override
    public Step decode(ByteBuffer data) {
        if (malformed != null) {
            throw malformed;
        }
        try {
            return next(data);
        } catch (MalformedFrameException e) {
            malformed = e;
            frame.hide();
            tail.clear();
            throw e;
        }
    }

    private Step next(ByteBuffer data) {
        byte[] bytes = data.array();
        int offset = data.arrayOffset();
        int from = offset + data.position();
        int end = offset + data.limit();
        if (skipped >= 0) {
            from = skip(bytes, from, end);
            if (from < 0) {
                return underflow(data);
            }
            begin();
        }

        // Where the frame would begin if all of it lay in this chunk; negative if it began long before.
        int start = from - tail.length();
        int at = readLength(bytes, from, end, maxLength);
        if (length > maxLength) {
            frame.hide();
            tail.clear();
            skipped = 0;
            data.position(at - offset);
            return Step.TOO_LONG;
        }
        long to = (long) start + width + length;
        if (!known || to + notation.trailerLength() > end) {
            tail.append(bytes, from, end);
            return underflow(data);
        }
        int behind = readTrailer(bytes, (int) to);
        complete(bytes, from, (int) to, start + width);
        begin();
        data.position(behind - offset);
        return Step.FRAME;
    }

    /** Reads on until the length is known or above the limit, or the bytes are at their end; returns where that is. */
    private int readLength(byte[] bytes, int from, int end, long limit) {
        int at = from;
        while (at < end && !known && length <= limit) {
            long read = notation.read(length, width, look(bytes, at++));
            width++;
            known = read < 0;
            length = known ? ~read : read;
        }
        return at;
    }

    private int readTrailer(byte[] bytes, int at) {
        if (notation.trailerLength() == 0) {
            return at;
        }
        notation.readTrailer(look(bytes, at), width + length);
        return at + 1;
    }

    /** Skips on in a frame that is too long; returns where the next one begins, or -1 if that has not arrived. */
    private int skip(byte[] bytes, int from, int end) {
        int at = readLength(bytes, from, end, Long.MAX_VALUE);
        if (!known) {
            return -1;
        }
        int piece = (int) Math.min(length - skipped, end - at);
        skipped += piece;
        at += piece;
        return skipped < length || at + notation.trailerLength() > end ? -1 : readTrailer(bytes, at);
    }

    private void complete(byte[] bytes, int from, int to, int content) {
        if (content >= from) {
            tail.clear();
            frame.show(bytes, content, to);
        } else {
            tail.append(bytes, from, to);
            frame.show(tail.take(width + (int) length).position(width));
        }
    }

    /** What comes next is the first byte of a length. */
    private void begin() {
        length = 0;
        width = 0;
        known = false;
        skipped = NOT_SKIPPING;
    }

    private Step underflow(ByteBuffer data) {
        frame.hide();
        data.position(data.limit());
        return Step.UNDERFLOW;
    }

    @Override
    public ByteBuffer frame() {
        return frame.get();
    }

    @Override
    public ByteBuffer release() {
        frame.hide();
        malformed = null;
        begin();
        return tail.take(tail.length());
    }

    /** Examines one byte; this is all that examines any. */
    byte look(byte[] bytes, int at) {
        return bytes[at];
    }
}
