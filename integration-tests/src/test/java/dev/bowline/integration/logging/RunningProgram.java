package dev.bowline.integration.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.testkit.contract.support.EventLog;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A Java program in a process of its own; what it prints, on either stream, is there line by line. */
final class RunningProgram implements AutoCloseable {
    private final EventLog lines = new EventLog();
    private final Process process;
    private final CompletableFuture<Void> reader;

    /** @param classPath what it has beside Bowline and the tests, in front of them */
    RunningProgram(Class<?> program, String classPath, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Duser.language=en", "-cp"));
        // A forked test JVM may have a jar on its class path that only names the others.
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.add(classPath.isEmpty() ? own : classPath + File.pathSeparator + own);
        command.addAll(options);
        command.add(program.getName());
        command.addAll(Arrays.asList(arguments));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        reader = Waiting.aside(() -> {
            BufferedReader output = process.inputReader(UTF_8);
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
            return null;
        });
    }

    /** Waits for a line that has this in it; returns all until then. */
    List<String> awaitLine(String part) {
        return lines.awaitThat(all -> all.stream().anyMatch(line -> line.contains(part)));
    }

    /** A line for its input. */
    void enter(String line) throws IOException {
        Writer input = process.outputWriter(UTF_8);
        input.write(line + "\n");
        input.flush();
    }

    /** Ends its input, and waits for its end; returns all that it printed. */
    List<String> finish() throws Exception {
        process.outputWriter(UTF_8).close();
        Waiting.exitCode(process);
        Waiting.await(reader);
        return lines.events();
    }

    /** Kills it. */
    @Override
    public void close() {
        Waiting.exitCode(process.destroyForcibly());
    }
}
