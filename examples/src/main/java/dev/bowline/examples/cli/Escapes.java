package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.Locale;

/**
 * Bytes as text that a terminal does nothing with but print it, and back. Printable characters stand for themselves;
 * what is left of the bytes becomes <code>\r</code>, <code>\n</code>, <code>\t</code> or <code>\x1b</code>, and a
 * backslash becomes two: so what is shown is exact, and is read as the same bytes again.
 *
 * <p>Not printable are control characters, C1 included, those that only format, which could turn the direction of a line
 * or hide in it, and what is not UTF-8.
 */
final class Escapes {
    private static final int BACKSLASH = '\\';

    private Escapes() {}

    /** The bytes from position to limit, as text. */
    static String show(ByteBuffer bytes) {
        return show(bytes, true);
    }

    /** A text, in the same way. */
    static String show(String text) {
        return show(UTF_8.encode(text), true);
    }

    /** A sentence of our own, with whatever is quoted in it: as harmless, but a backslash is one. */
    static String sentence(String text) {
        return show(UTF_8.encode(text), false);
    }

    private static String show(ByteBuffer bytes, boolean exact) {
        StringBuilder text = new StringBuilder(bytes.remaining() + 16);
        CharsetDecoder decoder = UTF_8.newDecoder();
        CharBuffer character = CharBuffer.allocate(2);
        int at = bytes.position();
        while (at < bytes.limit()) {
            int length = sequenceLength(bytes.get(at));
            ByteBuffer sequence = bytes.slice(at, Math.min(length, bytes.limit() - at));
            decoder.reset();
            boolean wellFormed =
                    !decoder.decode(sequence, character.clear(), true).isError();
            if (wellFormed && isPrintable(Character.codePointAt(character.flip(), 0), exact)) {
                text.append(character);
            } else {
                // Of what is malformed, one byte: the next may begin a character.
                length = wellFormed ? length : 1;
                for (int i = at; i < at + length; i++) {
                    escape(bytes.get(i) & 0xff, text);
                }
            }
            at += length;
        }
        return text.toString();
    }

    /** How many bytes the character has that begins with this one, if it is well-formed. */
    private static int sequenceLength(byte first) {
        int ones = Integer.numberOfLeadingZeros(~first << 24);
        return ones < 2 || ones > 4 ? 1 : ones;
    }

    private static boolean isPrintable(int character, boolean exact) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> !exact || character != BACKSLASH;
        };
    }

    private static void escape(int octet, StringBuilder text) {
        switch (octet) {
            case '\r' -> text.append("\\r");
            case '\n' -> text.append("\\n");
            case '\t' -> text.append("\\t");
            case BACKSLASH -> text.append("\\\\");
            default -> text.append(String.format(Locale.ROOT, "\\x%02x", octet));
        }
    }

    /** A text has a backslash with nothing behind it that is known. The message is a sentence for users. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(String sentence) {
            super(sentence);
        }
    }

    /** The bytes that a text with escapes stands for, UTF-8 where it has none. */
    static byte[] read(String text) throws MalformedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int at = 0;
        while (at < text.length()) {
            int next = text.indexOf(BACKSLASH, at);
            int end = next < 0 ? text.length() : next;
            bytes.writeBytes(text.substring(at, end).getBytes(UTF_8));
            at = next < 0 ? end : end + readEscape(text, end, bytes);
        }
        return bytes.toByteArray();
    }

    /** Returns how many characters it has. */
    private static int readEscape(String text, int at, ByteArrayOutputStream bytes) throws MalformedException {
        char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        switch (kind) {
            case 'r' -> bytes.write('\r');
            case 'n' -> bytes.write('\n');
            case 't' -> bytes.write('\t');
            case BACKSLASH -> bytes.write(BACKSLASH);
            case 'x' -> {
                bytes.write(hex(text, at));
                return 4;
            }
            default ->
                throw new MalformedException("the backslash at character " + (at + 1)
                        + " begins none of \\r, \\n, \\t, \\\\ and \\x with two hexadecimal digits");
        }
        return 2;
    }

    private static int hex(String text, int at) throws MalformedException {
        int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
        int low = at + 3 < text.length() ? Character.digit(text.charAt(at + 3), 16) : -1;
        if (high < 0 || low < 0) {
            throw new MalformedException(
                    "the \\x at character " + (at + 1) + " is not followed by two hexadecimal digits");
        }
        return high << 4 | low;
    }
}
