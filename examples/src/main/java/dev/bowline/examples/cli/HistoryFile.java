package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * The lines entered at consoles, in a file that outlives them. What is typed may be a password: so the file and the
 * directories made for it are for their owner alone. Each line is appended by one write, so that consoles that run at the
 * same time do not mix theirs.
 */
final class HistoryFile {
    /** So many are kept. */
    static final int LINES = 1000;

    private final Path directory;
    private final Path file;

    /** @param directory where it is, or will be */
    HistoryFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("history");
    }

    /**
     * The one of this user: {@code bowline/history} in {@code $XDG_STATE_HOME}, which counts only if it is absolute, or in
     * {@code ~/.local/state}.
     */
    static HistoryFile ofUser(Surroundings surroundings) {
        Path state = Path.of(surroundings.variable("XDG_STATE_HOME"));
        if (!state.isAbsolute()) {
            state = Path.of(System.getProperty("user.home"), ".local", "state");
        }
        return new HistoryFile(state.resolve("bowline"));
    }

    Path file() {
        return file;
    }

    /** The lines of the file, oldest first, none if there is no file yet. One that has grown to twice the size is cut. */
    List<String> load() throws IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is no file");
        }
        // Not readAllLines, which gives up at a byte that is not UTF-8.
        List<String> lines = new String(Files.readAllBytes(file), UTF_8).lines().toList();
        if (lines.size() <= LINES) {
            return lines;
        }
        List<String> latest = lines.subList(lines.size() - LINES, lines.size());
        if (lines.size() > 2 * LINES) {
            replace(latest);
        }
        return latest;
    }

    /** Whoever reads the file meanwhile has the old one or the new one, whole. */
    private void replace(List<String> lines) throws IOException {
        Path next = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(next);
        write(next, String.join("\n", lines) + "\n", Set.of(WRITE, CREATE_NEW));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Adds a line, to a new file if there is none. */
    void append(String line) throws IOException {
        createDirectories(directory);
        write(file, line + "\n", Set.of(WRITE, CREATE, APPEND));
    }

    /** Like that of {@link Files}, which can't be told who may enter those that are made on the way. */
    private static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            createDirectories(parent);
        }
        try {
            Files.createDirectory(directory, ownerOnly(directory, "rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) { // else somebody else was faster
                throw new NotDirectoryException(directory.toString());
            }
        }
    }

    private static void write(Path to, String text, Set<StandardOpenOption> options) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(to, options, ownerOnly(to, "rw-------"))) {
            ByteBuffer bytes = UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** Of what is made, not of what is there: whoever opened that up for others has reasons. */
    private static FileAttribute<?>[] ownerOnly(Path made, String permissions) {
        boolean posix = made.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
