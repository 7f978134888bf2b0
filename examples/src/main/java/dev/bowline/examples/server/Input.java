package dev.bowline.examples.server;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Received bytes that are not yet taken. Lines end with CR LF. */
final class Input {
    private static final int MAX_LENGTH = 16384;

    private byte[] bytes = new byte[0];
    private int start;
    /** No CR LF ends before this. */
    private int searched;

    private int end;
    private int lineEnd;

    void add(ByteBuffer received) {
        int more = received.remaining();
        if (end + more > bytes.length) {
            byte[] roomier = end - start + more > bytes.length ? new byte[end - start + more] : bytes;
            System.arraycopy(bytes, start, roomier, 0, end - start);
            bytes = roomier;
            searched -= start;
            end -= start;
            start = 0;
        }
        received.get(bytes, end, more);
        end += more;
    }

    /** Finds the next line, which then lies from {@link #lineStart} to {@link #lineEnd}, with its CR LF behind it. */
    boolean findLine() {
        for (int i = Math.max(searched, start + 1); i < end; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r') {
                lineEnd = i - 1;
                searched = i - 1;
                return !isTooLong();
            }
        }
        lineEnd = end;
        searched = end;
        return false;
    }

    boolean isEmpty() {
        return start == end;
    }

    byte[] bytes() {
        return bytes;
    }

    int lineStart() {
        return start;
    }

    int lineEnd() {
        return lineEnd;
    }

    void removeLine() {
        start = lineEnd + 2;
        searched = start;
        lineEnd = start;
    }

    /** After {@link #findLine}: whether it found a line that is too long, or none in more bytes than a line can have. */
    boolean isTooLong() {
        return lineEnd - start > (lineEnd == end ? MAX_LENGTH + 1 : MAX_LENGTH);
    }

    /** Takes bytes whatever they are; returns how many. */
    int takeRaw(int most, CRC32 checksum) {
        int length = Math.min(most, end - start);
        checksum.update(bytes, start, length);
        start += length;
        searched = start;
        lineEnd = start;
        return length;
    }
}
