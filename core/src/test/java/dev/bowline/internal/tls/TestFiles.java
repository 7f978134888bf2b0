package dev.bowline.internal.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/** The certificates among the test resources; {@code make-certificates.sh} beside them says what each is. */
public final class TestFiles {
    /** Of whatever has one. */
    public static final String PASSWORD = "bowline";

    private TestFiles() {}

    public static Path path(String name) {
        try {
            return Path.of(Objects.requireNonNull(TestFiles.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    static List<X509Certificate> certificates(String name) {
        try {
            return Certificates.read(path(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
