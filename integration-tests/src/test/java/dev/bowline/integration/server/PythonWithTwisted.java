package dev.bowline.integration.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Python that can import Twisted and what it speaks TLS with. */
public record PythonWithTwisted(Path executable, String twistedVersion) {
    private static final Splitter DIRECTORIES =
            Splitter.on(File.pathSeparatorChar).omitEmptyStrings();
    private static final int SECONDS = 10;

    /**
     * Tries the system's own Python first, the one that a package manager gives Twisted to; the first on the PATH may be
     * another.
     */
    public static PythonWithTwisted find() throws UnavailableException, IOException {
        Set<Path> candidates = candidates();
        for (Path candidate : candidates) {
            String version = twistedVersion(candidate);
            if (version != null) {
                return new PythonWithTwisted(candidate, version);
            }
        }
        throw new UnavailableException(
                candidates.isEmpty()
                        ? "There is no python3."
                        : "None of " + candidates + " can import Twisted and pyOpenSSL.");
    }

    private static Set<Path> candidates() {
        Set<Path> candidates = new LinkedHashSet<>();
        candidates.add(Path.of("/usr/bin/python3"));
        String path = System.getenv().getOrDefault("PATH", "");
        for (String directory : DIRECTORIES.split(path)) {
            candidates.add(Path.of(directory, "python3"));
        }
        candidates.removeIf(candidate -> !Files.isExecutable(candidate));
        return candidates;
    }

    private static @Nullable String twistedVersion(Path python) throws IOException {
        Process probe = new ProcessBuilder(
                        python.toString(), "-c", "import twisted, OpenSSL; print(twisted.__version__)")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            boolean imported = probe.waitFor(SECONDS, TimeUnit.SECONDS) && probe.exitValue() == 0;
            return imported ? new String(probe.getInputStream().readAllBytes(), UTF_8).strip() : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            probe.destroyForcibly();
        }
    }
}
