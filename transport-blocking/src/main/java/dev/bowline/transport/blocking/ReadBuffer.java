package dev.bowline.transport.blocking;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Where a link's bytes arrive: 4 KiB as long as that is enough, so that an idle link costs little; 64 KiB from the read
 * on that follows one which filled it, until nothing is left to read. Used by one thread at a time: the one that reads,
 * then the one that reports, ordered by the link's lock.
 */
final class ReadBuffer {
    static final int SMALL = 4 * 1024;

    private final SocketChannel channel;
    private final LargeBuffers larges;
    private final ByteBuffer small = ByteBuffer.allocate(SMALL);

    /** Borrowed while much arrives. */
    private @Nullable ByteBuffer large;

    /** Where the last read put its bytes. */
    private ByteBuffer current = small;

    /** How many bytes the last read brought. */
    private int count;

    /** Made when first asked. */
    private @Nullable InputStream stream;

    ReadBuffer(SocketChannel channel, LargeBuffers larges) {
        this.channel = channel;
        this.larges = larges;
    }

    /** Reads once, blocking: how many bytes arrived, -1 at the end. */
    int fill() throws IOException {
        current = choose();
        current.clear();
        count = channel.read(current);
        return count;
    }

    /** The bytes of the last read. */
    ByteBuffer filled() {
        return current.position(0).limit(count);
    }

    /** Gives back what was borrowed. */
    void release() {
        if (large != null) {
            larges.giveBack(large);
            large = null;
            current = small;
        }
    }

    /** Where the coming read puts its bytes. */
    ByteBuffer choose() throws IOException {
        boolean enough = large == null && count < SMALL;
        if (enough || nothingWaits()) {
            release();
            return small;
        }
        if (large == null) {
            large = larges.borrow();
        }
        return large;
    }

    /** Whether the coming read would wait; of a Unix domain socket, which can't say, the last read is the best hint. */
    private boolean nothingWaits() throws IOException {
        if (!(channel.getLocalAddress() instanceof InetSocketAddress)) {
            return count < SMALL;
        }
        if (stream == null) {
            stream = channel.socket().getInputStream();
        }
        return stream.available() == 0;
    }
}
