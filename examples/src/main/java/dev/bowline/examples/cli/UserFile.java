package dev.bowline.examples.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that the user named, opened, or a sentence about why it can't be. */
final class UserFile {
    private UserFile() {}

    /** Opens a file of lines to be read. */
    static FileChannel read(String name) throws CommandFailedException {
        return open(name, "read", "there is no file '" + name + "'", StandardOpenOption.READ);
    }

    /** Opens a file to be written, and makes it where there is none; what is in it stays for now. */
    static FileChannel write(String name) throws CommandFailedException {
        return open(
                name,
                "written",
                "there is no directory for the file '" + name + "'",
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE);
    }

    private static FileChannel open(String name, String purpose, String missing, StandardOpenOption... how)
            throws CommandFailedException {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                throw new CommandFailedException("'" + name + "' is a directory, not a file of lines");
            }
            return FileChannel.open(path, how);
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new CommandFailedException(missing, e);
        } catch (AccessDeniedException e) {
            throw new CommandFailedException("the file '" + name + "' may not be " + purpose, e);
        } catch (IOException e) {
            throw new CommandFailedException("the file '" + name + "' can't be opened: " + e.getMessage(), e);
        }
    }
}
