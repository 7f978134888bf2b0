package dev.bowline.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rule D6 counted. The decoders examine bytes in a method or two of their own and the tail copies in one; here they count,
 * and give up as soon as it is too much. Somebody who goes round them has 10 MB in chunks of one byte against him: what is
 * quadratic does not end within the time.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DecoderCostTest {
    private static final int STREAM = 10_000_000;

    /** What marks the bounds of a frame has no more bytes. */
    private static final int SLACK = 16;

    private long examined;
    private long searches;
    private long copied;

    private void examine(long count) {
        examined += count;
        assertWithin(examined, "examined");
    }

    private static void assertWithin(long count, String what) {
        if (count > 2L * STREAM) {
            throw new AssertionError("more than twice as many bytes " + what + " as there are");
        }
    }

    private final class CountingDelimiters extends DelimiterDecoder {
        CountingDelimiters(Delimiter delimiter, boolean lenient, int maxLength) {
            super(delimiter, lenient, maxLength, new CountingTail(maxLength + SLACK));
        }

        @Override
        int find(byte[] bytes, int from, int to) {
            int found = super.find(bytes, from, to);
            searches++;
            examine((found < 0 ? to : found + 1) - from);
            return found;
        }

        @Override
        byte look(byte[] bytes, int at) {
            examine(1);
            return super.look(bytes, at);
        }
    }

    private final class CountingLengths extends LengthDecoder {
        CountingLengths(LengthNotation notation, int maxLength) {
            super(notation, maxLength, new CountingTail(maxLength + SLACK));
        }

        @Override
        byte look(byte[] bytes, int at) {
            examine(1);
            return super.look(bytes, at);
        }
    }

    private final class CountingTail extends Tail {
        CountingTail(int bound) {
            super(bound);
        }

        @Override
        void copy(byte[] source, int from, byte[] target, int to, int count) {
            copied += count;
            assertWithin(copied, "copied");
            super.copy(source, from, target, to, count);
        }
    }

    static Stream<Arguments> delimited() {
        String line = "x".repeat(62) + "\r\n";
        String aboveASegment = "x".repeat(255) + "\r\n";
        return Stream.of(
                Arguments.of("lines of 64 bytes", "\r\n", line),
                Arguments.of("lines of 64 bytes, lenient", "lenient", line),
                Arguments.of("lines of a segment and one", "\r\n", aboveASegment),
                Arguments.of("empty lines", "\n", "\n"),
                Arguments.of("one long line", "\r\n", "x"),
                Arguments.of("one long line, lenient", "lenient", "x"),
                Arguments.of("carriage returns only", "\r\n", "\r"),
                Arguments.of("carriage returns only, lenient", "lenient", "\r"),
                Arguments.of("carriage returns without line feed", "\r\n", "\rx"),
                Arguments.of("a delimiter that never completes", "aaaaaaab", "a"),
                Arguments.of("a delimiter that breaks off late", "aaaaaaab", "aaaaaaac"),
                Arguments.of("an overlapping delimiter", "aab", "aaaab"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("delimited")
    void d6_everyByteIsExaminedAndCopiedTwiceAtMost(String name, String delimiter, String pattern) {
        byte[] stream = pattern.repeat(STREAM / pattern.length()).getBytes(ISO_8859_1);
        boolean lenient = delimiter.equals("lenient");
        Delimiter used = new Delimiter((lenient ? "\n" : delimiter).getBytes(ISO_8859_1));
        for (int chunk : new int[] {1, 65536}) {
            for (int maxLength : new int[] {40, STREAM}) {
                decode(stream, chunk, new CountingDelimiters(used, lenient, maxLength));
                assertThat(examined)
                        .as("%s, chunks of %d, limit %d: examined", name, chunk, maxLength)
                        .isGreaterThanOrEqualTo(stream.length);
                assertThat(searches).as("searches").isLessThanOrEqualTo(stream.length + stream.length / chunk + 1L);
            }
        }
    }

    static Stream<Arguments> counted() {
        return Stream.of(
                Arguments.of("netstrings", DecimalLength.NETSTRING, 64),
                Arguments.of("netstrings of a segment and one", DecimalLength.NETSTRING, 253),
                Arguments.of("empty netstrings", DecimalLength.NETSTRING, 0),
                Arguments.of("one long netstring", DecimalLength.NETSTRING, STREAM - 10),
                Arguments.of("octet-counted messages", DecimalLength.OCTET_COUNT, 64),
                Arguments.of("octet-counted messages of 1 byte", DecimalLength.OCTET_COUNT, 1),
                Arguments.of("one long octet-counted message", DecimalLength.OCTET_COUNT, STREAM - 9),
                Arguments.of("prefixes of 1 byte", new BinaryLength(1), 64),
                Arguments.of("prefixes of 1 byte, frames empty", new BinaryLength(1), 0),
                Arguments.of("prefixes of 2 bytes", new BinaryLength(2), 254),
                Arguments.of("prefixes of 4 bytes", new BinaryLength(4), 64),
                Arguments.of("one long frame behind 4 bytes", new BinaryLength(4), STREAM - 4));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("counted")
    void d6_everyByteOfAFrameThatFollowsItsLengthIsExaminedAndCopiedTwiceAtMost(
            String name, LengthNotation notation, int length) {
        int framed = notation.width(length) + length + notation.trailerLength();
        ByteBuffer stream = ByteBuffer.allocate(STREAM / framed * framed);
        while (stream.hasRemaining()) {
            notation.write(length, stream, stream.position());
            stream.position(stream.position() + notation.width(length) + length);
            notation.writeTrailer(stream);
        }
        long markers = (long) (framed - length) * (STREAM / framed);
        for (int chunk : new int[] {1, 65536}) {
            for (int maxLength : new int[] {40, STREAM}) {
                int frames = decode(stream.array(), chunk, new CountingLengths(notation, maxLength));
                assertThat(examined)
                        .as("%s, chunks of %d, limit %d: examined", name, chunk, maxLength)
                        .isEqualTo(markers);
                assertThat(frames).isEqualTo(length > maxLength ? 0 : STREAM / framed);
            }
        }
    }

    /** Decodes all, counting anew; returns how many frames there were. */
    private int decode(byte[] stream, int chunkLength, Decoder decoder) {
        examined = 0;
        searches = 0;
        copied = 0;
        int frames = 0;
        ByteBuffer all = ByteBuffer.wrap(stream);
        for (int from = 0; from < stream.length; from += chunkLength) {
            all.limit(Math.min(stream.length, from + chunkLength)).position(from);
            for (Decoder.Step step = decoder.decode(all); step != Decoder.Step.UNDERFLOW; step = decoder.decode(all)) {
                frames += step == Decoder.Step.FRAME ? 1 : 0;
            }
        }
        return frames;
    }
}
