package dev.bowline.integration.stress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumberedLinesTest {
    private final NumberedLines lines = new NumberedLines();

    private void right(String writer, long number) {
        assertThat(lines.problemOf(NumberedLines.line("17.3", writer, number))).isEmpty();
    }

    private String problemOf(String line) {
        return lines.problemOf(line).orElseThrow();
    }

    @Test
    void writersMayMixAsLongAsEachIsInOrder() {
        right("0", 0);
        right("1", 0);
        right("0", 1);
        right("1", 1);
        assertThat(lines.connection()).isEqualTo("17.3");
        assertThat(lines.count("1")).isEqualTo(2);
        assertThat(lines.count("2")).isZero();
    }

    @Test
    void b1_aGapIsAProblem() {
        right("0", 0);
        assertThat(problemOf(NumberedLines.line("17.3", "0", 2)))
                .startsWith("line 1 of writer 0 should come, not '17.3 0 2 ");
    }

    @Test
    void b1_aRepetitionIsAProblem() {
        right("0", 0);
        assertThat(problemOf(NumberedLines.line("17.3", "0", 0))).startsWith("line 1 of writer 0 should come");
    }

    @Test
    void b1_theSecondLineFirstIsAProblem() {
        assertThat(problemOf(NumberedLines.line("17.3", "0", 1))).startsWith("line 0 of writer 0 should come");
    }

    @Test
    void b1_aDamagedLineIsAProblem() {
        assertThat(problemOf(NumberedLines.line("17.3", "0", 0) + "x")).startsWith("line 0 of writer 0 should come");
        assertThat(problemOf("17.3 no line 1")).startsWith("line 0 of writer no should come");
        assertThat(problemOf("short")).isEqualTo("a line that nobody wrote: 'short'");
    }

    @Test
    void d8_aLineOfAnotherConnectionIsAProblem() {
        right("0", 0);
        assertThat(problemOf(NumberedLines.line("17.4", "0", 1)))
                .isEqualTo("a line of connection 17.4 on connection 17.3");
    }

    @Test
    void linesAreCutAtTheirEndsHoweverTheBytesCome() {
        LineCutter cutter = new LineCutter();
        List<String> cut = new ArrayList<>();
        for (String piece : List.of("a", "b\r", "\nc\r\n\r\nd")) {
            cutter.feed(ByteBuffer.wrap(piece.getBytes(ISO_8859_1)), cut::add);
        }
        assertThat(cut).containsExactly("ab", "c", "");
        assertThat(cutter.isWithinALine()).isTrue();
    }
}
