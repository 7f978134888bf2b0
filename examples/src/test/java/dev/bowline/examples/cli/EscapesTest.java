package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain text", "~!\"'$%", "grün", "漢字", "🙂", "e\u0301", "\u00a0"})
    void whatIsPrintableStandsForItself(String text) {
        assertThat(Escapes.show(text)).isEqualTo(text);
    }

    @Test
    void whatMovesATerminalIsEscaped() {
        assertThat(Escapes.show("\033]0;title\007")).isEqualTo("\\x1b]0;title\\x07");
        assertThat(Escapes.show("\r\n\t\0\b\177")).isEqualTo("\\r\\n\\t\\x00\\x08\\x7f");
        assertThat(Escapes.show("\u009b2J")).as("a C1 control").isEqualTo("\\xc2\\x9b2J");
        assertThat(Escapes.show("\u202egnp.exe")).as("right to left").isEqualTo("\\xe2\\x80\\xaegnp.exe");
        assertThat(Escapes.show("\u2028")).as("a line separator").isEqualTo("\\xe2\\x80\\xa8");
        assertThat(Escapes.show("a\\b")).isEqualTo("a\\\\b");
    }

    @Test
    void whatIsNotUtf8IsEscapedByteByByteAndTheNextCharacterIsKept() {
        assertThat(show("a\u00ffb")).isEqualTo("a\\xffb");
        assertThat(show("\u00c3(")).as("cut short").isEqualTo("\\xc3(");
        assertThat(show("\u00e2\u0082")).as("cut short at the end").isEqualTo("\\xe2\\x82");
        assertThat(show("\u00c0\u00af")).as("overlong").isEqualTo("\\xc0\\xaf");
        assertThat(show("\u00ed\u00a0\u0080")).as("a surrogate").isEqualTo("\\xed\\xa0\\x80");
        assertThat(show("\u00e2\u00c3\u00bc")).as("a lost byte, then ü").isEqualTo("\\xe2ü");
    }

    @Test
    void aSentenceKeepsItsBackslashesAndIsHarmlessAllTheSame() {
        assertThat(Escapes.sentence("such as \\r, not \033[2J")).isEqualTo("such as \\r, not \\x1b[2J");
    }

    @Test
    void onlyWhatIsBetweenPositionAndLimitIsShown() {
        ByteBuffer bytes = ByteBuffer.wrap("[text]".getBytes(UTF_8), 1, 4);
        assertThat(Escapes.show(bytes)).isEqualTo("text");
        assertThat(bytes.remaining()).isEqualTo(4);
    }

    @Test
    void whatIsShownReadsAsTheSameBytes() throws Exception {
        long seed = System.nanoTime();
        System.out.println("EscapesTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            String shown = Escapes.show(ByteBuffer.wrap(bytes));
            assertThat(Escapes.read(shown)).as(shown).isEqualTo(bytes);
            assertThat(shown.chars()).noneMatch(Character::isISOControl);
        }
    }

    @Test
    void escapesReadAsBytes() throws Exception {
        assertThat(Escapes.read("a\\r\\n\\t\\\\\\x00\\xFFü"))
                .isEqualTo("a\r\n\t\\\0\u00ff\u00c3\u00bc".getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    \\q     | the backslash at character 1 begins none of \\r, \\n, \\t, \\\\ and \\x with two hexadecimal digits
                    ab\\    | the backslash at character 3 begins none of
                    \\x1    | the \\x at character 1 is not followed by two hexadecimal digits
                    a\\xg0  | the \\x at character 2 is not followed by two hexadecimal digits
                    """)
    void anUnknownEscapeGetsASentence(String text, String problem) {
        assertThatThrownBy(() -> Escapes.read(text))
                .isInstanceOf(Escapes.MalformedException.class)
                .hasMessageContaining(problem);
    }

    private static String show(String bytes) {
        return Escapes.show(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)));
    }
}
