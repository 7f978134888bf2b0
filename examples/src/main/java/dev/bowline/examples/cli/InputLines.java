package dev.bowline.examples.cli;

import dev.bowline.framing.Decoder;
import dev.bowline.framing.DelimiterFraming;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The lines of an input, as bytes: they end in LF or CRLF, and the last may lack its end. Found by the decoder that finds
 * them on a connection, so an input of any size takes a block and one line of memory, and a line that is too long none.
 *
 * <pre>{@code
 * while (lines.fill()) {
 *     while (lines.next()) …
 * }
 * }</pre>
 */
final class InputLines {
    /** What one read asks for; a pipe holds as much on Linux. */
    private static final int BLOCK = 65536;

    private final InputStream input;
    private final Decoder decoder;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK).limit(0);
    private ByteBuffer line = block;
    private boolean tooLong;
    private boolean ended;
    private long number;

    /** @param maxLength in bytes; of a longer line nothing is kept */
    InputLines(InputStream input, int maxLength) {
        this.input = input;
        this.decoder = DelimiterFraming.lenient(maxLength).newDecoder();
    }

    /** Waits for input; this is all that blocks. Returns false at its end, when all its lines are read. */
    boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        int length = input.read(block.array());
        ended = length < 0;
        block.clear().limit(Math.max(length, 0));
        return true;
    }

    /** Goes to the next line of what was read; returns false if there is none. */
    boolean next() {
        switch (decoder.decode(block)) {
            case FRAME -> found(decoder.frame(), false);
            case TOO_LONG -> found(block, true);
            case UNDERFLOW -> {
                ByteBuffer rest = ended ? decoder.release() : block;
                if (!rest.hasRemaining()) {
                    return false;
                }
                found(rest, false);
            }
        }
        return true;
    }

    private void found(ByteBuffer bytes, boolean tooLong) {
        this.line = bytes;
        this.tooLong = tooLong;
        number++;
    }

    /** The line, without its end; until the next call of any method. */
    ByteBuffer line() {
        return line;
    }

    /** Whether there is nothing but the line's number, since it has too many bytes. */
    boolean isTooLong() {
        return tooLong;
    }

    /** How many lines were read. */
    long number() {
        return number;
    }
}
