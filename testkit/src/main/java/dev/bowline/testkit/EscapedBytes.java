package dev.bowline.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Bytes as a sentence shows them: printable ASCII as it is, the rest escaped, and of many those around one offset. */
final class EscapedBytes {
    /** So many are shown. */
    static final int SHOWN = 80;

    private EscapedBytes() {}

    /** Those at the beginning. */
    static String of(byte[] bytes) {
        return around(bytes, 0);
    }

    /** Those around an offset: half of what is shown lies before it, where there is as much. */
    static String around(byte[] bytes, int offset) {
        int from = Math.max(0, Math.min(offset - SHOWN / 2, bytes.length - SHOWN));
        int to = Math.min(bytes.length, from + SHOWN);
        StringBuilder text = new StringBuilder().append('"');
        text.append(from > 0 ? "…" : "");
        for (int i = from; i < to; i++) {
            text.append(escaped(bytes[i]));
        }
        text.append(to < bytes.length ? "…" : "").append('"');
        return text + (from > 0 || to < bytes.length ? " (" + from + " to " + to + " of " + bytes.length + ")" : "");
    }

    private static String escaped(byte value) {
        return switch (value) {
            case '\r' -> "\\r";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            default ->
                value >= 0x20 && value < 0x7f
                        ? new String(new byte[] {value}, ISO_8859_1)
                        : String.format("\\x%02x", value);
        };
    }
}
