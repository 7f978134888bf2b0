package dev.bowline.line;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What is known of ASCII: the charset that nearly all others begin with. */
final class Ascii {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** All of its characters, in order. */
    private static final byte[] ALL = new byte[128];

    static {
        for (int at = 0; at < ALL.length; at++) {
            ALL[at] = (byte) at;
        }
    }

    private Ascii() {}

    /** Whether its characters are the same bytes in a charset: in UTF-8 and most others, not in UTF-16 or EBCDIC. */
    static boolean isItselfIn(Charset charset) {
        return Arrays.equals(new String(ALL, StandardCharsets.US_ASCII).getBytes(charset), ALL);
    }

    /** Whether bytes from {@code from} (inclusive) to {@code to} (exclusive) are ASCII. */
    static boolean isAll(byte[] bytes, int from, int to) {
        long seen = 0;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            seen |= (long) WORDS.get(bytes, at);
        }
        for (; at < to; at++) {
            seen |= bytes[at];
        }
        return (seen & HIGH_BITS) == 0;
    }
}
