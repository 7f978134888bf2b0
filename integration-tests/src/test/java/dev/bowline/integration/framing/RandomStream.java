package dev.bowline.integration.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A stream of lines and what is hard about them: delimiters broken off, lines around the limit, commands, raw bytes; in
 * chunks of all sizes. It ends in a delimiter, so that no line is left of which only more bytes could tell whether it is too
 * long. Strings stand for bytes (ISO 8859-1).
 */
record RandomStream(String delimiter, int maxLength, List<String> chunks) {
    private static final String[] DELIMITERS = {"\r\n", "\r\n", "\n", "\0", "END", "aa", "aab", "abab"};

    /** Commands fit, and no delimiter is longer. */
    private static final int SMALLEST_LIMIT = 8;

    static RandomStream of(Random random) {
        String delimiter = DELIMITERS[random.nextInt(DELIMITERS.length)];
        int maxLength = SMALLEST_LIMIT + random.nextInt(random.nextInt(4) == 0 ? 300 : 16);
        StringBuilder stream = new StringBuilder();
        for (int pieces = random.nextInt(20); pieces > 0; pieces--) {
            stream.append(piece(random, delimiter, maxLength));
        }
        return new RandomStream(
                delimiter, maxLength, cut(random, stream.append(delimiter).toString()));
    }

    private static String piece(Random random, String delimiter, int maxLength) {
        return switch (random.nextInt(24)) {
            case 0 -> delimiter;
            case 1, 2 -> delimiter.substring(0, random.nextInt(delimiter.length()));
            case 3 -> "x".repeat(maxLength - 1 + random.nextInt(3)) + delimiter;
            case 4 -> "x".repeat(maxLength) + delimiter.substring(0, random.nextInt(delimiter.length()));
            case 5 -> "pause" + delimiter;
            case 6, 7, 8 -> {
                int length = 1 + random.nextInt(40);
                yield delimiter + "raw " + length + delimiter + text(random, length);
            }
            case 9 -> random.nextInt(4) == 0 ? delimiter + "close" + delimiter : "";
            default -> text(random, random.nextInt(maxLength)) + delimiter;
        };
    }

    private static String text(Random random, int length) {
        String likely = "ab\r\nEND\0";
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            int pick = random.nextInt(12);
            text.append(pick < likely.length() ? likely.charAt(pick) : (char) random.nextInt(256));
        }
        return text.toString();
    }

    private static List<String> cut(Random random, String stream) {
        int longest = switch (random.nextInt(4)) {
            case 0 -> 1;
            case 1 -> 3;
            case 2 -> 40;
            default -> stream.length();
        };
        List<String> chunks = new ArrayList<>();
        for (int from = 0; from < stream.length(); ) {
            int to = Math.min(stream.length(), from + 1 + random.nextInt(longest));
            chunks.add(stream.substring(from, to));
            from = to;
        }
        return chunks;
    }

    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
