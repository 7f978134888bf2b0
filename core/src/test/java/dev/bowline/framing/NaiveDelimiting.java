package dev.bowline.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/**
 * Delimited frames by their definition and in quadratic time, on the whole stream at once: what every decoder and every
 * chunking must agree with. Strings stand for bytes (ISO 8859-1). An event tells how far the stream was taken in.
 */
final class NaiveDelimiting {
    private final String delimiter;
    private final boolean lenient;
    private final int maxLength;

    private NaiveDelimiting(String delimiter, boolean lenient, int maxLength) {
        this.delimiter = delimiter;
        this.lenient = lenient;
        this.maxLength = maxLength;
    }

    static NaiveDelimiting exact(String delimiter, int maxLength) {
        return new NaiveDelimiting(delimiter, false, maxLength);
    }

    static NaiveDelimiting lenient(int maxLength) {
        return new NaiveDelimiting("\n", true, maxLength);
    }

    DelimiterFraming framing() {
        return lenient
                ? DelimiterFraming.lenient(maxLength)
                : new DelimiterFraming(delimiter.getBytes(ISO_8859_1), maxLength);
    }

    List<String> events(String stream) {
        List<String> events = new ArrayList<>();
        int start = 0;
        boolean skipping = false;
        for (int end = 1; end <= stream.length(); end++) {
            String soFar = stream.substring(start, end);
            if (soFar.endsWith(delimiter)) {
                String frame = soFar.substring(0, soFar.length() - delimiter.length());
                if (lenient && frame.endsWith("\r")) {
                    frame = frame.substring(0, frame.length() - 1);
                }
                if (!skipping) {
                    events.add(frame(frame, end));
                }
                skipping = false;
                start = end;
            } else if (!skipping && soFar.length() - undecided(soFar) > maxLength) {
                events.add(tooLong(end));
                skipping = true;
            }
        }
        return events;
    }

    static String frame(String frame, int end) {
        return "frame " + frame + " @" + end;
    }

    static String tooLong(int end) {
        return "too long @" + end;
    }

    private int undecided(String soFar) {
        if (lenient) {
            return soFar.endsWith("\r") ? 1 : 0;
        }
        int most = Math.min(delimiter.length() - 1, soFar.length());
        while (!soFar.endsWith(delimiter.substring(0, most))) {
            most--;
        }
        return most;
    }

    @Override
    public String toString() {
        return (lenient ? "lenient" : delimiter.replace("\r", "CR").replace("\n", "LF")) + ", max " + maxLength;
    }
}
