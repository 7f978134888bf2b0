package dev.bowline.benchmarks;

import java.util.Random;

/** The lines that go over the wire: printable ASCII, all of one length, no two neighbours alike. */
public final class LineText {
    /** What ends a line on the wire. */
    public static final String END = "\r\n";

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789";

    private LineText() {}

    /**
     * Lines, the same ones at each call.
     *
     * @param length of each, without its end
     */
    public static String[] lines(int length, int count) {
        Random random = new Random(length);
        String[] lines = new String[count];
        for (int n = 0; n < count; n++) {
            StringBuilder line = new StringBuilder(length);
            while (line.length() < length) {
                line.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            lines[n] = line.toString();
        }
        return lines;
    }

    /** How many bytes such a line has on the wire. */
    public static int wireLength(int length) {
        return length + END.length();
    }
}
