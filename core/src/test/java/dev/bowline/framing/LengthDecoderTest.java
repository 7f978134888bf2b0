package dev.bowline.framing;

import static dev.bowline.framing.ChunkFeeder.frame;
import static dev.bowline.framing.ChunkFeeder.tooLong;
import static dev.bowline.framing.NaiveLengths.netstrings;
import static dev.bowline.framing.NaiveLengths.octetCounts;
import static dev.bowline.framing.NaiveLengths.prefixes;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Netstrings, length prefixes and octet counting: rule D7, and D1, D2, D3 and D8 for them. */
class LengthDecoderTest {
    static Stream<Arguments> streams() {
        String netstrings = "5:hello,0:,12:,,12:34:5:67,,1:\n,10:0123456789,11:0123456789a,0:,1:x,";
        String counted = "5 hello1  12 12 34 5 67 ,10 012345678911 0123456789a1 x";
        return Stream.of(
                Arguments.of(netstrings(99_999), netstrings),
                Arguments.of(netstrings(10), netstrings),
                Arguments.of(netstrings(9), "5:hello,123:" + "x".repeat(123) + ",1:a,10:0123456789;"),
                Arguments.of(netstrings(99_999), "1:a,2:bbb,"),
                Arguments.of(netstrings(9), "1:a,00:,"),
                Arguments.of(octetCounts(99_999), counted),
                Arguments.of(octetCounts(10), counted),
                Arguments.of(octetCounts(99_999), "1 a0 "),
                Arguments.of(prefixes(1, 255), "\u0005hello\0\0\u0001x\u00ff" + "y".repeat(255) + "\u0003z"),
                Arguments.of(prefixes(1, 4), "\u0005hello\0\u0004four\u0001x"),
                Arguments.of(prefixes(2, 65_535), "\0\u0005hello\0\0\u0001\u0000" + "y".repeat(256) + "\0\u0003zz"),
                Arguments.of(prefixes(2, 4), "\0\u0005hello\0\0\0\u0001x\u0001\u0001" + "y".repeat(257) + "\0\u0002ab"),
                Arguments.of(prefixes(4, 99_999), "\0\0\0\u0005hello\0\0\0\0\0\0\u0001\u0002" + "y".repeat(258)),
                Arguments.of(prefixes(4, 99_999), "\u00ff\u00ff\u00ff\u00ffand so on"));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void d1_everySplitGivesTheSameFrames(NaiveLengths oracle, String stream) {
        List<String> expected = oracle.events(stream);
        for (int first = 0; first <= stream.length(); first++) {
            for (int second = first; second <= stream.length(); second++) {
                assertThat(ChunkFeeder.events(oracle.framing(), stream, first, second))
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void d1_bytesOneByOneGiveTheSameFrames(NaiveLengths oracle, String stream) {
        int[] everywhere = IntStream.range(1, stream.length()).toArray();
        assertThat(ChunkFeeder.events(oracle.framing(), stream, everywhere)).isEqualTo(oracle.events(stream));
    }

    @Test
    void d1_randomStreamsInRandomChunksAgreeWithTheDefinition() {
        long seed = 20261123;
        Random random = new Random(seed);
        for (int round = 0; round < 30_000; round++) {
            int maxLength = 1 + random.nextInt(round % 3 == 0 ? 255 : 12);
            NaiveLengths oracle = switch (random.nextInt(5)) {
                case 0 -> prefixes(1, maxLength);
                case 1 -> prefixes(2, maxLength);
                case 2 -> prefixes(4, maxLength);
                case 3 -> octetCounts(maxLength);
                default -> netstrings(maxLength);
            };
            String stream = randomStream(random, oracle.framing());
            int[] cuts = random.ints(random.nextInt(8), 0, stream.length() + 1)
                    .sorted()
                    .toArray();
            assertThat(ChunkFeeder.events(oracle.framing(), stream, cuts))
                    .as("seed %d, round %d: %s, cut at %s", seed, round, oracle, Arrays.toString(cuts))
                    .isEqualTo(oracle.events(stream));
        }
    }

    /** Frames of all lengths around the limit, and now and then something that is wrong. */
    private static String randomStream(Random random, Framing framing) {
        StringBuilder stream = new StringBuilder();
        Framing sender = framing instanceof NetstringFraming
                ? new NetstringFraming()
                : framing instanceof OctetCountingFraming ? new OctetCountingFraming() : framing;
        for (int frames = random.nextInt(6); frames > 0; frames--) {
            int length = 1 + random.nextInt(framing.maxLength() + (sender == framing ? 0 : 9));
            stream.append(sent(sender, ":, 0x\n".repeat(50).substring(0, length)));
            if (random.nextInt(8) == 0) {
                stream.append("0:,19 \0\u0001".charAt(random.nextInt(8)));
            }
        }
        if (random.nextBoolean()) {
            stream.setLength(random.nextInt(stream.length() + 1));
        }
        return stream.toString();
    }

    static String sent(Framing framing, String frame) {
        ByteBuffer target = ByteBuffer.allocate(framing.encodedLength(frame.length()));
        framing.encode(bytes(frame), target);
        return ChunkFeeder.text(target.flip());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "netstring, 3aaa,      0x61 at byte offset 1; where a digit or a colon must be",
                "netstring, aaa,       0x61 at byte offset 0; where a digit from 0 to 9 must be",
                "netstring, -1:a,      0x2D at byte offset 0; where a digit from 0 to 9 must be",
                "netstring, \" 1:a\",  0x20 at byte offset 0; where a digit from 0 to 9 must be",
                "netstring, :,         0x3A at byte offset 0; where a digit from 0 to 9 must be",
                "netstring, 1 :a,      0x20 at byte offset 1; where a digit or a colon must be",
                "netstring, \"12\n\",  0x0A at byte offset 2; where a digit or a colon must be",
                "netstring, 00:,       0x30 at byte offset 1; where a colon must be; as a length has no leading zeros",
                "netstring, 01:a,      0x31 at byte offset 1; where a colon must be; as a length has no leading zeros",
                "netstring, 2:aaa,     0x61 at byte offset 4; where the comma behind it must be",
                "netstring, 0:a,       0x61 at byte offset 2; where the comma behind it must be",
                "counted,   0 ,        0x30 at byte offset 0; where a digit from 1 to 9 must be",
                "counted,   <13>a,     0x3C at byte offset 0; where a digit from 1 to 9 must be",
                "counted,   3:abc,     0x3A at byte offset 1; where a digit or a space must be"
            })
    void d7_malformedIsToldWithWhatWasWrongWhere(String framing, String stream, String message) {
        Framing used = framing.equals("netstring") ? new NetstringFraming() : new OctetCountingFraming();
        String what = framing.equals("netstring") ? "A netstring has " : "An octet-counted message has ";
        assertThat(ChunkFeeder.events(used, stream))
                .containsExactly(ChunkFeeder.malformed(what + message.replace(';', ',')));
    }

    @Test
    void d7_aLengthThatNoNumberHoldsIsMalformedAfterItWasTooLong() {
        for (NaiveLengths oracle : new NaiveLengths[] {netstrings(9), octetCounts(9)}) {
            List<String> events = ChunkFeeder.events(oracle.framing(), "9".repeat(30), 7);
            assertThat(events).isEqualTo(oracle.events("9".repeat(30))).hasSize(2);
            assertThat(events.get(0)).isEqualTo(tooLong(2));
            assertThat(events.get(1)).contains("0x39 at byte offset 18, where").endsWith("18 digits at most");
        }
    }

    @Test
    void d7_behindWhatIsMalformedNothingIsFoundUntilRelease() {
        Decoder decoder = new NetstringFraming().newDecoder();
        ByteBuffer good = bytes("5:hello,");
        assertThatExceptionOfType(MalformedFrameException.class)
                .isThrownBy(() -> decoder.decode(bytes("1:abc")))
                .satisfies(first -> assertThatExceptionOfType(MalformedFrameException.class)
                        .isThrownBy(() -> decoder.decode(good))
                        .isSameAs(first));
        assertThatIllegalStateException().isThrownBy(decoder::frame);

        assertThat(decoder.release().hasRemaining()).isFalse();
        assertThat(decoder.decode(good)).isEqualTo(Decoder.Step.FRAME);
        assertThat(decoder.frame()).isEqualTo(bytes("hello"));
    }

    @Test
    void d2_tooLongIsToldByTheLengthAloneOnceAndTheRestIsSkipped() {
        assertThat(ChunkFeeder.events(netstrings(11).framing(), "12")).containsExactly(tooLong(2));
        assertThat(ChunkFeeder.events(netstrings(9).framing(), "123:" + "x".repeat(123) + ",2:ok,9:"))
                .containsExactly(tooLong(2), frame("ok", 133));
        assertThat(ChunkFeeder.events(octetCounts(9).framing(), "10 xxxxxxxxxx2 ok", 1, 2, 3, 9))
                .containsExactly(tooLong(2), frame("ok", 17));
        assertThat(ChunkFeeder.events(prefixes(2, 9).framing(), "\0\nxxxxxxxxxx\0\u0002ok", 1, 2, 3))
                .containsExactly(tooLong(2), frame("ok", 16));
        assertThat(ChunkFeeder.events(prefixes(4, 9).framing(), "\u00ff\0\0\0x"))
                .containsExactly(tooLong(1));
    }

    @Test
    void d2_theEndOfASkippedNetstringIsCheckedToo() {
        assertThat(ChunkFeeder.events(netstrings(4).framing(), "5:hello;", 4))
                .containsExactly(
                        tooLong(1),
                        ChunkFeeder.malformed(
                                "A netstring has 0x3B at byte offset 7, where the comma behind it must be"));
    }

    @Test
    void d3_releaseGivesBackWhatWasTakenInAndBeginsAnew() {
        for (Framing framing : framings()) {
            String whole = sent(framing, "x".repeat(250));
            for (int length = 0; length < whole.length(); length++) {
                for (boolean byteByByte : new boolean[] {true, false}) {
                    Decoder decoder = framing.newDecoder();
                    ChunkFeeder feeder = new ChunkFeeder(decoder);
                    String open = whole.substring(0, length);
                    if (byteByByte) {
                        open.chars().forEach(b -> feeder.feed(String.valueOf((char) b)));
                    } else {
                        feeder.feed(open);
                    }
                    assertThat(ChunkFeeder.text(decoder.release()))
                            .as("%s, %d bytes", framing, length)
                            .isEqualTo(open);
                    assertThat(decoder.release().hasRemaining()).isFalse();
                    feeder.feed(sent(framing, "next"));
                    assertThat(feeder.events())
                            .containsExactly(
                                    frame("next", length + sent(framing, "next").length()));
                }
            }
        }
    }

    static List<Framing> framings() {
        return List.of(
                new NetstringFraming(),
                new OctetCountingFraming(),
                new LengthPrefixFraming(1),
                new LengthPrefixFraming(2),
                new LengthPrefixFraming(4));
    }

    @Test
    void d3_releaseEndsTheSkippingAndGivesNothingBackOfIt() {
        Decoder decoder = netstrings(4).framing().newDecoder();
        ChunkFeeder feeder = new ChunkFeeder(decoder);
        feeder.feed("5:hel");
        assertThat(decoder.release().hasRemaining()).isFalse();
        feeder.feed("2:lo,");
        assertThat(feeder.events()).containsExactly(tooLong(1), frame("lo", 10));
    }

    @Test
    @SuppressWarnings("ByteBufferBackingArray") // Which array it is, is the question.
    void d5_aFrameInsideTheChunkIsShownWhereItLies() {
        for (Framing framing : framings()) {
            Decoder decoder = framing.newDecoder();
            decoder.decode(bytes(sent(framing, "one").substring(0, 1)));
            ByteBuffer chunk = bytes(sent(framing, "one").substring(1) + sent(framing, "two"));
            assertThat(decoder.decode(chunk)).isEqualTo(Decoder.Step.FRAME);
            ByteBuffer first = decoder.frame();
            assertThat(first).isEqualTo(bytes("one"));
            assertThat(first.array())
                    .as("%s: only the length came earlier", framing)
                    .isSameAs(chunk.array());
            first.order(ByteOrder.LITTLE_ENDIAN).clear();

            assertThat(decoder.decode(chunk)).isEqualTo(Decoder.Step.FRAME);
            assertThat(decoder.frame()).isSameAs(first).isEqualTo(bytes("two"));
            assertThat(decoder.frame().order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        }
    }

    @Test
    void d8_decodersOfOneFramingShareNothing() {
        for (Framing framing : framings()) {
            String frame = sent(framing, "whole");
            for (int cut = 0; cut <= frame.length(); cut++) {
                ChunkFeeder one = new ChunkFeeder(framing.newDecoder());
                ChunkFeeder other = new ChunkFeeder(framing.newDecoder());
                one.feed(frame.substring(0, cut));
                other.feed(sent(framing, "other"));
                one.feed(frame.substring(cut));
                assertThat(one.events()).containsExactly(frame("whole", frame.length()));
                assertThat(other.events()).containsExactly(frame("other", frame.length()));
            }
        }
    }

    @Test
    void thereIsAFrameOnlyRightAfterItIsComplete() {
        Decoder decoder = new NetstringFraming().withMaxLength(3).newDecoder();
        assertThatIllegalStateException().isThrownBy(decoder::frame);
        ByteBuffer chunk = bytes("1:a,4:long");
        decoder.decode(chunk);
        assertThat(decoder.frame()).isEqualTo(bytes("a"));
        assertThat(decoder.decode(chunk)).isEqualTo(Decoder.Step.TOO_LONG);
        assertThatIllegalStateException().isThrownBy(decoder::frame);
        assertThat(decoder.decode(chunk)).isEqualTo(Decoder.Step.UNDERFLOW);
        assertThatIllegalStateException().isThrownBy(decoder::frame);
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }
}
