package dev.bowline.internal.tls;

import java.nio.ByteBuffer;
import java.util.Objects;

/** Text from elsewhere as it may stand in a sentence and in a log: short, on one line, nothing in it that a terminal obeys. */
public final class Printable {
    /** Enough for a greeting's first words. */
    private static final int MOST_BYTES = 40;

    /** A name in a certificate may be as long as its sender likes. */
    private static final int MOST_CHARACTERS = 200;

    private Printable() {}

    /** The first line of some bytes, in quotes; their position does not move. */
    static String excerpt(ByteBuffer bytes) {
        StringBuilder line = new StringBuilder("\"");
        int shown = 0;
        while (shown < bytes.remaining() && shown < MOST_BYTES && !isLineEnd(bytes, shown)) {
            char c = (char) Byte.toUnsignedInt(bytes.get(bytes.position() + shown));
            append(line, c, isPrintableAscii(c));
            shown++;
        }
        return line.append(shown == MOST_BYTES && shown < bytes.remaining() ? "...\"" : "\"")
                .toString();
    }

    /** At the very start a line end is shown: there is nothing else to show. */
    private static boolean isLineEnd(ByteBuffer bytes, int index) {
        byte b = bytes.get(bytes.position() + index);
        return index > 0 && (b == '\r' || b == '\n');
    }

    /** Text with all escaped but letters, digits and what ASCII has. */
    public static String text(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < MOST_CHARACTERS; i++) {
            char c = text.charAt(i);
            append(shown, c, isPrintableAscii(c) || Character.isLetterOrDigit(c));
        }
        return text.length() > MOST_CHARACTERS ? shown.append("...").toString() : shown.toString();
    }

    private static boolean isPrintableAscii(char c) {
        return c >= ' ' && c <= '~';
    }

    private static void append(StringBuilder to, char c, boolean asItIs) {
        switch (c) {
            case '\r' -> to.append("\\r");
            case '\n' -> to.append("\\n");
            case '\t' -> to.append("\\t");
            default ->
                to.append(asItIs ? String.valueOf(c) : String.format(c <= 0xff ? "\\x%02x" : "\\u%04x", (int) c));
        }
    }

    /** What an exception has to say; its class where it says nothing. */
    static String message(Throwable thrown) {
        return text(Objects.requireNonNullElse(
                thrown.getMessage(), thrown.getClass().getSimpleName()));
    }
}
