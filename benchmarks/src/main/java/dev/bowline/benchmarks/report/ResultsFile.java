package dev.bowline.benchmarks.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.bowline.benchmarks.measure.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * All of a run, for programs: every sample, and where it was taken.
 *
 * @param plan {@code quick} or {@code full}
 */
public record ResultsFile(String plan, Machine machine, Results results) {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .create();

    /** Replaces the file. */
    public void write(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, GSON.toJson(this) + "\n");
    }

    /** What was written. */
    public static ResultsFile read(Path file) throws IOException {
        return GSON.fromJson(Files.readString(file), ResultsFile.class);
    }
}
