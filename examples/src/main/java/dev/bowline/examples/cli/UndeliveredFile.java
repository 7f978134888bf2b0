package dev.bowline.examples.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code --undelivered} puts the lines that may not have arrived, so that they can be sent again. It is opened
 * before anything is sent, and replaced at the end; until then it holds what an earlier run left there.
 */
final class UndeliveredFile implements AutoCloseable {
    private final String name;
    private final FileChannel channel;

    private UndeliveredFile(String name, FileChannel channel) {
        this.name = name;
        this.channel = channel;
    }

    static UndeliveredFile open(String name) throws CommandFailedException {
        return new UndeliveredFile(name, UserFile.write(name));
    }

    /** Whether both names are of one file, whose unread lines would be lost with its replacement. */
    static boolean isInput(String input, @Nullable String undelivered) {
        try {
            return undelivered != null && Files.isSameFile(Path.of(input), Path.of(undelivered));
        } catch (IOException | IllegalArgumentException missing) {
            return false; // opening the one that is missing says so
        }
    }

    /**
     * Replaces the content.
     *
     * @param lines without their ends
     */
    void replace(List<byte[]> lines) throws CommandFailedException {
        try {
            if (Files.isRegularFile(Path.of(name))) {
                channel.truncate(0); // what a pipe or a device does not know
            }
            OutputStream output = new BufferedOutputStream(Channels.newOutputStream(channel));
            for (byte[] line : lines) {
                output.write(line);
                if (line.length > 0 && line[line.length - 1] == '\r') {
                    output.write('\r'); // else reading it again would take its last byte for part of the end
                }
                output.write('\n');
            }
            output.flush();
        } catch (IOException e) {
            throw new CommandFailedException("the file '" + name + "' can't be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
