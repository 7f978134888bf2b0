package dev.bowline.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One line that a server received.
 *
 * @param connection the number of the connection that sent it, from 1
 * @param bytes the line without its CR LF; read-only
 */
public record LedgerEntry(int connection, ByteBuffer bytes) {
    /** Keeps a view of its own of the bytes, so that nobody moves its position. */
    public LedgerEntry {
        bytes = bytes.asReadOnlyBuffer();
    }

    /** The line's bytes in a buffer of the caller's own; read-only. */
    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }

    /** The line as UTF-8; what is malformed in it is replaced. */
    public String line() {
        return UTF_8.decode(bytes()).toString();
    }

    /**
     * Reads a ledger. One that is being written may be read: an entry that is not whole yet is left out.
     *
     * @throws IOException if the file cannot be read
     */
    public static List<LedgerEntry> readAll(Path ledger) throws IOException {
        try (FileChannel channel = FileChannel.open(ledger)) {
            LedgerReader reader = new LedgerReader(channel, 0);
            List<LedgerEntry> entries = new ArrayList<>();
            for (LedgerEntry entry = reader.next(); entry != null; entry = reader.next()) {
                entries.add(entry);
            }
            return entries;
        }
    }
}
