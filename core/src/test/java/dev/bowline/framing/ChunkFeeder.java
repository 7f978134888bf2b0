package dev.bowline.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Feeds a decoder as an engine would, and as nastily as one may: each chunk lies in the middle of an array, between
 * bytes that a decoder must not look at, and is overwritten as soon as it was taken in.
 */
final class ChunkFeeder {
    private static final byte[] AROUND = "\n\r\naab".getBytes(ISO_8859_1);

    private final Decoder decoder;
    private final List<String> events = new ArrayList<>();
    private int fed;

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

    void feed(String chunk) {
        byte[] array = new byte[2 * AROUND.length + chunk.length()];
        System.arraycopy(AROUND, 0, array, 0, AROUND.length);
        System.arraycopy(chunk.getBytes(ISO_8859_1), 0, array, AROUND.length, chunk.length());
        System.arraycopy(AROUND, 0, array, AROUND.length + chunk.length(), AROUND.length);
        ByteBuffer data = ByteBuffer.wrap(array, 2, array.length - 2).slice();
        data.limit(AROUND.length - 2 + chunk.length()).position(AROUND.length - 2);

        int before = fed - data.position();
        for (Decoder.Step step = decoder.decode(data); step != Decoder.Step.UNDERFLOW; step = decoder.decode(data)) {
            int end = before + data.position();
            events.add(
                    step == Decoder.Step.FRAME
                            ? NaiveDelimiting.frame(text(decoder.frame()), end)
                            : NaiveDelimiting.tooLong(end));
        }
        if (data.hasRemaining()) {
            throw new AssertionError("UNDERFLOW although " + data.remaining() + " bytes are left");
        }
        fed += chunk.length();
        Arrays.fill(array, (byte) '!');
    }

    static String text(ByteBuffer bytes) {
        return new String(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining(), ISO_8859_1);
    }
}
