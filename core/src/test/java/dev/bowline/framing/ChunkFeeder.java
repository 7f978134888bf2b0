package dev.bowline.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Feeds a decoder as an engine would, and as nastily as one may: each chunk lies in the middle of an array, between
 * bytes that a decoder must not look at, and is overwritten as soon as it was taken in. An event tells how far the stream
 * was taken in. Strings stand for bytes (ISO 8859-1).
 */
final class ChunkFeeder {
    private static final byte[] AROUND = "\n\r\naab".getBytes(ISO_8859_1);

    private final Decoder decoder;
    private final List<String> events = new ArrayList<>();
    private int fed;
    private boolean over;

    ChunkFeeder(Decoder decoder) {
        this.decoder = decoder;
    }

    /** The events of a stream that arrives in chunks which begin at these indices, besides 0. */
    static List<String> events(Framing framing, String stream, int... cuts) {
        ChunkFeeder feeder = new ChunkFeeder(framing.newDecoder());
        int from = 0;
        for (int cut : cuts) {
            feeder.feed(stream.substring(from, cut));
            from = cut;
        }
        feeder.feed(stream.substring(from));
        return feeder.events;
    }

    List<String> events() {
        return events;
    }

    /** After what is malformed nothing more is fed. */
    void feed(String chunk) {
        if (over) {
            return;
        }
        byte[] array = new byte[2 * AROUND.length + chunk.length()];
        System.arraycopy(AROUND, 0, array, 0, AROUND.length);
        System.arraycopy(chunk.getBytes(ISO_8859_1), 0, array, AROUND.length, chunk.length());
        System.arraycopy(AROUND, 0, array, AROUND.length + chunk.length(), AROUND.length);
        ByteBuffer data = ByteBuffer.wrap(array, 2, array.length - 2).slice();
        data.limit(AROUND.length - 2 + chunk.length()).position(AROUND.length - 2);

        try {
            take(data, fed - data.position());
        } catch (MalformedFrameException e) {
            events.add(malformed(e.getMessage()));
            over = true;
        }
        fed += chunk.length();
        Arrays.fill(array, (byte) '!');
    }

    private void take(ByteBuffer data, int before) {
        for (Decoder.Step step = decoder.decode(data); step != Decoder.Step.UNDERFLOW; step = decoder.decode(data)) {
            int end = before + data.position();
            events.add(step == Decoder.Step.FRAME ? frame(text(decoder.frame()), end) : tooLong(end));
        }
        if (data.hasRemaining()) {
            throw new AssertionError("UNDERFLOW although " + data.remaining() + " bytes are left");
        }
    }

    static String frame(String frame, int end) {
        return "frame " + frame + " @" + end;
    }

    static String tooLong(int end) {
        return "too long @" + end;
    }

    static String malformed(String message) {
        return "malformed: " + message;
    }

    static String text(ByteBuffer bytes) {
        return new String(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining(), ISO_8859_1);
    }
}
