package dev.bowline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bowline.framing.MessageRefusedException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineEncoderTest {
    @Test
    void d1_aLineGoesOutEncodedWithItsDelimiter() {
        assertThat(wire(LineFormat.crlf(), "grüße")).isEqualTo("grüße\r\n".getBytes(UTF_8));
        assertThat(wire(LineFormat.crlf(), "")).containsExactly('\r', '\n');
        assertThat(wire(LineFormat.nul().withCharset(ISO_8859_1), "é\r\n")).containsExactly(0xE9, '\r', '\n', 0);
        assertThat(wire(LineFormat.lenient(), "a")).containsExactly('a', '\r', '\n');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UTF-8", "ISO-8859-1", "US-ASCII", "UTF-16", "ISO-2022-JP", "GB18030", "x-windows-iso2022jp"})
    void d5_textOfAnyLengthIsEncodedAsStringWould(String name) {
        Charset charset = Charset.forName(name);
        LineFormat format = LineFormat.delimitedBy("<end>".getBytes(US_ASCII)).withCharset(charset);
        Random random = new Random(5);
        String[] alphabet = {"a", "z", " ", "é", "日", "本", "\uFFFD", "😀", "\uD83D", "ÿ", "~"};
        for (int length : new int[] {0, 1, 2, 170, 171, 300, 511, 512, 513, 2000, 5000}) {
            for (int kinds : new int[] {2, 4, alphabet.length}) {
                StringBuilder line = new StringBuilder();
                while (line.length() < length) {
                    line.append(alphabet[random.nextInt(kinds)]);
                }
                assertThat(wire(format.withMaxSendLength(100_000), line.toString()))
                        .isEqualTo(joined(line.toString().getBytes(charset), "<end>".getBytes(US_ASCII)));
            }
        }
    }

    @Test
    void d4_theLimitCountsEncodedBytes() {
        LineFormat format = LineFormat.crlf().withMaxSendLength(6);
        assertThat(wire(format, "ééé")).hasSize(8);
        assertThat(wire(format, "abcdef")).hasSize(8);
        assertRefused(format, "éééx", "has 7 bytes where 6 are allowed");
        assertRefused(format, "日本日", "has 9 bytes where 6 are allowed");
        assertRefused(format, "x".repeat(1000), "more bytes in UTF-8 than the 6 that are allowed");
        assertRefused(
                LineFormat.crlf().withMaxSendLength(1000),
                "日".repeat(1500),
                "more bytes in UTF-8 than the 1000 that are allowed");
        assertThat(wire(LineFormat.crlf(), "x".repeat(16384))).hasSize(16386);
        assertRefused(LineFormat.crlf(), "x".repeat(16385), "has 16385 bytes where 16384 are allowed");
        assertThat(wire(LineFormat.crlf().withCharset(UTF_16BE), "é".repeat(8192)))
                .hasSize(16386);
    }

    @Test
    void d4_noTextCanBecomeASecondLine() {
        assertRefused(LineFormat.crlf(), "é\r\nQUIT", "carriage return at byte offset 2");
        assertRefused(LineFormat.lf(), "a\rb", "carriage return at byte offset 1");
        assertRefused(LineFormat.lenient(), "a\n", "line feed at byte offset 1");
        assertRefused(LineFormat.nul(), "a\0", "delimiter 0x00 at byte offset 1");
        assertRefused(LineFormat.crlf().withCharset(UTF_16BE), "\u0D0A", "carriage return at byte offset 0");
    }

    @Test
    void d5_whatTheCharsetCanNotSayIsReplacedOrRefused() {
        LineFormat ascii = LineFormat.crlf().withCharset(US_ASCII);
        assertThat(wire(ascii, "aé😀\uD83Db")).isEqualTo("a???b\r\n".getBytes(US_ASCII));
        assertRefused(
                ascii.refuseMalformed(), "aé", "character offset 1, a character that can't be written in US-ASCII");
        assertThat(wire(LineFormat.crlf(), "\uD83D")).isEqualTo("?\r\n".getBytes(US_ASCII));
        assertRefused(LineFormat.crlf().refuseMalformed(), "ab\uDE00", "character offset 2, half of a surrogate pair");
        assertRefused(LineFormat.crlf().refuseMalformed(), "ab\uD83D", "character offset 2, half of a surrogate pair");
        assertThat(wire(LineFormat.crlf().refuseMalformed(), "ok 😀")).isEqualTo("ok 😀\r\n".getBytes(UTF_8));
    }

    @Test
    void d4_theNextLineIsNotTouchedByOneThatWasRefused() {
        LineFormat format =
                LineFormat.crlf().withCharset(Charset.forName("ISO-2022-JP")).refuseMalformed();
        assertRefused(format, "日\uD83D", "character offset 1");
        assertRefused(format, "日\n", "line feed");
        assertThat(wire(format, "plain")).isEqualTo("plain\r\n".getBytes(US_ASCII));
    }

    @Test
    @SuppressWarnings("ByteBufferBackingArray") // Which array it is, is the question.
    void theSameArrayServesOneLineAfterTheOther() {
        LineFormat format = LineFormat.crlf();
        List<byte[]> arrays = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            format.encode("line", message -> arrays.add(message.array()));
        }
        assertThat(arrays.get(1)).isSameAs(arrays.get(0));
        assertThat(arrays.get(2)).isSameAs(arrays.get(0));
    }

    @Test
    void aLineSentWhileAnotherIsBeingSentDoesNotTouchIt() {
        LineFormat format = LineFormat.crlf();
        format.encode("outer", outer -> {
            format.encode("inner line", inner -> true);
            format.encode("third line", inner -> true);
            assertThat(US_ASCII.decode(outer.duplicate()).toString()).isEqualTo("outer\r\n");
            return true;
        });
    }

    @Test
    void whatTheSinkSaysComesBackAndWhatItThrowsToo() throws IOException {
        LineFormat format = LineFormat.crlf();
        assertThat(format.encode("a", message -> false)).isFalse();
        assertThat(format.encode("a", message -> true)).isTrue();
        LineFormat.Sink<IOException> failing = message -> {
            throw new IOException("disk full");
        };
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> format.encode("a", failing));
        assertThat(wire(format, "b")).containsExactly('b', '\r', '\n');
    }

    private static byte[] wire(LineFormat format, String line) {
        List<byte[]> sent = new ArrayList<>();
        format.encode(line, message -> {
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            return sent.add(bytes);
        });
        return sent.get(0);
    }

    private static void assertRefused(LineFormat format, String line, String because) {
        assertThatExceptionOfType(MessageRefusedException.class)
                .isThrownBy(() -> wire(format, line))
                .withMessageContaining(because);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = new byte[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
