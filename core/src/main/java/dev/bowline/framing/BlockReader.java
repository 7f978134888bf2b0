package dev.bowline.framing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gathers a block of known length. One that lies whole in a chunk is not copied; one that doesn't grows with what
 * arrives, so that a peer that announces much and sends little costs little.
 */
final class BlockReader {
    private static final int FIRST = 4096;

    private final int length;
    private byte[] gathered = new byte[0];
    private int count;

    BlockReader(int length) {
        this.length = length;
    }

    boolean isComplete() {
        return count == length;
    }

    /** Gives back what it has of a block that is not complete, and is empty. */
    ByteBuffer release() {
        ByteBuffer begun = ByteBuffer.wrap(gathered, 0, count == length ? 0 : count);
        gathered = new byte[0];
        count = 0;
        return begun;
    }

    /** Takes what it needs of the data; returns the block once it is complete. */
    @Nullable
    ByteBuffer read(ByteBuffer data) {
        int piece = Math.min(length - count, data.remaining());
        int end = data.position() + piece;
        if (piece == length) {
            ByteBuffer whole = data.duplicate().limit(end);
            data.position(end);
            count = length;
            return whole;
        }
        if (gathered.length < count + piece) {
            int doubled = (int) Math.min(length, Math.max(FIRST, 2L * gathered.length));
            gathered = Arrays.copyOf(gathered, Math.max(doubled, count + piece));
        }
        data.get(gathered, count, piece);
        count += piece;
        return count == length ? ByteBuffer.wrap(gathered, 0, length) : null;
    }
}
