package dev.bowline.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/**
 * Delimited frames by their definition and in quadratic time, on the whole stream at once: what every decoder and every
 * chunking must agree with.
 */
final class NaiveDelimiting implements NaiveFraming {
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

    @Override
    public DelimiterFraming framing() {
        return lenient
                ? DelimiterFraming.lenient(maxLength)
                : new DelimiterFraming(delimiter.getBytes(ISO_8859_1), maxLength);
    }

    @Override
    public List<String> events(String stream) {
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
                    events.add(ChunkFeeder.frame(frame, end));
                }
                skipping = false;
                start = end;
            } else if (!skipping && soFar.length() - undecided(soFar) > maxLength) {
                events.add(ChunkFeeder.tooLong(end));
                skipping = true;
            }
        }
        return events;
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
