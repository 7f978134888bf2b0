package dev.bowline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bowline.framing.DelimiterFraming;
import dev.bowline.framing.MessageRefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class LineFormatTest {
    private static final byte[] MALFORMED = {'a', (byte) 0xFF, 'b'};

    @Test
    void d1_crlfUtf8AndTwistedsLimitEachWayUnlessToldOtherwise() {
        LineFormat format = LineFormat.crlf();
        assertThat(format.framing()).isEqualTo(new DelimiterFraming(new byte[] {'\r', '\n'}, 16384));
        assertThat(format.framing().maxSendLength()).isEqualTo(16384);
        assertThat(format.charset()).isEqualTo(UTF_8);
        assertThat(LineFormat.lf().framing().delimiter()).containsExactly('\n');
        assertThat(LineFormat.nul().framing().delimiter()).containsExactly(0);
        assertThat(LineFormat.delimitedBy((byte) 'E', (byte) 'N').framing().delimiter())
                .containsExactly('E', 'N');
        assertThat(LineFormat.lenient().framing()).isEqualTo(DelimiterFraming.lenient(16384));
    }

    @Test
    void d1_limitsAreSetEachWay() {
        DelimiterFraming framing = LineFormat.lenient()
                .withMaxLength(10)
                .withMaxSendLength(20)
                .withCharset(ISO_8859_1)
                .framing();
        assertThat(framing).isEqualTo(DelimiterFraming.lenient(10).withMaxSendLength(20));
    }

    @Test
    void d5_malformedInputIsReplaced() throws CharacterCodingException {
        assertThat(LineFormat.crlf().decode(ByteBuffer.wrap(MALFORMED))).isEqualTo("a\uFFFDb");
    }

    @Test
    void d5_orRefused() throws CharacterCodingException {
        LineFormat format = LineFormat.crlf().refuseMalformed();
        assertThatExceptionOfType(CharacterCodingException.class)
                .isThrownBy(() -> format.decode(ByteBuffer.wrap(MALFORMED)));
        assertThatExceptionOfType(CharacterCodingException.class)
                .isThrownBy(() -> format.decode(ByteBuffer.wrap(new byte[] {(byte) 0xE2, (byte) 0x82})));
        ByteBuffer line = ByteBuffer.wrap("a real \uFFFD, an é".getBytes(UTF_8));
        assertThat(format.decode(line)).isEqualTo("a real \uFFFD, an é");
        assertThat(line.position()).isZero();
    }

    @Test
    void d5_otherCharsets() throws CharacterCodingException {
        assertThat(LineFormat.crlf().withCharset(ISO_8859_1).decode(ByteBuffer.wrap(MALFORMED)))
                .isEqualTo("aÿb");
        LineFormat shiftJis = LineFormat.lf().withCharset(Charset.forName("Shift_JIS"));
        assertThat(shiftJis.decode(ByteBuffer.wrap("日本".getBytes(shiftJis.charset()))))
                .isEqualTo("日本");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LineFormat.lf().withCharset(Charset.forName("x-JISAutoDetect")))
                .withMessageContaining("can only be read");
    }

    @Test
    void d5_onlyTheLineIsDecodedWhateverTheBuffer() throws CharacterCodingException {
        byte[] bytes = "__grüße__".getBytes(UTF_8);
        ByteBuffer slice = ByteBuffer.wrap(bytes, 1, bytes.length - 3).slice().position(1);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        direct.limit(bytes.length - 2).position(2);
        for (ByteBuffer line : new ByteBuffer[] {slice, slice.asReadOnlyBuffer(), direct}) {
            int position = line.position();
            assertThat(LineFormat.crlf().decode(line)).isEqualTo("grüße");
            assertThat(line.position()).isEqualTo(position);
        }
    }

    @Test
    void d4_whatCouldNotBeSentAsOneLineIsKnownBefore() {
        LineFormat format = LineFormat.crlf().withMaxSendLength(4);
        format.check("");
        format.check("ab\u00FC");
        assertThatExceptionOfType(MessageRefusedException.class)
                .isThrownBy(() -> format.check("a\nb"))
                .withMessageContaining("a line feed at byte offset 1");
        assertThatExceptionOfType(MessageRefusedException.class)
                .isThrownBy(() -> format.check("abc\u00FC"))
                .withMessageContaining("5 bytes");
        assertThatExceptionOfType(MessageRefusedException.class)
                .isThrownBy(() -> LineFormat.nul().check("\0"))
                .withMessageContaining("the delimiter");
        assertThatExceptionOfType(MessageRefusedException.class)
                .isThrownBy(() -> LineFormat.crlf().refuseMalformed().check("\uD800"))
                .withMessageContaining("half of a surrogate pair");
    }

    @Test
    void f5_aMessageHandedBackLosesOneDelimiter() {
        LineFormat crlf = LineFormat.crlf().refuseMalformed();
        assertThat(crlf.decodeMessage("grüße\r\n".getBytes(UTF_8))).isEqualTo("grüße");
        assertThat(crlf.decodeMessage("\r\n".getBytes(UTF_8))).isEmpty();
        assertThat(crlf.decodeMessage("raw\r\n\r\n".getBytes(UTF_8))).isEqualTo("raw\r\n");
        assertThat(crlf.decodeMessage("raw\n".getBytes(UTF_8))).isEqualTo("raw\n");
        assertThat(crlf.decodeMessage("\n".getBytes(UTF_8))).isEqualTo("\n");
        assertThat(crlf.decodeMessage(new byte[0])).isEmpty();
        assertThat(crlf.decodeMessage(MALFORMED)).as("never refused").isEqualTo("a\uFFFDb");
        assertThat(LineFormat.lf().withCharset(UTF_16LE).decodeMessage(new byte[] {'a', 0, '\n'}))
                .isEqualTo("a");
    }

    @Test
    void aFormatIsAValue() {
        LineFormat format = LineFormat.lf().withCharset(ISO_8859_1).refuseMalformed();
        assertThat(LineFormat.lf().refuseMalformed().withCharset(ISO_8859_1))
                .isEqualTo(format)
                .hasSameHashCodeAs(format);
        assertThat(LineFormat.lf().withCharset(ISO_8859_1)).isNotEqualTo(format);
        assertThat(format)
                .hasToString("ISO-8859-1, malformed refused, frames that end in 0x0A,"
                        + " up to 16384 bytes received and 16384 sent");
    }
}
