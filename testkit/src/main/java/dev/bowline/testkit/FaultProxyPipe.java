package dev.bowline.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** One direction of one proxied connection: what was read and has not left yet. All on the proxy's thread. */
final class FaultProxyPipe {
    /** So many bytes are held; then the sender meets a full pipe. */
    private static final int CAPACITY = 64 * 1024;

    /** After so many writes the thread is given to other connections. */
    private static final int WRITES_IN_A_ROW = 64;

    /**
     * What has not left yet.
     *
     * @param bytes empty for the end of the input
     * @param due when it may leave
     */
    private record Held(ByteBuffer bytes, long due) {}

    private final FaultProxyLoop loop;
    private final FaultProxyConnection connection;
    private final FaultProxy.Direction direction;
    private final SocketChannel source;
    private final SocketChannel sink;
    private final Queue<Held> queue = new ArrayDeque<>();
    private int held;
    private long forwarded;
    private boolean sourceEnded;
    private boolean finSent;

    /** The sink takes no more for now, or others were let go first. */
    private boolean blocked;

    FaultProxyPipe(
            FaultProxyLoop loop,
            FaultProxyConnection connection,
            FaultProxy.Direction direction,
            SocketChannel source,
            SocketChannel sink) {
        this.loop = loop;
        this.connection = connection;
        this.direction = direction;
        this.source = source;
        this.sink = sink;
    }

    boolean wantsToRead() {
        return !sourceEnded && !direction.stalled && held < CAPACITY;
    }

    boolean wantsToWrite() {
        return blocked;
    }

    /** Whether the sender has ended, and the receiver was told. */
    boolean isDone() {
        return sourceEnded && finSent;
    }

    /** Reads once, and forwards what may leave. */
    void read() throws IOException {
        if (!wantsToRead()) {
            return;
        }
        ByteBuffer scratch = loop.scratch();
        scratch.limit(Math.min(scratch.capacity(), CAPACITY - held));
        int count = source.read(scratch);
        if (count < 0) {
            sourceEnded = true;
            hold(ByteBuffer.allocate(0));
        } else {
            direction.received.add(count);
            if (!direction.dropping && count > 0) {
                hold(ByteBuffer.allocate(count).put(scratch.flip()).flip());
            }
        }
        pump();
    }

    private void hold(ByteBuffer bytes) {
        if (finSent) {
            // Cut off: what comes is swallowed.
            return;
        }
        Duration delay = direction.delay;
        queue.add(new Held(bytes, loop.clock().nanoTime() + delay.toNanos()));
        held += bytes.remaining();
        if (!delay.isZero()) {
            var unused = loop.clock().schedule(delay, () -> loop.post(connection::refresh));
        }
    }

    /** Forwards what may leave now. */
    void pump() throws IOException {
        blocked = false;
        if (direction.stalled) {
            return;
        }
        long now = loop.clock().nanoTime();
        for (int writes = 0; isDue(now) && forwarded < direction.cutAt; writes++) {
            if (writes == WRITES_IN_A_ROW || !forward(queue.element())) {
                blocked = true;
                return;
            }
        }
        if (forwarded >= direction.cutAt) {
            if (direction.cutByReset) {
                connection.reset();
            } else {
                cutOff();
            }
        }
    }

    private boolean isDue(long now) {
        Held first = queue.peek();
        return first != null && first.due() - now <= 0;
    }

    /** Returns whether the receiver took all that was offered. */
    private boolean forward(Held first) throws IOException {
        ByteBuffer bytes = first.bytes();
        if (!bytes.hasRemaining()) {
            cutOff();
            return true;
        }
        long room = direction.cutAt - forwarded;
        int size = (int) Math.min(room, Math.min(direction.segmentSize, bytes.remaining()));
        int taken = sink.write(bytes.slice(bytes.position(), size));
        bytes.position(bytes.position() + taken);
        forwarded += taken;
        held -= taken;
        if (taken > 0) {
            direction.writes.add(1);
            direction.forwarded.add(taken);
        }
        if (!bytes.hasRemaining()) {
            queue.remove();
        }
        return taken == size;
    }

    /** Sends FIN; what is held, or comes later, is swallowed. */
    void cutOff() throws IOException {
        queue.clear();
        held = 0;
        blocked = false;
        if (!finSent) {
            finSent = true;
            sink.shutdownOutput();
        }
    }
}
