package dev.bowline.benchmarks.measure;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The one core that a process may use, where the system can see to that; else any. */
public record Pinning(int core) {
    /** Any core. */
    public static final Pinning NONE = new Pinning(-1);

    /** Whether there is the program that pins. */
    public static boolean isPossible() {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(File.pathSeparator))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "taskset")));
    }

    /** What stands before a command. */
    List<String> prefix() {
        return core < 0 || !isPossible() ? List.of() : List.of("taskset", "-c", Integer.toString(core));
    }
}
