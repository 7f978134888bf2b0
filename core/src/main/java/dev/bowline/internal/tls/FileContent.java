package dev.bowline.internal.tls;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was read from one file, or from some that belong together, and how it is read again. Immutable: whoever shares it
 * shares what was read, and another reading is another value: no two are equal.
 */
final class FileContent<T> {
    /** Reads the files; what is wrong with them is said in a sentence. */
    interface Reader<T> {
        T read() throws IOException;
    }

    private final List<Path> files;
    private final Reader<T> reader;

    /** Taken before the files were read: what changes meanwhile is seen at the next look. */
    private final List<FileStamp> stamps;

    private final T value;

    private FileContent(List<Path> files, Reader<T> reader) throws IOException {
        this.files = files;
        this.reader = reader;
        this.stamps = stamps();
        this.value = reader.read();
    }

    static <T> FileContent<T> read(List<Path> files, Reader<T> reader) throws IOException {
        return new FileContent<>(files, reader);
    }

    T value() {
        return value;
    }

    private List<FileStamp> stamps() {
        return files.stream().map(FileStamp::of).toList();
    }

    /**
     * The files as they are now: this one while they have not changed, or can't be read.
     *
     * @param complaints told if they can't
     */
    FileContent<T> refreshed(Complaints complaints) {
        if (stamps.equals(stamps())) {
            complaints.settled(files);
            return this;
        }
        try {
            FileContent<T> next = read(files, reader);
            complaints.settled(files);
            return next;
        } catch (IOException unreadable) {
            complaints.about(files, unreadable);
            return this;
        }
    }

    @Override
    public String toString() {
        return files.stream().map(Path::toString).collect(Collectors.joining(" and "));
    }

    /** The bytes of a file. */
    static byte[] bytes(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a directory, not a file");
        }
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no file " + file, missing);
        } catch (AccessDeniedException denied) {
            throw new IOException("the file " + file + " may not be read by this user", denied);
        } catch (IOException unreadable) {
            throw new IOException("the file " + file + " can't be read: " + Printable.message(unreadable), unreadable);
        }
    }
}
