package dev.bowline.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Every decoder against its definition, for whatever bytes a fuzzer comes up with: in one chunk, byte by byte and cut at
 * random it finds the same (rule D1), it throws nothing but what it documents (rule D7), and what it holds of a frame
 * begun is what arrived, within the limit.
 *
 * <p>The first bytes of an input are the limit and the seed of the cuts, with delimiters then their length and bytes; the
 * rest is the stream. As a plain test it runs the inputs among the test resources; CONTRIBUTING says how to look for more.
 */
class DecoderFuzzTest {
    /** The definitions take quadratic time. */
    private static final int LONGEST_STREAM = 2048;

    /** What marks a frame's bounds and is held with it: a delimiter but its last byte, a length of up to three digits. */
    private static final int LONGEST_MARK = 4;

    @FuzzTest
    void delimiters(byte[] input) {
        Input read = new Input(input);
        byte[] delimiter = read.bytes(1 + read.next() % LONGEST_MARK);
        if (delimiter.length > 0) {
            check(NaiveDelimiting.exact(new String(delimiter, ISO_8859_1), read.limit), read);
        }
    }

    @FuzzTest
    void lenientLines(byte[] input) {
        Input read = new Input(input);
        check(NaiveDelimiting.lenient(read.limit), read);
    }

    @FuzzTest
    void netstrings(byte[] input) {
        Input read = new Input(input);
        check(NaiveLengths.netstrings(read.limit), read);
    }

    @FuzzTest
    void octetCounts(byte[] input) {
        Input read = new Input(input);
        check(NaiveLengths.octetCounts(read.limit), read);
    }

    @FuzzTest
    void prefixes(byte[] input) {
        Input read = new Input(input);
        int[] widths = {1, 2, 4};
        check(NaiveLengths.prefixes(widths[read.next() % widths.length], Math.min(read.limit, 255)), read);
    }

    private static void check(NaiveFraming oracle, Input input) {
        String stream = new String(input.bytes(LONGEST_STREAM), ISO_8859_1);
        List<String> expected = oracle.events(stream);
        int[] cuts = input.cuts(stream.length());
        assertThat(ChunkFeeder.events(oracle.framing(), stream))
                .as("in one chunk")
                .isEqualTo(expected);
        assertThat(ChunkFeeder.events(
                        oracle.framing(),
                        stream,
                        IntStream.range(1, stream.length()).toArray()))
                .as("byte by byte")
                .isEqualTo(expected);
        assertThat(ChunkFeeder.events(oracle.framing(), stream, cuts))
                .as("cut at %s", Arrays.toString(cuts))
                .isEqualTo(expected);
        for (int cut : cuts) {
            checkHeld(oracle.framing(), stream.substring(0, cut), cut / 2);
        }
    }

    private static void checkHeld(Framing framing, String arrived, int cut) {
        Decoder decoder = framing.newDecoder();
        ChunkFeeder feeder = new ChunkFeeder(decoder);
        feeder.feed(arrived.substring(0, cut));
        feeder.feed(arrived.substring(cut));
        String held = ChunkFeeder.text(decoder.release());
        assertThat(arrived).endsWith(held);
        assertThat(held.length()).isLessThanOrEqualTo(framing.maxLength() + LONGEST_MARK);
    }

    /** An input, read from its beginning; what is missing is 0. */
    private static final class Input {
        private final byte[] bytes;
        private int at;
        private final int limit;
        private final int seed;

        Input(byte[] bytes) {
            this.bytes = bytes;
            this.limit = next() + 1;
            this.seed = next();
        }

        int next() {
            return at < bytes.length ? bytes[at++] & 0xFF : 0;
        }

        byte[] bytes(int most) {
            int from = at;
            at = Math.min(bytes.length, at + most);
            return Arrays.copyOfRange(bytes, from, at);
        }

        int[] cuts(int length) {
            Random random = new Random(seed);
            return random.ints(1 + random.nextInt(6), 0, length + 1).sorted().toArray();
        }
    }
}
