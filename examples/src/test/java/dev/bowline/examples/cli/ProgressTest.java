package dev.bowline.examples.cli;

import static dev.bowline.examples.cli.SerialServer.echo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
    private static final String ERASE = "\r\033[K";
    private static final Pattern PAINT = Pattern.compile(Pattern.quote(ERASE) + "(send [^\r\n]*)");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aTerminalShowsPercentBytesLinesRateAndStateAndNothingOfItRemains(@TempDir Path directory) throws Exception {
        Path lines = Files.writeString(directory.resolve("lines"), "0123456789\n".repeat(100_000));
        send(lines, 80);
        List<String> painted = painted();
        assertThat(painted).allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
        assertThat(painted.get(painted.size() - 1))
                .matches("send +100% \\[=+] 1\\.1/1\\.1 MB \\(0:00:[0-9]{2}\\) 100000 lines, [0-9]+/s, ended");
        assertThat(text()).matches("(?s).*" + Pattern.quote(ERASE) + "sent=100000 delivered=100000 [^\r\n]*\n");
    }

    @Test
    void itIsPaintedFiveTimesASecondAtMost(@TempDir Path directory) throws Exception {
        Path lines = Files.writeString(directory.resolve("lines"), "0123456789\n".repeat(100_000));
        long begin = System.nanoTime();
        send(lines, 80);
        // Once at the beginning, and once at the end whenever that is.
        assertThat(painted()).hasSizeLessThanOrEqualTo((int) ((System.nanoTime() - begin) / 200_000_000) + 2);
    }

    @Test
    void withoutATerminalNothingIsPainted(@TempDir Path directory) throws Exception {
        send(Files.writeString(directory.resolve("lines"), "one\n"), 0);
        assertThat(text()).doesNotContain("\r", "\033").startsWith("sent=1 ");
    }

    @Test
    void aSentenceStandsOnALineOfItsOwn() {
        Screen screen = new Screen(new PrintStream(err, true, UTF_8), 80);
        screen.complain("first");
        screen.paint("50%");
        screen.paint("50%");
        screen.complain("second");
        screen.paint("60%");
        screen.erase();
        screen.erase();
        assertThat(text())
                .isEqualTo("bowline: first\n" + ERASE + "50%" + ERASE + "bowline: second\n" + ERASE + "60%" + ERASE);
    }

    private void send(Path lines, int columns) throws Exception {
        try (SerialServer server = SerialServer.start(client -> echo(client, Integer.MAX_VALUE))) {
            String[] arguments = {"send", server.endpoint(), lines.toString()};
            PrintStream errors = new PrintStream(err, true, UTF_8);
            int exitCode = Program.run(
                    arguments,
                    InputStream.nullInputStream(),
                    new ByteArrayOutputStream(),
                    errors,
                    TestSurroundings.ofWidth(columns));
            assertThat(exitCode).isZero();
        }
    }

    private List<String> painted() {
        return PAINT.matcher(text())
                .results()
                .map(MatchResult::group)
                .map(each -> each.substring(ERASE.length()))
                .toList();
    }

    private String text() {
        return err.toString(UTF_8);
    }
}
