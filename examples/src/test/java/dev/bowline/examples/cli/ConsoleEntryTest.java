package dev.bowline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleEntryTest {
    @Test
    void textIsALine() {
        assertThat(ConsoleEntry.parse("hello")).isEqualTo(lines("hello"));
        assertThat(ConsoleEntry.parse("")).isEqualTo(lines(""));
        assertThat(ConsoleEntry.parse(" /quit")).isEqualTo(lines(" /quit"));
        assertThat(ConsoleEntry.parse("!close \"x")).isEqualTo(lines("!close \"x"));
    }

    @Test
    void twoSlashesSendOne() {
        assertThat(ConsoleEntry.parse("//quit")).isEqualTo(lines("/quit"));
    }

    @Test
    void severalLinesHoldNoCommands() {
        assertThat(ConsoleEntry.parse("/quit\n//two\n")).isEqualTo(lines("/quit", "//two"));
    }

    @Test
    void commandsAreRead() {
        assertThat(ConsoleEntry.parse("/quit")).isEqualTo(new ConsoleEntry.Quit());
        assertThat(ConsoleEntry.parse("/help ")).isEqualTo(new ConsoleEntry.Help());
        assertThat(ConsoleEntry.parse("/tls")).isEqualTo(new ConsoleEntry.Tls());
        assertThat(ConsoleEntry.parse("/raw  a\\r"))
                .isEqualTo(new ConsoleEntry.Raw(ByteBuffer.wrap(new byte[] {' ', 'a', '\r'})));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /quti    | there is no command '/quti'
                    /        | there is no command '/'
                    /rawx    | there is no command '/rawx'
                    /raw     | /raw needs something to send
                    /raw \\q | the backslash at character 1
                    /tls now | /tls takes nothing behind it
                    """)
    void whatIsNoCommandGetsASentence(String text, String problem) {
        assertThat(ConsoleEntry.parse(text))
                .isInstanceOfSatisfying(
                        ConsoleEntry.Wrong.class,
                        wrong -> assertThat(wrong.sentence()).contains(problem));
    }

    private static ConsoleEntry lines(String... lines) {
        return new ConsoleEntry.Lines(List.of(lines));
    }
}
