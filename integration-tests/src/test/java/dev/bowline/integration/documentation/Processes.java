package dev.bowline.integration.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of a page, each in a process of its own. */
final class Processes {
    /** On a busy machine, too. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    /**
     * What a program came to.
     *
     * @param out what it printed to standard output
     * @param err what it printed to standard error, where the library's log goes, too
     */
    record Outcome(int exitCode, String out, String err) {}

    private Processes() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** What a reader has: the project and its libraries, and nothing that logs in a way of its own. */
    static String classPath() {
        // A forked test JVM may have a jar on its class path that only names the others.
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Splitter.on(File.pathSeparatorChar)
                .splitToStream(own)
                .map(Path::of)
                .filter(path -> !path.getFileName().toString().matches("(logback|slf4j)-.*"))
                .map(path -> path.toAbsolutePath().toString())
                .collect(joining(File.pathSeparator));
    }

    /** Runs one to its end, in a directory. */
    static Outcome run(Path directory, List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(
                        Files.createTempFile(directory, "in", "").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return new Outcome(-1, Files.readString(out), "it was not over after " + LIMIT.toSeconds() + " s");
            }
            return new Outcome(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
