package dev.bowline.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How processes of the benchmarks are started.
 *
 * @param java the program
 * @param options more of them, for the contenders' JVMs only
 * @param log where what they print of themselves goes
 */
public record Jvm(Path java, List<String> options, Path log) {
    private static final List<String> COMMON = List.of(
            "-Xms1g", "-Xmx1g", "--enable-native-access=ALL-UNNAMED", "-Djava.util.logging.config.file=/dev/null");

    /** The one that runs this. */
    public static Jvm current() throws IOException {
        return of(Path.of(System.getProperty("java.home")), List.of());
    }

    /** One of a JDK. */
    public static Jvm of(Path home, List<String> options) throws IOException {
        Path log = Files.createTempFile("bowline-bench-", ".log");
        log.toFile().deleteOnExit();
        return new Jvm(home.resolve("bin").resolve("java"), options, log);
    }

    /** Starts a program of this class path; it ends with its standard input. */
    Process start(Class<?> main, Pinning pinning, List<String> moreOptions, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(pinning.prefix());
        command.add(java.toString());
        command.addAll(COMMON);
        command.addAll(moreOptions);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** The end of what the processes said, for a complaint. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "(" + log + " can't be read: " + e + ")";
        }
    }
}
