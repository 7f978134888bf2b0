package dev.bowline.integration.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.examples.Bowline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on logging: its configuration files do what it says, and its sample is what a program really logs. */
class LoggingIT {
    private static final Path PAGE = Path.of("../docs/logging.md");

    @TempDir
    private Path directory;

    /** A port where nobody listens, for the moment. */
    private int port;

    @BeforeEach
    void findAPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    private String endpoint() {
        return "127.0.0.1:" + port;
    }

    /** The first block of the page that begins like this. */
    private static String block(String beginning) throws IOException {
        Pattern fenced = Pattern.compile("```[a-z]*\n(" + Pattern.quote(beginning) + ".*?)```", Pattern.DOTALL);
        return fenced.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult block) -> block.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(PAGE + " has no block that begins with " + beginning));
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private List<String> julFile(String content) throws IOException {
        return List.of("-Djava.util.logging.config.file=" + file("logging.properties", content));
    }

    private static String jul() throws IOException {
        return block("handlers = java.util.logging.ConsoleHandler");
    }

    /** What a program says of a server that is not there. */
    private List<String> refused(String classPath, List<String> options) throws Exception {
        try (RunningProgram program = new RunningProgram(LoggedProgram.class, classPath, options, endpoint())) {
            program.awaitLine("no connection");
            return program.finish();
        }
    }

    private void assertOneLine(List<String> lines, String time, String level) {
        assertThat(lines)
                .filteredOn(line -> line.contains("no connection: "))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line).matches(time + Pattern.quote(level) + ".*");
                    assertThat(line)
                            .contains("dev.bowline.client")
                            .contains(endpoint() + ": no connection: connection refused by " + endpoint()
                                    + "; attempt 2 in ");
                });
        assertThat(lines).as("no stack trace").noneMatch(line -> line.startsWith("\tat "));
    }

    @Test
    void throughSlf4jItIsLogbacks() throws Exception {
        String configuration = file("logback.xml", block("<configuration>"));
        List<String> lines =
                refused(System.getProperty("logging.slf4j"), List.of("-Dlogback.configurationFile=" + configuration));
        assertOneLine(lines, "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} ", "WARN ");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .matches(".* \\[bowline-nio-attempt-\\d " + Pattern.quote(endpoint())
                                + "\\] .*no connection.*"));
    }

    @Test
    void throughLog4jsOwnBridgeItIsLog4js() throws Exception {
        String configuration = file("log4j2.xml", block("<Configuration>"));
        List<String> lines =
                refused(System.getProperty("logging.log4j"), List.of("-Dlog4j2.configurationFile=" + configuration));
        assertOneLine(lines, "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} ", "WARN ");
    }

    @Test
    void withNothingElseItIsJavaUtilLoggings() throws Exception {
        assertOneLine(refused("", julFile(jul())), "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} ", "WARNING ");
    }

    @Test
    void switchedOffItSaysNothing() throws Exception {
        try (RunningProgram program =
                new RunningProgram(LoggedProgram.class, "", julFile(jul() + "dev.bowline.level = OFF\n"), endpoint())) {
            assertThat(program.finish()).isEmpty();
        }
    }

    private RunningProgram serve() throws IOException {
        RunningProgram server =
                new RunningProgram(Bowline.class, "", List.of(), "serve", "--port", Integer.toString(port));
        server.awaitLine("listening");
        return server;
    }

    /** Numbers and what depends on them: times, ports, delays, how often it was tried. */
    private static String withoutNumbers(String line) {
        return line.replaceAll("\\d+", "#").replace("attempts", "attempt");
    }

    @Test
    void theSampleIsTheLogOfAClientWhoseServerIsKilledAndComesBack() throws Exception {
        RunningProgram server = serve();
        try (RunningProgram program = new RunningProgram(LoggedProgram.class, "", julFile(jul()), endpoint())) {
            program.enter("one");
            program.awaitLine("got one");
            server.close();
            program.awaitLine("no connection");
            server = serve();
            program.awaitLine("connected again");
            assertThat(program.finish())
                    .filteredOn(line -> !line.startsWith("got "))
                    .extracting(LoggingIT::withoutNumbers)
                    .isEqualTo(block("2026-")
                            .lines()
                            .map(LoggingIT::withoutNumbers)
                            .toList());
        } finally {
            server.close();
        }
    }
}
