package dev.bowline.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames behind their length, by their definition and in quadratic time, on the whole stream at once. Of a length, every
 * beginning is looked at anew.
 */
final class NaiveLengths implements NaiveFraming {
    private enum Kind {
        NETSTRING("A netstring", ":", "a colon", "(0|[1-9][0-9]{0,17})?", "a digit from 0 to 9", ","),
        OCTET_COUNT("An octet-counted message", " ", "a space", "([1-9][0-9]{0,17})?", "a digit from 1 to 9", ""),
        PREFIX("", "", "", "", "", "");

        private final String what;
        private final String end;
        private final String endInWords;
        private final String beginnings;
        private final String first;
        private final String trailer;

        Kind(String what, String end, String endInWords, String beginnings, String first, String trailer) {
            this.what = what;
            this.end = end;
            this.endInWords = endInWords;
            this.beginnings = beginnings;
            this.first = first;
            this.trailer = trailer;
        }
    }

    private final Kind kind;
    private final int width;
    private final int maxLength;
    private final Framing framing;

    private NaiveLengths(Kind kind, int width, int maxLength, Framing framing) {
        this.kind = kind;
        this.width = width;
        this.maxLength = maxLength;
        this.framing = framing;
    }

    static NaiveLengths netstrings(int maxLength) {
        return new NaiveLengths(Kind.NETSTRING, 0, maxLength, new NetstringFraming().withMaxLength(maxLength));
    }

    static NaiveLengths octetCounts(int maxLength) {
        return new NaiveLengths(Kind.OCTET_COUNT, 0, maxLength, new OctetCountingFraming().withMaxLength(maxLength));
    }

    static NaiveLengths prefixes(int width, int maxLength) {
        return new NaiveLengths(Kind.PREFIX, width, maxLength, new LengthPrefixFraming(width).withMaxLength(maxLength));
    }

    @Override
    public Framing framing() {
        return framing;
    }

    @Override
    public List<String> events(String stream) {
        List<String> events = new ArrayList<>();
        int start = 0;
        while (start >= 0) {
            start = next(stream, start, events);
        }
        return events;
    }

    /** Adds what becomes of the frame that begins there; returns where the next one begins, or -1. */
    private int next(String stream, int start, List<String> events) {
        boolean tooLong = false;
        for (int end = start + 1; end <= stream.length(); end++) {
            String header = stream.substring(start, end);
            String wrong = whatIsWrong(header);
            if (wrong != null) {
                events.add(malformed(header, wrong));
                return -1;
            }
            BigInteger length = value(header);
            if (!tooLong && length.compareTo(BigInteger.valueOf(maxLength)) > 0) {
                events.add(ChunkFeeder.tooLong(end));
                tooLong = true;
            }
            if (isComplete(header)) {
                return behind(stream, header, length, end, tooLong, events);
            }
        }
        return -1;
    }

    private int behind(
            String stream, String header, BigInteger length, int content, boolean tooLong, List<String> events) {
        BigInteger behind = length.add(BigInteger.valueOf(content));
        BigInteger next = behind.add(BigInteger.valueOf(kind.trailer.length()));
        if (next.compareTo(BigInteger.valueOf(stream.length())) > 0) {
            return -1;
        }
        String frame = stream.substring(content, behind.intValue());
        String upToTrailer = header + frame + stream.substring(behind.intValue(), next.intValue());
        if (!upToTrailer.endsWith(kind.trailer)) {
            events.add(malformed(upToTrailer, "the comma behind it must be"));
            return -1;
        }
        if (!tooLong) {
            events.add(ChunkFeeder.frame(frame, next.intValue()));
        }
        return next.intValue();
    }

    private boolean isComplete(String header) {
        return kind == Kind.PREFIX ? header.length() == width : header.endsWith(kind.end);
    }

    private BigInteger value(String header) {
        if (kind == Kind.PREFIX) {
            return new BigInteger(1, header.getBytes(ISO_8859_1));
        }
        return new BigInteger(header.replace(kind.end, ""));
    }

    /** What must be where the last byte is instead, or null if it may be there. */
    private String whatIsWrong(String header) {
        String digits = header.substring(0, header.length() - 1);
        if (kind == Kind.PREFIX
                || header.matches(kind.beginnings)
                || (!digits.isEmpty() && header.endsWith(kind.end))) {
            return null;
        }
        if (digits.isEmpty()) {
            return kind.first + " must be";
        }
        if (digits.equals("0")) {
            return kind.endInWords + " must be, as a length has no leading zeros";
        }
        return Character.isDigit(header.charAt(header.length() - 1))
                ? kind.endInWords + " must be, after 18 digits at most"
                : "a digit or " + kind.endInWords + " must be";
    }

    /** The last byte of these is wrong. */
    private String malformed(String bytes, String due) {
        int at = bytes.length() - 1;
        return ChunkFeeder.malformed(
                String.format("%s has 0x%02X at byte offset %d, where %s", kind.what, (int) bytes.charAt(at), at, due));
    }

    @Override
    public String toString() {
        return (kind == Kind.PREFIX ? "prefix of " + width : kind.what) + ", max " + maxLength;
    }
}
