package dev.bowline.examples.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Reads a ledger entry by entry: number, space, line, CR LF. It reads at positions of its own, so the channel's writer
 * goes on undisturbed, and there is nothing to close.
 */
final class LedgerReader {
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(65536).limit(0);
    private long read;
    private long position;

    LedgerReader(FileChannel channel, long start) {
        this.channel = channel;
        this.read = start;
        this.position = start;
    }

    /** The next whole entry; null when there is none. */
    @Nullable
    LedgerEntry next() throws IOException {
        ByteArrayOutputStream entry = new ByteArrayOutputStream(128);
        int before = -1;
        while (buffer.hasRemaining() || refill()) {
            byte b = buffer.get();
            entry.write(b);
            if (b == '\n' && before == '\r') {
                position += entry.size();
                return parse(entry.toByteArray());
            }
            before = b;
        }
        return null;
    }

    private boolean refill() throws IOException {
        int more = channel.read(buffer.clear(), read);
        buffer.flip();
        read += Math.max(0, more);
        return more > 0;
    }

    private static LedgerEntry parse(byte[] entry) {
        int space = 0;
        while (entry[space] != ' ') {
            space++;
        }
        int number = Integer.parseInt(new String(entry, 0, space, ISO_8859_1));
        ByteBuffer line = ByteBuffer.wrap(entry, space + 1, entry.length - space - 3);
        return new LedgerEntry(number, line.slice());
    }

    /** Where the last entry that {@link #next} gave ends in the file. */
    long position() {
        return position;
    }
}
