package dev.bowline.testing;

import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A link without a network: the test is the operating system and the peer, and its thread is the event side. What is
 * written is taken at once, or as much as {@link #takeAtMost} lets through.
 */
public final class FakeLink implements Link {
    private final LinkHandler handler;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    /** Added to by any thread. */
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    private final List<String> calls = new ArrayList<>();
    private final List<Integer> writes = new ArrayList<>();
    private int room = Integer.MAX_VALUE;
    private @Nullable ByteBuffer outstanding;
    private boolean reading = true;
    private boolean released;

    public FakeLink(LinkHandler handler) {
        this.handler = handler;
    }

    // ---- the test's side ----

    /** The link is there. */
    public void open() {
        handler.opened(this);
        runTasks();
    }

    /** From now on the operating system takes so many bytes, then no more. */
    public void takeAtMost(int bytes) {
        room = bytes;
    }

    /** The operating system takes so many bytes more, also of what is outstanding. */
    public void takeMore(int bytes) {
        room = bytes;
        ByteBuffer pending = outstanding;
        if (pending != null && take(pending)) {
            outstanding = null;
            handler.written();
            runTasks();
        }
    }

    public void receive(String text) {
        receive(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The peer's bytes arrive in one chunk, whose array is spoilt afterwards: nobody may keep it. */
    public void receive(byte[] bytes) {
        ByteBuffer chunk = ByteBuffer.allocate(bytes.length + 3).position(2);
        chunk.put(bytes).flip().position(2);
        handler.received(chunk);
        Arrays.fill(chunk.array(), (byte) '#');
        runTasks();
    }

    public void endInput() {
        handler.inputEnded();
        runTasks();
    }

    public void failOutput(String message) {
        handler.outputFailed(new IOException(message));
        runTasks();
    }

    /** The link is gone. */
    public void lose(@Nullable IOException cause) {
        handler.closed(cause);
        runTasks();
    }

    /** Reports the loss if the connection has let the link go. */
    public void loseIfReleased() {
        if (released) {
            lose(null);
        }
    }

    /** Runs what waits, and what that leaves behind; returns how many tasks it were. */
    public int runTasks() {
        int count = 0;
        for (; !tasks.isEmpty(); count++) {
            tasks.poll().run();
        }
        return count;
    }

    /** What was taken so far, as text. */
    public String taken() {
        return taken.toString(StandardCharsets.ISO_8859_1);
    }

    /** The sizes of the writes, one for each system call that took something. */
    public List<Integer> writes() {
        return writes;
    }

    /** What was called, in order: {@code fin}, {@code close}, {@code abort}, {@code pause}, {@code resume}. */
    public List<String> calls() {
        return calls;
    }

    public boolean isReading() {
        return reading;
    }

    public boolean isIdle() {
        return tasks.isEmpty();
    }

    // ---- Link ----

    @Override
    public void write(ByteBuffer data) {
        if (outstanding != null) {
            throw new AssertionError("a second write while one is outstanding");
        }
        if (released || calls.contains("fin")) {
            throw new AssertionError("a write after " + calls);
        }
        if (!data.hasRemaining()) {
            throw new AssertionError("an empty write");
        }
        if (take(data)) {
            handler.written();
        } else {
            outstanding = data;
        }
    }

    private boolean take(ByteBuffer data) {
        int count = Math.min(room, data.remaining());
        if (count > 0) {
            byte[] piece = new byte[count];
            data.get(piece);
            taken.writeBytes(piece);
            writes.add(count);
            if (room != Integer.MAX_VALUE) {
                room -= count;
            }
        }
        return !data.hasRemaining();
    }

    @Override
    public void setReading(boolean on) {
        reading = on;
        calls.add(on ? "resume" : "pause");
    }

    @Override
    public void shutdownOutput() {
        if (outstanding != null) {
            throw new AssertionError("FIN while a write is outstanding");
        }
        calls.add("fin");
    }

    @Override
    public void close() {
        released = true;
        calls.add("close");
    }

    @Override
    public void abort() {
        released = true;
        calls.add("abort");
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public SocketAddress localAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    @Override
    public SocketAddress remoteAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);
    }
}
