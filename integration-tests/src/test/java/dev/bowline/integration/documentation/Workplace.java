package dev.bowline.integration.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.bowline.examples.Bowline;
import dev.bowline.testkit.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Where a page is tried: a directory with {@code bowline}, a certificate for {@code localhost} in {@code server.pem} and {@code
 * server.key}, and the authority that signed it in {@code ca.pem}.
 */
final class Workplace implements AutoCloseable {
    private final Path directory;
    private final Ports ports = Ports.free();

    /**
     * Makes one.
     *
     * @param bowline what {@code ./bowline} is; null for the program as the tests have it, on their class path
     */
    Workplace(@Nullable Path bowline) throws IOException {
        directory = Files.createTempDirectory("bowline-page-");
        Path program = directory.resolve("bowline");
        if (bowline == null) {
            Files.writeString(program, standIn(), UTF_8);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        } else {
            Files.createSymbolicLink(program, bowline);
        }
        TestCertificates.PemFiles files = TestCertificates.writeTo(Files.createDirectory(directory.resolve("pem")));
        Files.copy(files.authority(), directory.resolve("ca.pem"));
        Files.copy(files.certificate(TestCertificates.Server.EC), directory.resolve("server.pem"));
        Files.copy(files.key(TestCertificates.Server.EC), directory.resolve("server.key"));
    }

    private static String standIn() {
        return "#!/usr/bin/env bash\nexec '" + Processes.java() + "' --enable-native-access=ALL-UNNAMED"
                + " ${BOWLINE_OPTS:-} -cp '" + Processes.classPath() + "' " + Bowline.class.getName() + " \"$@\"\n";
    }

    Path directory() {
        return directory;
    }

    Ports ports() {
        return ports;
    }

    @Override
    public void close() throws IOException {
        MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
    }
}
