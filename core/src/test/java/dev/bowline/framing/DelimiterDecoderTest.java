package dev.bowline.framing;

import static dev.bowline.framing.ChunkFeeder.frame;
import static dev.bowline.framing.ChunkFeeder.tooLong;
import static dev.bowline.framing.NaiveDelimiting.exact;
import static dev.bowline.framing.NaiveDelimiting.lenient;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DelimiterDecoderTest {
    private static final byte[] CRLF = "\r\n".getBytes(US_ASCII);

    static Stream<Arguments> streams() {
        String words = "one\r\n\r\n\r\r\n\n\n\rtwo\r\nthree, with a tail that is longer than any word\r\nrest\r";
        String overlapping = "aaabaaaabaababaabaaab--aa--ababab-abab--abaababaab";
        String long16 = "0123456789abcdef\r\n0123456789abcdefg\r\n\r\n0123456789abcdef\r0123456789abcdef\r\r\nxy\r\n";
        return Stream.of(
                Arguments.of(exact("\r\n", 16384), words),
                Arguments.of(exact("\n", 16384), words),
                Arguments.of(exact("\r", 16384), words),
                Arguments.of(lenient(16384), words),
                Arguments.of(exact("END", 16384), "aENDbENDENDENENDEENDEEENDcENDE"),
                Arguments.of(exact("aa", 16384), overlapping),
                Arguments.of(exact("aab", 16384), overlapping),
                Arguments.of(exact("aba", 16384), overlapping),
                Arguments.of(exact("abab", 16384), overlapping),
                Arguments.of(exact("aab", 3), overlapping),
                Arguments.of(exact("abab", 1), overlapping),
                Arguments.of(exact("\r\n", 16), long16),
                Arguments.of(exact("\n", 16), long16),
                Arguments.of(lenient(16), long16),
                Arguments.of(lenient(1), words),
                Arguments.of(exact("\r\n", 1), words));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void d1_everySplitGivesTheSameFrames(NaiveDelimiting oracle, String stream) {
        for (int first = 0; first <= stream.length(); first++) {
            for (int second = first; second <= stream.length(); second++) {
                assertThat(ChunkFeeder.events(oracle.framing(), stream, first, second))
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(oracle.events(stream));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void d1_bytesOneByOneGiveTheSameFrames(NaiveDelimiting oracle, String stream) {
        int[] everywhere = IntStream.range(1, stream.length()).toArray();
        assertThat(ChunkFeeder.events(oracle.framing(), stream, everywhere)).isEqualTo(oracle.events(stream));
    }

    @Test
    void d1_randomStreamsInRandomChunksAgreeWithTheDefinition() {
        Random random = new Random(20261122);
        String[] delimiters = {"\r\n", "\n", "a", "ab", "aa", "aab", "aba", "abab", "aabaa", "\r\r\n", "aaaaaaaab"};
        for (int round = 0; round < 30_000; round++) {
            int maxLength = 1 + random.nextInt(round % 3 == 0 ? 300 : 12);
            int which = random.nextInt(delimiters.length + 2);
            NaiveDelimiting oracle =
                    which < delimiters.length ? exact(delimiters[which], maxLength) : lenient(maxLength);
            String stream = randomStream(random, round % 10 == 0 ? 500 : 50);
            int[] cuts = random.ints(random.nextInt(8), 0, stream.length() + 1)
                    .sorted()
                    .toArray();
            assertThat(ChunkFeeder.events(oracle.framing(), stream, cuts))
                    .as("round %d: %s, cut at %s", round, oracle, Arrays.toString(cuts))
                    .isEqualTo(oracle.events(stream));
        }
    }

    /** Long runs of one byte let the search take whole words; the bytes of delimiters come near each other. */
    private static String randomStream(Random random, int longest) {
        String alphabet = "aaab\r\n\n\u008d\u008a\u000b";
        StringBuilder stream = new StringBuilder();
        int length = random.nextInt(longest + 1);
        while (stream.length() < length) {
            stream.append(alphabet.charAt(random.nextInt(alphabet.length())));
            if (random.nextInt(6) == 0) {
                stream.append("x".repeat(random.nextInt(40)));
            }
        }
        return stream.toString();
    }

    @Test
    void d1_framesAreExactlyWhatTheDelimiterSays() {
        assertThat(ChunkFeeder.events(exact("\r\n", 99).framing(), "hello\r\n\r\na\r\r\nb\nc\r"))
                .containsExactly(frame("hello", 7), frame("", 9), frame("a\r", 13));
        assertThat(ChunkFeeder.events(lenient(99).framing(), "a\r\nb\nc\r\r\n\n\r\n\rd\n"))
                .containsExactly(
                        frame("a", 3), frame("b", 5), frame("c\r", 9), frame("", 10), frame("", 12), frame("\rd", 15));
        assertThat(ChunkFeeder.events(exact("aa", 99).framing(), "aaabaa"))
                .containsExactly(frame("", 2), frame("ab", 6));
        assertThat(ChunkFeeder.events(exact("aab", 99).framing(), "aaab")).containsExactly(frame("a", 4));
    }

    @Test
    void d2_limitCountsTheFrameAloneWhereverTheDelimiterIsCut() {
        limitCountsTheFrameAlone(exact("\r\n", 40), "\r\n");
        limitCountsTheFrameAlone(exact("\n", 40), "\n");
        limitCountsTheFrameAlone(exact("--end--", 40), "--end--");
        limitCountsTheFrameAlone(lenient(40), "\r\n");
        limitCountsTheFrameAlone(lenient(40), "\n");
    }

    private static void limitCountsTheFrameAlone(NaiveDelimiting oracle, String delimiter) {
        for (int length = 39; length <= 41; length++) {
            String stream = "x".repeat(length) + delimiter;
            for (int cut = 0; cut <= stream.length(); cut++) {
                assertThat(ChunkFeeder.events(oracle.framing(), stream, cut))
                        .as("%s, frame of %d, cut at %d", oracle, length, cut)
                        .containsExactly(length > 40 ? tooLong(41) : frame("x".repeat(length), stream.length()));
            }
        }
    }

    @Test
    void d2_aBeginningOfTheDelimiterIsNotCountedUntilItBreaksOff() {
        assertThat(ChunkFeeder.events(exact("\r\n", 4).framing(), "xxxx\r")).isEmpty();
        assertThat(ChunkFeeder.events(exact("\r\n", 4).framing(), "xxxx\r", 5)).isEmpty();
        assertThat(ChunkFeeder.events(exact("\r\n", 4).framing(), "xxxx\r\r\n")).containsExactly(tooLong(6));
        assertThat(ChunkFeeder.events(lenient(4).framing(), "xxxx\r\r\n", 5)).containsExactly(tooLong(6));
        assertThat(ChunkFeeder.events(exact("aab", 1).framing(), "aaab")).containsExactly(frame("a", 4));
        assertThat(ChunkFeeder.events(exact("aab", 1).framing(), "aaaab")).containsExactly(tooLong(4));
    }

    @Test
    void d2_tooLongOnceThenOnBehindTheNextDelimiter() {
        String stream = "x".repeat(100) + "\r\nok\r\n" + "y".repeat(5) + "\r\nfine\r\n";
        assertThat(ChunkFeeder.events(exact("\r\n", 4).framing(), stream, 50, 101))
                .containsExactly(tooLong(5), frame("ok", 106), tooLong(111), frame("fine", 119));
    }

    @Test
    void d2_theDelimiterMayBeginInTheBytesThatMadeTheFrameTooLong() {
        assertThat(ChunkFeeder.events(exact("aab", 2).framing(), "xxaaab"))
                .as("the third a makes it too long, and is the second of the delimiter")
                .isEqualTo(exact("aab", 2).events("xxaaab"))
                .containsExactly(tooLong(5));
        assertThat(ChunkFeeder.events(exact("aab", 2).framing(), "xxaaabzaab", 5))
                .containsExactly(tooLong(5), frame("z", 10));
    }

    @Test
    void d3_releaseGivesBackWhatWasTakenInAndBeginsAnew() {
        for (NaiveDelimiting oracle : new NaiveDelimiting[] {exact("\r\n", 999), lenient(999), exact("aab", 999)}) {
            for (int length : new int[] {0, 1, 255, 256, 257, 700}) {
                Decoder decoder = oracle.framing().newDecoder();
                ChunkFeeder feeder = new ChunkFeeder(decoder);
                String open = "x".repeat(length) + "\r";
                open.chars().forEach(b -> feeder.feed(String.valueOf((char) b)));
                assertThat(ChunkFeeder.text(decoder.release())).isEqualTo(open);
                assertThat(decoder.release().hasRemaining()).isFalse();

                feeder.feed("\n\r\naab");
                assertThat(feeder.events())
                        .isEqualTo(oracle.events("\n\r\naab").stream()
                                .map(event -> shifted(event, open.length()))
                                .toList());
            }
        }
    }

    private static String shifted(String event, int by) {
        int at = event.lastIndexOf('@') + 1;
        return event.substring(0, at) + (Integer.parseInt(event.substring(at)) + by);
    }

    @Test
    void d3_releaseEndsTheSkippingAndGivesNothingBackOfIt() {
        Decoder decoder = exact("\r\n", 4).framing().newDecoder();
        ChunkFeeder feeder = new ChunkFeeder(decoder);
        feeder.feed("abcdefgh\r");
        assertThat(decoder.release().hasRemaining()).isFalse();
        feeder.feed("\nx\r\n");
        assertThat(feeder.events()).containsExactly(tooLong(5), frame("\nx", 13));
    }

    @Test
    void d3_whatIsReleasedIsTheCallersToKeep() {
        Decoder decoder = exact("\r\n", 99).framing().newDecoder();
        decoder.decode(bytes("abc"));
        ByteBuffer released = decoder.release();
        decoder.decode(bytes("xyz"));
        assertThat(ChunkFeeder.text(released)).isEqualTo("abc");
    }

    @Test
    @SuppressWarnings("ByteBufferBackingArray") // Which array it is, is the question.
    void d5_aFrameInsideTheChunkIsShownWhereItLies() {
        Decoder decoder = new DelimiterFraming(CRLF, 99).newDecoder();
        ByteBuffer chunk = bytes("one\r\ntwo\r\nthr");
        assertThat(decoder.decode(chunk)).isEqualTo(Decoder.Step.FRAME);
        ByteBuffer first = decoder.frame();
        assertThat(first.array()).isSameAs(chunk.array());
        first.order(ByteOrder.LITTLE_ENDIAN).clear();

        assertThat(decoder.decode(chunk)).isEqualTo(Decoder.Step.FRAME);
        assertThat(decoder.frame()).isSameAs(first).isEqualTo(bytes("two"));
        assertThat(decoder.frame().order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    }

    @Test
    void d8_decodersOfOneFramingShareNothing() {
        Framing framing = new DelimiterFraming(CRLF, 99);
        ChunkFeeder one = new ChunkFeeder(framing.newDecoder());
        ChunkFeeder other = new ChunkFeeder(framing.newDecoder());
        one.feed("one\r");
        other.feed("\nother\r\n");
        one.feed("\n");
        assertThat(one.events()).containsExactly(frame("one", 5));
        assertThat(other.events()).containsExactly(frame("\nother", 8));
    }

    @Test
    void thereIsAFrameOnlyRightAfterItIsComplete() {
        Decoder decoder = new DelimiterFraming(CRLF, 3).newDecoder();
        assertThatIllegalStateException().isThrownBy(decoder::frame);
        ByteBuffer chunk = bytes("a\r\nlonger");
        decoder.decode(chunk);
        assertThat(decoder.frame()).isEqualTo(bytes("a"));
        assertThat(decoder.decode(chunk)).isEqualTo(Decoder.Step.TOO_LONG);
        assertThatIllegalStateException().isThrownBy(decoder::frame);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }
}
