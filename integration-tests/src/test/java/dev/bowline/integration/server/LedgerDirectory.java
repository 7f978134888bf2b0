package dev.bowline.integration.server;

import dev.bowline.testkit.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A temporary directory for the ledger of one server, the files it is run from, and the certificates. */
record LedgerDirectory(Path path) {
    static final String LEDGER = "ledger";

    static LedgerDirectory create() {
        try {
            LedgerDirectory directory = new LedgerDirectory(Files.createTempDirectory("bowline-reference-"));
            TestCertificates.writeTo(directory.path);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path ledger() {
        return path.resolve(LEDGER);
    }

    /** Copies one of the {@code reference-server} resources here. */
    Path copy(String resource) throws IOException {
        Path copy = path.resolve(resource);
        Files.write(copy, resource(resource));
        return copy;
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = LedgerDirectory.class.getResourceAsStream("/reference-server/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    void delete() {
        try (var files = Files.list(path)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit(); // a temporary directory that stays is no reason to fail a test
        }
    }
}
