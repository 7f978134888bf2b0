package dev.bowline.examples.server;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes to be sent. Grows as it must; whoever fills it keeps it bounded. */
final class Output {
    /** The JDK copies what it writes from a heap buffer: never the whole of a long output for a short write. */
    private static final int MOST_AT_ONCE = 128 << 10;

    private static final int WORTH_KEEPING = 1 << 20;

    private byte[] bytes = new byte[0];
    private int start;
    private int end;

    void append(byte[] more, int from, int to) {
        int length = to - from;
        if (end + length > bytes.length) {
            makeRoom(length);
        }
        System.arraycopy(more, from, bytes, end, length);
        end += length;
    }

    private void makeRoom(int length) {
        int needed = size() + length;
        // Moving to the front pays only when it frees at least as much as it moves.
        byte[] roomier = needed <= bytes.length / 2 ? bytes : new byte[Math.max(1024, 2 * needed)];
        System.arraycopy(bytes, start, roomier, 0, size());
        bytes = roomier;
        end -= start;
        start = 0;
    }

    boolean isEmpty() {
        return start == end;
    }

    int size() {
        return end - start;
    }

    /** Writes as much as the wire takes; returns whether that was all. */
    boolean writeTo(Wire wire) throws IOException {
        while (start < end) {
            int written = wire.write(ByteBuffer.wrap(bytes, start, Math.min(size(), MOST_AT_ONCE)));
            if (written == 0) {
                return false;
            }
            start += written;
        }
        start = 0;
        end = 0;
        if (bytes.length > WORTH_KEEPING) {
            bytes = new byte[0];
        }
        return true;
    }
}
