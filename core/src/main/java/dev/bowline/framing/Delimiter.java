package dev.bowline.framing;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The bytes that end a frame, with what it takes to find them in one pass (Knuth, Morris and Pratt): when a match breaks
 * off after some bytes, {@code fallback} tells how many of these are again a beginning of the delimiter. So no byte is
 * ever looked at again, and a delimiter that overlaps itself ({@code aab} in {@code aaab}) is found where it first ends.
 */
final class Delimiter {
    private static final HexFormat HEX =
            HexFormat.of().withUpperCase().withPrefix("0x").withDelimiter(" ");

    private final byte[] bytes;
    private final int[] fallback;

    Delimiter(byte... bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("A delimiter has at least one byte; this one is empty");
        }
        this.bytes = bytes.clone();
        this.fallback = new int[bytes.length];
        for (int i = 1, matched = 0; i < bytes.length; i++) {
            matched = step(matched, this.bytes[i]);
            fallback[i] = matched;
        }
    }

    int length() {
        return bytes.length;
    }

    byte first() {
        return bytes[0];
    }

    byte last() {
        return bytes[bytes.length - 1];
    }

    byte[] toArray() {
        return bytes.clone();
    }

    /** How many bytes of the delimiter are matched after {@code next}, if {@code matched} of them were before it. */
    int step(int matched, byte next) {
        int candidate = matched;
        while (bytes[candidate] != next) {
            if (candidate == 0) {
                return 0;
            }
            candidate = fallback[candidate - 1];
        }
        return candidate + 1;
    }

    /**
     * Where a receiver of these bytes and the delimiter behind them would see a delimiter begin too early: inside them,
     * or across their end as with {@code ba} before {@code aa}.
     *
     * @return its index, or -1 if the first delimiter is the one behind
     */
    int indexOfEarlyEnd(byte[] frame, int from, int to) {
        int matched = 0;
        for (int at = from; at < to; ) {
            if (matched == 0) {
                int found = ByteSearch.indexOf(first(), frame, at, to);
                if (found < 0) {
                    return -1;
                }
                at = found + 1;
                matched = 1;
            } else {
                matched = step(matched, frame[at++]);
            }
            if (matched == bytes.length) {
                return at - bytes.length;
            }
        }
        for (int i = 0; i < bytes.length - 1 && matched > i; i++) {
            matched = step(matched, bytes[i]);
            if (matched == bytes.length) {
                return to + i + 1 - bytes.length;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Delimiter that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The bytes, as {@code 0x0D 0x0A}. */
    @Override
    public String toString() {
        return HEX.formatHex(bytes);
    }
}
