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
 * Rule D6 counted. The decoder examines bytes in two methods and the tail copies in one; here they count, and give up as
 * soon as it is too much. Somebody who goes round them has 10 MB in chunks of one byte against him: what is quadratic does
 * not end within the time.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DelimiterDecoderCostTest {
    private static final int STREAM = 10_000_000;

    private long examined;
    private long searches;
    private long copied;

    private static void assertWithin(long count, String what) {
        if (count > 2L * STREAM) {
            throw new AssertionError("more than twice as many bytes " + what + " as there are");
        }
    }

    private final class CountingDecoder extends DelimiterDecoder {
        CountingDecoder(Delimiter delimiter, boolean lenient, int maxLength) {
            super(delimiter, lenient, maxLength, new CountingTail(maxLength + 16));
        }

        @Override
        int find(byte[] bytes, int from, int to) {
            int found = super.find(bytes, from, to);
            searches++;
            examined += (found < 0 ? to : found + 1) - from;
            assertWithin(examined, "examined");
            return found;
        }

        @Override
        byte look(byte[] bytes, int at) {
            examined++;
            assertWithin(examined, "examined");
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

    static Stream<Arguments> streams() {
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
    @MethodSource("streams")
    void d6_everyByteIsExaminedAndCopiedTwiceAtMost(String name, String delimiter, String pattern) throws Exception {
        byte[] stream = pattern.repeat(STREAM / pattern.length()).getBytes(ISO_8859_1);
        for (int chunk : new int[] {1, 65536}) {
            for (int maxLength : new int[] {40, STREAM}) {
                examined = 0;
                searches = 0;
                copied = 0;
                decode(stream, chunk, decoder(delimiter, maxLength));
                assertThat(examined)
                        .as("%s, chunks of %d, limit %d: examined", name, chunk, maxLength)
                        .isGreaterThanOrEqualTo(stream.length);
                assertThat(searches).as("searches").isLessThanOrEqualTo(stream.length + stream.length / chunk + 1L);
            }
        }
    }

    private Decoder decoder(String delimiter, int maxLength) {
        boolean lenient = delimiter.equals("lenient");
        byte[] bytes = (lenient ? "\n" : delimiter).getBytes(ISO_8859_1);
        return new CountingDecoder(new Delimiter(bytes), lenient, maxLength);
    }

    private static void decode(byte[] stream, int chunkLength, Decoder decoder) throws Exception {
        ByteBuffer all = ByteBuffer.wrap(stream);
        for (int from = 0; from < stream.length; from += chunkLength) {
            all.limit(Math.min(stream.length, from + chunkLength)).position(from);
            while (decoder.decode(all) != Decoder.Step.UNDERFLOW) {
                // Only the cost is of interest here.
            }
        }
    }
}
