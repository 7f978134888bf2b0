package dev.bowline.line;

import dev.bowline.framing.DelimiterFraming;
import dev.bowline.framing.MessageRefusedException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Turns lines into what goes onto the wire, in arrays that it keeps: nothing is allocated for a line. One thread borrows
 * it for as long as it needs the result, and closes it.
 *
 * <p>Characters go through a {@code char[]} and {@link CharsetEncoder} on arrays. In most charsets ASCII is itself, and most
 * lines are ASCII: those take the encoder of ISO 8859-1, which every JVM has in vector instructions, and that of UTF-8 only
 * newer ones. No thread keeps an encoder: with many virtual threads that would be many.
 */
final class LineEncoder implements AutoCloseable {
    private static final int FIRST_CAPACITY = 512;

    /** One that grew beyond this many bytes or characters is not kept. */
    private static final int LARGEST_KEPT = 65536;

    /** Room beyond the limit, so that a line only just too long is refused by its exact length. */
    private static final int SLACK = 16;

    private final Pool home;
    private final DelimiterFraming framing;
    private final String charsetName;
    private final CharsetEncoder encoder;

    /** For lines of ASCII; null if ASCII is not itself in the charset. */
    private final @Nullable CharsetEncoder latin1;

    private final int delimiterLength;

    private CharBuffer characters = CharBuffer.allocate(FIRST_CAPACITY);
    /** Both over one array: the encoded line, which is checked where it lies, and the same with the delimiter behind. */
    private ByteBuffer encoded = ByteBuffer.allocate(FIRST_CAPACITY);

    private ByteBuffer wire = encoded.duplicate();
    private boolean borrowed;

    private LineEncoder(Pool home, LineFormat format) {
        this.home = home;
        this.framing = format.framing();
        this.charsetName = format.charset().name();
        CodingErrorAction action = format.refusesMalformed() ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE;
        this.encoder = format.charset().newEncoder().onMalformedInput(action).onUnmappableCharacter(action);
        this.latin1 = Ascii.isItselfIn(format.charset()) ? StandardCharsets.ISO_8859_1.newEncoder() : null;
        this.delimiterLength = framing.encodedLength(0);
    }

    /**
     * A line of text with its delimiter.
     *
     * @return valid until the next call of any method here
     * @throws MessageRefusedException if it can't be sent as one line (rule D4), or the charset has no bytes for it and
     *     malformed text is refused (rule D5)
     */
    ByteBuffer encode(String line) {
        int length = line.length();
        // No charset writes less than a byte for two characters: a replaced pair of surrogates.
        if (length / 2 > framing.maxSendLength()) {
            throw tooLong();
        }
        if (characters.capacity() < length) {
            characters = CharBuffer.allocate(roomFor(length));
        }
        line.getChars(0, length, characters.array(), 0);
        if (latin1 == null || !isAscii(length, latin1)) {
            encodeAny(length);
        }
        wire.clear();
        framing.encode(encoded.flip(), wire);
        return wire.flip();
    }

    /** Encodes all characters if they are ASCII and short enough; if not, what was encoded is worth nothing. */
    private boolean isAscii(int length, CharsetEncoder encoder) {
        reserve(length);
        return encodeTo(encoder, length).isUnderflow() && Ascii.isAll(encoded.array(), 0, length);
    }

    private void encodeAny(int length) {
        reserve((long) Math.ceil(length * (double) encoder.averageBytesPerChar()));
        while (!fits(length)) {
            long most = (long) framing.maxSendLength() + SLACK;
            if (encoded.limit() >= most) {
                throw tooLong();
            }
            reserve(2L * encoded.capacity());
        }
    }

    private CoderResult encodeTo(CharsetEncoder encoder, int length) {
        characters.limit(length).position(0);
        encoded.limit(encoded.capacity() - delimiterLength).position(0);
        return encoder.reset().encode(characters, encoded, true);
    }

    /** Encodes all characters, or returns false if there is no room. */
    private boolean fits(int length) {
        CoderResult result = encodeTo(encoder, length);
        if (result.isUnderflow()) {
            result = encoder.flush(encoded);
        }
        if (result.isError()) {
            throw new MessageRefusedException("The line contains, at character offset " + characters.position() + ", "
                    + (result.isMalformed() ? "half of a surrogate pair" : "a character")
                    + " that can't be written in " + charsetName + "; leave it out, or let the format replace it");
        }
        return result.isUnderflow();
    }

    private MessageRefusedException tooLong() {
        return new MessageRefusedException("The line has more bytes in " + charsetName + " than the "
                + framing.maxSendLength() + " that are allowed; shorten it or raise the limit");
    }

    /** Makes room for so many bytes and the delimiter, within what the limit lets through. */
    private void reserve(long lineLength) {
        long useful = Math.min(lineLength, (long) framing.maxSendLength() + SLACK);
        int needed = Math.toIntExact(useful + delimiterLength);
        if (encoded.capacity() < needed) {
            encoded = ByteBuffer.allocate(roomFor(needed));
            wire = encoded.duplicate();
        }
    }

    private static int roomFor(int needed) {
        return Math.max(FIRST_CAPACITY, Math.addExact(needed, needed >> 1));
    }

    /** Gives it back; what it returned is no longer valid. */
    @Override
    public void close() {
        if (borrowed) {
            borrowed = false;
            if (Math.max(characters.capacity(), encoded.capacity()) <= LARGEST_KEPT) {
                home.giveBack(this);
            }
        }
    }

    /**
     * Encoders that nobody uses: a few for each format, however many threads there are. A thread whose place is empty
     * makes a new one, so that nobody ever waits.
     */
    static final class Pool {
        /** A power of two; threads share places by their number. */
        private static final int PLACES = 8;

        private final LineFormat format;
        private final AtomicReferenceArray<LineEncoder> idle = new AtomicReferenceArray<>(PLACES);

        Pool(LineFormat format) {
            this.format = format;
        }

        LineEncoder borrow() {
            LineEncoder found = idle.getAndSet(place(), null);
            LineEncoder lent = found != null ? found : new LineEncoder(this, format);
            lent.borrowed = true;
            return lent;
        }

        private void giveBack(LineEncoder encoder) {
            idle.setRelease(place(), encoder);
        }

        private static int place() {
            return (int) Thread.currentThread().getId() & (PLACES - 1);
        }
    }
}
