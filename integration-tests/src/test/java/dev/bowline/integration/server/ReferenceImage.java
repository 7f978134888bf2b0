package dev.bowline.integration.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The image with Python and Twisted, made from Debian packages where it is missing. */
final class ReferenceImage {
    private static final String SCRIPT = "make-image.sh";
    private static final int MINUTES_TO_MAKE = 5;

    private ReferenceImage() {}

    /** Returns the image's name, which changes with the script that makes it. */
    static String require(DockerClient docker, LedgerDirectory directory) throws UnavailableException, IOException {
        String name =
                "bowline-reference:" + digest(LedgerDirectory.resource(SCRIPT)).substring(0, 12);
        try {
            docker.inspectImageCmd(name).exec();
        } catch (NotFoundException e) {
            make(name, directory);
        }
        return name;
    }

    private static String digest(byte[] script) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(script));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void make(String name, LedgerDirectory directory) throws UnavailableException, IOException {
        Path output = directory.path().resolve("make-image.out");
        Process process = new ProcessBuilder("sh", directory.copy(SCRIPT).toString(), name)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(MINUTES_TO_MAKE, TimeUnit.MINUTES)) {
                throw new UnavailableException(SCRIPT + " did not end in " + MINUTES_TO_MAKE + " minutes.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("Interrupted while the image was made.", e);
        } finally {
            process.destroy();
        }
        if (process.exitValue() != 0) {
            List<String> lines = Files.readAllLines(output);
            String last = lines.isEmpty() ? "no output" : lines.get(lines.size() - 1);
            throw new UnavailableException("The image could not be made (" + last + ").");
        }
    }
}
