package dev.bowline.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelimiterFramingTest {
    private static final DelimiterFraming CRLF = framing("\r\n");

    @Test
    void d1_aFrameGoesOutWithItsDelimiterAndLenientSendsCrlf() {
        assertThat(sent(CRLF, "hello")).isEqualTo("hello\r\n");
        assertThat(sent(CRLF, "")).isEqualTo("\r\n");
        assertThat(sent(framing("\n"), "hello")).isEqualTo("hello\n");
        assertThat(sent(framing("END"), "bEN")).isEqualTo("bENEND");
        assertThat(sent(DelimiterFraming.lenient(99), "hello")).isEqualTo("hello\r\n");
        assertThat(DelimiterFraming.lenient(99).encodedLength(5)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 40})
    void d4_anyCrOrLfIsRefusedWhereverItIs(int others) {
        for (DelimiterFraming lines : List.of(CRLF, framing("\n"), DelimiterFraming.lenient(99))) {
            for (int at = 0; at <= others; at++) {
                String before = "\t\u000b\u000c\u000e\u008a\u008dé".repeat(10).substring(0, at);
                String after = "x".repeat(others - at);
                assertRefused(lines, before + "\r" + after, "carriage return at byte offset " + at + ",");
                assertRefused(lines, before + "\n" + after, "line feed at byte offset " + at + ",");
                assertThat(sent(lines, before + after)).startsWith(before + after);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "END, xENDy,     contains the delimiter 0x45 0x4E 0x44 at byte offset 1;",
        "END, ENEND,     contains the delimiter 0x45 0x4E 0x44 at byte offset 2;",
        "'|', 0123456|,  contains the delimiter 0x7C at byte offset 7;",
        "aa,  ba,        'ends, from byte offset 1 on, in what the delimiter 0x61 0x61'",
        "aab, xaa,       ",
        "aba, xab,       'ends, from byte offset 1 on,'",
        "aabaa, xxaaba,  'ends, from byte offset 2 on,'",
        "aabaa, xxaab,   'ends, from byte offset 2 on,'",
        "abac, xaba,     "
    })
    void d4_whatAReceiverWouldEndTooEarlyIsRefused(String delimiter, String frame, String because) {
        if (because == null) {
            assertThat(sent(framing(delimiter), frame)).isEqualTo(frame + delimiter);
        } else {
            assertRefused(framing(delimiter), frame, because);
        }
    }

    @Test
    void d4_whatIsSentIsReadAsThatOneFrameAndWhatIsRefusedWouldNotBe() {
        Random random = new Random(4);
        String[] delimiters = {"a", "ab", "aa", "aab", "aba", "abab", "aabaa", "abaab", "aaaaaaaab", "abcabcabd"};
        for (int round = 0; round < 20_000; round++) {
            String delimiter = delimiters[random.nextInt(delimiters.length)];
            StringBuilder frame = new StringBuilder();
            for (int length = random.nextInt(20); frame.length() < length; ) {
                frame.append("aaabbc".charAt(random.nextInt(6)));
            }
            List<String> read = NaiveDelimiting.exact(delimiter, 99).events(frame + delimiter);
            String whole = ChunkFeeder.frame(frame.toString(), frame.length() + delimiter.length());
            if (read.equals(List.of(whole))) {
                assertThat(sent(framing(delimiter), frame.toString())).isEqualTo(frame + delimiter);
            } else {
                assertRefused(
                        framing(delimiter), frame.toString(), "offset " + (endOfFirst(read) - delimiter.length()));
            }
        }
    }

    private static int endOfFirst(List<String> events) {
        return Integer.parseInt(events.get(0).substring(events.get(0).lastIndexOf('@') + 1));
    }

    @Test
    void d4_theLimitCountsTheFrameAlone() {
        DelimiterFraming framing = CRLF.withMaxSendLength(4);
        assertThat(sent(framing, "xxx")).isEqualTo("xxx\r\n");
        assertThat(sent(framing, "xxxx")).isEqualTo("xxxx\r\n");
        assertRefused(framing, "xxxxx", "has 5 bytes where 4 are allowed");
    }

    @Test
    void d4_eachWayHasItsOwnLimit() {
        DelimiterFraming framing = framing("\n").withMaxSendLength(3).withMaxLength(5);
        assertThat(framing.maxLength()).isEqualTo(5);
        assertThat(framing.maxSendLength()).isEqualTo(3);
        assertRefused(framing, "xxxx", "has 4 bytes where 3 are allowed");
        assertThat(ChunkFeeder.events(framing, "xxxxx\nxxxxxx"))
                .containsExactly(ChunkFeeder.frame("xxxxx", 6), ChunkFeeder.tooLong(12));
        assertThat(DelimiterFraming.lenient(7).withMaxLength(9).maxSendLength()).isEqualTo(7);
        assertThat(sent(DelimiterFraming.lenient(7).withMaxLength(9), "a")).isEqualTo("a\r\n");
    }

    @Test
    void d4_everyKindOfBufferIsCheckedAndItsPositionDoesNotMove() {
        byte[] bytes = "__hello\r__".getBytes(ISO_8859_1);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        for (ByteBuffer whole :
                List.of(ByteBuffer.wrap(bytes), ByteBuffer.wrap(bytes).asReadOnlyBuffer(), direct)) {
            ByteBuffer frame = whole.limit(7).position(1).slice().position(1);
            ByteBuffer target = ByteBuffer.allocateDirect(9).position(2);
            CRLF.encode(frame, target);
            assertThat(frame.position()).isEqualTo(1);
            assertThat(target.hasRemaining()).isFalse();
            assertThat(text(target.flip().position(2))).isEqualTo("hello\r\n");

            assertThatThrownBy(() -> CRLF.encode(whole.limit(8), ByteBuffer.allocate(20)))
                    .hasMessageContaining("carriage return at byte offset 6");
            whole.clear();
        }
    }

    @Test
    void d4_nothingIsWrittenWhereThereIsNoRoomForAll() {
        ByteBuffer target = ByteBuffer.allocate(6);
        assertThatExceptionOfType(BufferOverflowException.class).isThrownBy(() -> CRLF.encode(bytes("hello"), target));
        assertThat(target).isEqualTo(ByteBuffer.allocate(6));
    }

    @Test
    void aFrameMayBeEncodedWhereItLies() {
        ByteBuffer wire = ByteBuffer.allocate(16).put(bytes("hello"));
        CRLF.encode(wire.duplicate().flip(), wire.rewind());
        assertThat(text(wire.flip())).isEqualTo("hello\r\n");
    }

    @Test
    void delimitersAndLimitsThatCanNotBeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> framing("")).withMessageContaining("at least one byte");
        assertThatIllegalArgumentException().isThrownBy(() -> DelimiterFraming.lenient(0));
        assertThatIllegalArgumentException().isThrownBy(() -> CRLF.withMaxLength(Integer.MAX_VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> CRLF.withMaxSendLength(-1));
    }

    @Test
    void aFramingIsAValue() {
        byte[] delimiter = {'\r', '\n'};
        DelimiterFraming framing = new DelimiterFraming(delimiter, 99);
        delimiter[0] = 'x';
        framing.delimiter()[0] = 'x';
        assertThat(framing).isEqualTo(CRLF).hasSameHashCodeAs(CRLF);
        assertThat(sent(framing, "a")).isEqualTo("a\r\n");
        assertThat(framing).isNotEqualTo(DelimiterFraming.lenient(99)).isNotEqualTo(CRLF.withMaxSendLength(98));
        assertThat(framing).hasToString("frames that end in 0x0D 0x0A, up to 99 bytes received and 99 sent");
    }

    private static void assertRefused(DelimiterFraming framing, String frame, String because) {
        ByteBuffer target = ByteBuffer.allocate(1000).position(3);
        assertThatExceptionOfType(MessageRefusedException.class)
                .isThrownBy(() -> framing.encode(bytes(frame), target))
                .withMessageContaining(because);
        assertThat(target).isEqualTo(ByteBuffer.allocate(1000).position(3));
    }

    private static String sent(Framing framing, String frame) {
        ByteBuffer target = ByteBuffer.allocate(framing.encodedLength(frame.length()));
        framing.encode(bytes(frame), target);
        assertThat(target.hasRemaining()).isFalse();
        return text(target.flip());
    }

    private static String text(ByteBuffer bytes) {
        return ISO_8859_1.decode(bytes).toString();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    private static DelimiterFraming framing(String delimiter) {
        return new DelimiterFraming(delimiter.getBytes(ISO_8859_1), 99);
    }
}
