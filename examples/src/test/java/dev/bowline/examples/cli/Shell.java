package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bowline.examples.Bowline;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Scripts run by bash, in which {@code bowline} is this program. */
final class Shell {
    private static final Path BASH = Path.of("/bin/bash");

    private Shell() {}

    /** What a script came to. */
    record Result(List<String> outLines, String err) {}

    /** Runs a script to its end; skips the test where there is no bash. */
    static Result run(String script) throws Exception {
        assumeThat(BASH).as("bash").isExecutable();
        File err = Files.createTempFile("bowline-shell", ".err").toFile();
        ProcessBuilder builder = new ProcessBuilder(BASH.toString(), "-c", function() + script).redirectError(err);
        builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8"));
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Result(out.lines().toList(), Files.readString(err.toPath()));
        } finally {
            process.destroyForcibly();
            Files.delete(err.toPath());
        }
    }

    private static String function() {
        return "bowline() { " + command() + " \"$@\"; }\n";
    }

    /** How to run the program without {@code ./bowline}, for a shell. */
    static String command() {
        return words().stream().map(word -> "'" + word + "'").collect(joining(" "));
    }

    /** Starts the program, with pipes for its streams. */
    static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(words());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private static List<String> words() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Bowline.class.getName());
    }
}
