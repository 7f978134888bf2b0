package dev.bowline.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes the examples ones: each can be read at once, copied, and run. */
class ExampleFilesTest {
    static List<Path> files() throws IOException {
        Path directory = Path.of("src", "main", "java", "dev", "bowline", "examples", "clients");
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.endsWith("package-info.java")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachIsAProgramOfAtMost120LinesThatNeedsNoOtherFile(Path file) throws Exception {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSizeLessThanOrEqualTo(120);
        assertThat(lines).anyMatch(line -> line.startsWith("    public static void main(String[] args)"));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("import ") && !line.startsWith("import static "))
                .allMatch(line -> line.matches("import (java|dev\\.bowline)\\..*"))
                .noneMatch(line -> line.contains("dev.bowline.examples") || line.contains(".internal."));
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachIsOnThePageOfExamples(Path file) throws Exception {
        assertThat(Files.readString(Path.of("..", "docs", "examples.md"))).contains("| `" + file.getFileName() + "` |");
    }
}
