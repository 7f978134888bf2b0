package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputLinesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 65536})
    void linesAreTheSameHoweverTheInputIsCut(int piece) throws IOException {
        assertThat(lines("a\nbc\r\n\n\r\nd\re\n12345678\r\n123456789\r\nlast", piece))
                .containsExactly("a", "bc", "", "", "d\re", "12345678", "too long", "last");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 65536})
    void anInputWithoutALastLineHasNoEmptyOne(int piece) throws IOException {
        assertThat(lines("", piece)).isEmpty();
        assertThat(lines("a\n", piece)).containsExactly("a");
        assertThat(lines("123456789", piece)).containsExactly("too long");
        assertThat(lines("a\r", piece)).containsExactly("a\r");
    }

    private static List<String> lines(String text, int piece) throws IOException {
        InputStream input = new ByteArrayInputStream(text.getBytes(ISO_8859_1)) {
            @Override
            public int read(byte[] bytes) {
                return read(bytes, 0, Math.min(bytes.length, piece));
            }
        };
        InputLines lines = new InputLines(input, 8);
        List<String> found = new ArrayList<>();
        while (lines.fill()) {
            while (lines.next()) {
                found.add(
                        lines.isTooLong()
                                ? "too long"
                                : ISO_8859_1.decode(lines.line()).toString());
                assertThat(lines.number()).isEqualTo(found.size());
            }
        }
        return found;
    }
}
