package dev.bowline.testkit;

import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of a connection in memory. It adds a step whenever there is something to read and reading is wanted,
 * and whenever a write that found no room can go on; each step reports one thing.
 *
 * <p>The event side is whoever does a step. Fields are the event side's own unless they say otherwise.
 */
final class MemoryLink implements Link, MemoryEnd.Owner {
    private enum Input {
        READING,
        PAUSED,
        /** The peer's end was reported, or the link is over. */
        ENDED
    }

    /** A buffer does not begin where its array does: whoever takes one for the other is found out. */
    private static final int LEAD = 3;

    private final MemoryEngine engine;
    private final MemorySteps steps;
    private final ReentrantLock lock;
    private final MemoryEnd end;
    private final LinkHandler handler;

    /** Guarded by lock: the peer's thread asks for it when it sends. */
    private Input input = Input.READING;

    /** A step that reads waits to be done. Guarded by lock. */
    private boolean readWaits;

    /** The write in progress, if there is one. */
    private @Nullable ByteBuffer outstanding;

    /** A write failed, and its report was made. */
    private boolean outputFailed;

    /** From here on only {@code closed} follows. */
    private boolean over;

    MemoryLink(MemoryEngine engine, MemorySteps steps, MemoryEnd end, LinkHandler handler) {
        this.engine = engine;
        this.steps = steps;
        this.lock = steps.lock;
        this.end = end;
        this.handler = handler;
    }

    // ---- reading ----

    @Override
    public void readable() {
        if (input == Input.READING && !readWaits) {
            readWaits = true;
            steps.execute(this::read);
        }
    }

    private void read() {
        int most = Math.min(engine.chunkSize(), Math.max(1, end.unread()));
        byte[] chunk = new byte[LEAD + most];
        int count;
        try {
            count = readInto(chunk, most);
        } catch (IOException reset) {
            finish(reset);
            return;
        }
        if (count < 0) {
            handler.inputEnded();
        } else if (count > 0) {
            handler.received(ByteBuffer.wrap(chunk, LEAD, count));
            // Whoever kept the buffer finds no data in it.
            Arrays.fill(chunk, (byte) '#');
        }
        readOn();
    }

    private int readInto(byte[] chunk, int most) throws IOException {
        lock.lock();
        try {
            readWaits = false;
            if (input != Input.READING) {
                return 0;
            }
            int count = end.read(chunk, LEAD, most);
            if (count < 0) {
                input = Input.ENDED;
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void readOn() {
        lock.lock();
        try {
            if (end.isReadable()) {
                readable();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void setReading(boolean on) {
        lock.lock();
        try {
            if (input != Input.ENDED) {
                input = on ? Input.READING : Input.PAUSED;
                readOn();
            }
        } finally {
            lock.unlock();
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

    @Override
    public void writable() {
        steps.execute(this::flush);
    }

    private void flush() {
        ByteBuffer data = outstanding;
        if (data == null) {
            return;
        }
        try {
            end.write(data);
        } catch (IOException broken) {
            outstanding = null;
            outputFailed = true;
            handler.outputFailed(broken);
            return;
        }
        if (!data.hasRemaining()) {
            outstanding = null;
            handler.written();
        }
    }

    @Override
    public void shutdownOutput() {
        if (!over && !outputFailed) {
            end.shutdownOutput();
        }
    }

    // ---- the end ----

    @Override
    public void close() {
        if (!over) {
            end.close();
            finish(null);
        }
    }

    @Override
    public void abort() {
        if (!over) {
            end.abort();
            finish(null);
        }
    }

    private void finish(@Nullable IOException cause) {
        over = true;
        outstanding = null;
        lock.lock();
        try {
            input = Input.ENDED;
            engine.forget(this);
            steps.execute(() -> handler.closed(cause));
        } finally {
            lock.unlock();
        }
    }

    // ---- from any thread ----

    @Override
    public void execute(Runnable task) {
        engine.execute(task);
    }

    @Override
    public SocketAddress localAddress() {
        return end.address();
    }

    @Override
    public SocketAddress remoteAddress() {
        return end.other().address();
    }
}
