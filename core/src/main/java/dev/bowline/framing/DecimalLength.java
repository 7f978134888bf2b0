package dev.bowline.framing;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A length in ASCII digits, without leading zeros, up to a byte that is no digit. */
enum DecimalLength implements LengthNotation {
    /** {@code 5:hello,} */
    NETSTRING("A netstring", ':', "a colon", '0') {
        @Override
        public int trailerLength() {
            return 1;
        }

        @Override
        public void readTrailer(byte next, long offset) {
            if (next != COMMA) {
                throw unexpected(next, offset, "the comma behind it must be");
            }
        }

        @Override
        public void writeTrailer(ByteBuffer target) {
            target.put(COMMA);
        }
    },

    /** {@code 5 hello}; a length of 0 does not occur. */
    OCTET_COUNT("An octet-counted message", ' ', "a space", '1');

    private static final byte COMMA = ',';

    /** Any number of so many digits fits into a long. */
    private static final int MOST_DIGITS = 18;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final String what;
    private final byte end;
    private final String endInWords;
    private final byte lowestFirstDigit;

    DecimalLength(String what, char end, String endInWords, char lowestFirstDigit) {
        this.what = what;
        this.end = (byte) end;
        this.endInWords = endInWords;
        this.lowestFirstDigit = (byte) lowestFirstDigit;
    }

    @Override
    public long read(long length, int index, byte next) {
        if (index == 0) {
            if (next < lowestFirstDigit || next > '9') {
                throw unexpected(next, index, "a digit from " + (char) lowestFirstDigit + " to 9 must be");
            }
        } else if (next == end) {
            return ~length;
        } else if (length == 0) {
            throw unexpected(next, index, endInWords + " must be, as a length has no leading zeros");
        } else if (next < '0' || next > '9') {
            throw unexpected(next, index, "a digit or " + endInWords + " must be");
        } else if (index == MOST_DIGITS) {
            throw unexpected(next, index, endInWords + " must be, after " + MOST_DIGITS + " digits at most");
        }
        return length * 10 + (next - '0');
    }

    MalformedFrameException unexpected(byte found, long offset, String due) {
        return new MalformedFrameException(
                what + " has 0x" + HEX.toHexDigits(found) + " at byte offset " + offset + ", where " + due);
    }

    @Override
    public int width(int length) {
        int width = 2;
        for (int rest = length; rest >= 10; rest /= 10) {
            width++;
        }
        return width;
    }

    @Override
    public void write(int length, ByteBuffer target, int at) {
        int index = at + width(length) - 1;
        target.put(index, end);
        int rest = length;
        do {
            target.put(--index, (byte) ('0' + rest % 10));
            rest /= 10;
        } while (rest > 0);
    }
}
