package dev.bowline.framing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for single bytes in an array, eight at a time: one load, four operations and no branch for each byte. Half the
 * time of a plain loop from 24 bytes on.
 */
final class ByteSearch {
    // Little-endian on every machine, so that the first byte of a word is always its lowest.
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EVERY_BYTE = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** CR, LF and few others that occur in text are below this. */
    private static final long LOWEST_PRINTED = 0x10 * EVERY_BYTE;

    private ByteSearch() {}

    /** The index of the first such byte in {@code from} (inclusive) to {@code to} (exclusive), or -1. */
    static int indexOf(byte wanted, byte[] bytes, int from, int to) {
        long pattern = (wanted & 0xFFL) * EVERY_BYTE;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long hits = zeroBytes((long) WORDS.get(bytes, at) ^ pattern);
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        for (; at < to; at++) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    /** The index of the first CR or LF, or -1. */
    static int indexOfLineEnd(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = (long) WORDS.get(bytes, at);
            // Most words of text hold no control character at all; only the others are looked at byte by byte.
            if (((word - LOWEST_PRINTED) & ~word & HIGH_BITS) != 0) {
                int found = indexOfLineEndOneByOne(bytes, at, at + Long.BYTES);
                if (found >= 0) {
                    return found;
                }
            }
        }
        return indexOfLineEndOneByOne(bytes, at, to);
    }

    private static int indexOfLineEndOneByOne(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\r' || bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /** The highest bit of the lowest zero byte, and perhaps of bytes above it; 0 if no byte is zero. */
    private static long zeroBytes(long word) {
        return (word - EVERY_BYTE) & ~word & HIGH_BITS;
    }
}
