package dev.bowline.transport.nio;

import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One connected channel. It asks the selector for reads while input is wanted, and for writes only while the kernel has
 * refused some bytes; {@link #adjustInterest} derives both from the state, nothing else touches the key.
 *
 * <p>Everything is on the loop's thread, but for {@link #execute} and the addresses, which do not change.
 */
final class NioLink implements Link, NioLoop.Registration {
    private enum Input {
        READING,
        PAUSED,
        ENDED
    }

    private static final Logger LOG = System.getLogger("dev.bowline.transport.nio");

    /** How often one link reads, or writes, before the others get their turn. */
    private static final int TURNS = 16;

    /** The JDK copies a heap buffer through a direct one as large as what it is given, which it keeps per thread. */
    private static final int SLICE_BYTES = 128 * 1024;

    private final NioLoop loop;
    private final SocketChannel channel;
    private final LinkHandler handler;
    private final SocketAddress localAddress;
    private final SocketAddress remoteAddress;

    private SelectionKey key;
    private Input input = Input.READING;

    /** A write failed; its report was made. */
    private boolean outputFailed;

    /** The write in progress, if there is one. */
    private @Nullable ByteBuffer outstanding;

    /** From here on only {@code closed} follows. */
    private boolean over;

    NioLink(NioLoop loop, SocketChannel channel, SelectionKey key, LinkHandler handler) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.key = key;
        this.handler = handler;
        this.localAddress = channel.getLocalAddress();
        this.remoteAddress = channel.getRemoteAddress();
    }

    void begin() {
        adjustInterest();
        handler.opened(this);
    }

    // ---- what the selector says ----

    @Override
    public void ready() {
        if (over) {
            return;
        }
        int ready = key.readyOps();
        // Reading first: after a reset, the data before it and then its cause are there to be read.
        if ((ready & SelectionKey.OP_READ) != 0) {
            read();
        }
        if ((ready & SelectionKey.OP_WRITE) != 0) {
            flush();
        }
    }

    @Override
    public void moved(SelectionKey key) {
        this.key = key;
    }

    private void adjustInterest() {
        if (over) {
            return;
        }
        int wanted =
                (input == Input.READING ? SelectionKey.OP_READ : 0) | (outstanding != null ? SelectionKey.OP_WRITE : 0);
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    // ---- reading ----

    private void read() {
        ByteBuffer buffer = loop.readBuffer();
        for (int turn = 0; turn < TURNS && !over && input == Input.READING; turn++) {
            int count;
            try {
                count = channel.read(buffer.clear());
            } catch (IOException e) {
                finish(e);
                return;
            }
            if (count < 0) {
                input = Input.ENDED;
                adjustInterest();
                handler.inputEnded();
            } else if (count > 0) {
                handler.received(buffer.flip());
            }
            if (count < buffer.capacity()) {
                // Nothing more for now; if there is, the selector says so.
                return;
            }
        }
    }

    @Override
    public void setReading(boolean on) {
        if (input != Input.ENDED) {
            input = on ? Input.READING : Input.PAUSED;
            adjustInterest();
        }
    }

    // ---- writing ----

    @Override
    public void write(ByteBuffer data) {
        if (!over && !outputFailed) {
            outstanding = data;
            flush();
        }
    }

    /** Gives the kernel what it takes of the outstanding write, for a number of turns. */
    private void flush() {
        ByteBuffer data = outstanding;
        if (over || data == null) {
            return;
        }
        try {
            offer(data);
        } catch (IOException e) {
            outstanding = null;
            outputFailed = true;
            adjustInterest();
            handler.outputFailed(e);
            return;
        }
        if (!data.hasRemaining()) {
            outstanding = null;
        }
        adjustInterest();
        if (outstanding == null) {
            handler.written();
        }
    }

    private void offer(ByteBuffer data) throws IOException {
        int end = data.limit();
        try {
            boolean taken = true;
            for (int turn = 0; turn < TURNS && taken && data.position() < end; turn++) {
                data.limit(Math.min(end, data.position() + SLICE_BYTES));
                channel.write(data);
                taken = !data.hasRemaining();
            }
        } finally {
            data.limit(end);
        }
    }

    @Override
    public void shutdownOutput() {
        if (over || outputFailed) {
            return;
        }
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            outputFailed = true;
            loop.execute(() -> {
                if (!over) {
                    handler.outputFailed(e);
                }
            });
        }
    }

    // ---- the end ----

    @Override
    public void close() {
        if (!over) {
            finish(null);
        }
    }

    @Override
    public void abort() {
        if (over) {
            return;
        }
        try {
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a socket that is broken already takes no SO_LINGER", e);
        }
        finish(null);
    }

    @Override
    public void end() {
        abort();
    }

    private void finish(@Nullable IOException cause) {
        over = true;
        outstanding = null;
        closeQuietly(channel);
        loop.afterSelect(() -> handler.closed(cause));
    }

    static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a socket could not be closed", e);
        }
    }

    // ---- from any thread ----

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public SocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }
}
