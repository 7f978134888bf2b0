package dev.bowline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @Test
    void allCommandsAreListedInOrder() {
        ProgramRun help = ProgramRun.of("--help");
        List<String> commands = help.outLines().stream()
                .dropWhile(line -> !line.equals("Commands:"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> !line.startsWith("   "))
                .map(line -> line.strip().split(" ", 2)[0])
                .toList();
        assertThat(help.exitCode()).isZero();
        assertThat(commands)
                .containsExactly(
                        "completion",
                        "console",
                        "demo",
                        "example",
                        "hello",
                        "help",
                        "ping",
                        "receive",
                        "send",
                        "serve",
                        "transports");
        assertThat(help.out()).contains("Exit codes:").contains("Example:\n  ./bowline ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "completion",
                "console",
                "demo",
                "example",
                "hello",
                "ping",
                "receive",
                "send",
                "serve",
                "transports"
            })
    void eachCommandHasTheSameHelpBothWays(String command) {
        ProgramRun help = ProgramRun.of("help", command);
        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help).isEqualTo(ProgramRun.of(command, "--help")).isEqualTo(ProgramRun.of(command, "-h"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "completion",
                "console",
                "demo",
                "example",
                "hello",
                "help",
                "ping",
                "receive",
                "send",
                "serve",
                "transports"
            })
    void eachHelpShowsAnExampleAndFitsEightyColumns(String command) {
        List<String> lines = ProgramRun.of("help", command).outLines();
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(lines.get(lines.size() - 2)).isEqualTo("Example:");
        assertThat(lines.get(lines.size() - 1)).startsWith("  ").contains("./bowline " + command);
    }

    @Test
    void eachHelpTellsTheExitCodes() {
        for (String command : new String[] {"completion", "console", "ping", "receive", "send"}) {
            assertThat(ProgramRun.of("help", command).out())
                    .containsSubsequence("Exit codes:\n", "\n  1  ", "\n  2  ", "\n  130  ", "\n  143  ");
        }
    }

    @Test
    void optionsAreSorted() {
        List<String> options = ProgramRun.of("hello", "--help").outLines().stream()
                .map(String::strip)
                .filter(line -> line.startsWith("-"))
                .map(line -> line.replaceFirst("^-h, ", "").split("[ =]", 2)[0])
                .toList();
        assertThat(options)
                .containsExactly(
                        "--connect-timeout",
                        "--delimiter",
                        "--help",
                        "--max-length",
                        "--starttls",
                        "--timeout",
                        "--tls-ca",
                        "--tls-cert",
                        "--tls-key",
                        "--transport",
                        "--verbose");
    }

    @Test
    void theVersionIsThatOfTheBuild() throws Exception {
        ProgramRun version = ProgramRun.of("--version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.outLines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("bowline " + Program.Version.NUMBER),
                        line -> assertThat(line).startsWith("Java " + Runtime.version()),
                        line -> assertThat(line).isEqualTo("transports: netty, nio, blocking"));
        Path parent = Path.of(System.getProperty("basedir", "."), "..", "pom.xml");
        assertThat(Files.readString(parent))
                .contains(
                        "<artifactId>bowline-parent</artifactId>\n  <version>" + Program.Version.NUMBER + "</version>");
    }
}
