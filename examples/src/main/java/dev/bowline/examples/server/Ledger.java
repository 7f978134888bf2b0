package dev.bowline.examples.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file that gets every line received. Entries are gathered and written together, by {@link #flush}: before a
 * command is obeyed and before anything that was appended is answered.
 */
final class Ledger implements Closeable {
    private static final int GATHERED = 65536;

    private final FileChannel channel;
    private final int highestConnection;
    private final ByteArrayOutputStream unwritten = new ByteArrayOutputStream(GATHERED);

    private Ledger(FileChannel channel) throws IOException {
        this.channel = channel;
        int highest = 0;
        LedgerReader reader = new LedgerReader(channel, 0);
        for (LedgerEntry entry = reader.next(); entry != null; entry = reader.next()) {
            highest = Math.max(highest, entry.connection());
        }
        channel.truncate(reader.position()); // a server that was killed may have left half an entry
        highestConnection = highest;
        channel.position(channel.size());
    }

    static Ledger open(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            return new Ledger(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The highest number of a connection when this was opened; 0 if there was none. */
    int highestConnection() {
        return highestConnection;
    }

    void append(int connection, byte[] line, int from, int to) throws IOException {
        unwritten.writeBytes((connection + " ").getBytes(ISO_8859_1));
        unwritten.write(line, from, to - from);
        unwritten.write('\r');
        unwritten.write('\n');
        if (unwritten.size() > GATHERED) {
            flush();
        }
    }

    void flush() throws IOException {
        if (unwritten.size() > 0) {
            ByteBuffer entries = ByteBuffer.wrap(unwritten.toByteArray());
            unwritten.reset();
            while (entries.hasRemaining()) {
                channel.write(entries);
            }
        }
    }

    /** Where the next entry begins; call it when everything is flushed. */
    long size() throws IOException {
        return channel.size();
    }

    /** The first {@code count} lines of a connection, each with CR LF; its entries begin at {@code start} or later. */
    Pieces linesOf(int connection, long start, int count) {
        LedgerReader reader = new LedgerReader(channel, start);
        int[] left = {count};
        return () -> {
            while (left[0] > 0) {
                LedgerEntry entry = reader.next();
                if (entry == null) {
                    break;
                } else if (entry.connection() == connection) {
                    left[0]--;
                    return withLineEnd(entry.bytes());
                }
            }
            return null;
        };
    }

    private static byte[] withLineEnd(ByteBuffer line) {
        byte[] bytes = new byte[line.remaining() + 2];
        line.get(bytes, 0, line.remaining());
        bytes[bytes.length - 2] = '\r';
        bytes[bytes.length - 1] = '\n';
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
