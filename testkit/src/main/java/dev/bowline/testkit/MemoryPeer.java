package dev.bowline.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.testkit.internal.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The server's end of one connection of a {@link MemoryTransport}: it does what the test tells it to, and nothing else.
 *
 * <pre>{@code
 * MemoryPeer peer = server.accept();
 * assertEquals("QUIT", peer.readLine());
 * peer.send("+OK bye\r\n");
 * peer.close();                                    // FIN, behind the answer
 * memory.run();
 * }</pre>
 *
 * <p>It reads by itself, a step at a time, and keeps what came until the test asks for it; {@link #stopReading} lets the
 * client feel a peer that takes nothing. What it sends is on its way at once, and arrives in steps. Otherwise it is like a
 * socket on Linux: closing it with something unread is a reset, and so is the answer to what a client sends to an end that
 * has closed.
 *
 * <p>All methods may be called from any thread, inside callbacks too. None waits, but for those of the two streams.
 */
public final class MemoryPeer implements AutoCloseable {
    private final MemorySteps steps;
    private final ReentrantLock lock;
    private final MemoryEnd end;

    /** What came and was not asked for yet. Guarded by lock, as is all below. */
    private final MemoryPipe received = new MemoryPipe(Integer.MAX_VALUE);

    private boolean reading;

    /** A step that reads waits to be done. */
    private boolean readWaits;

    MemoryPeer(MemorySteps steps, MemoryEnd end, boolean reading) {
        this.steps = steps;
        this.lock = steps.lock;
        this.end = end;
        this.reading = reading;
        end.attach(new Arrivals());
    }

    // ---- sending ----

    /**
     * Sends text, in UTF-8; see {@link #send(byte[])}.
     *
     * @param text with its line ends
     * @return this peer
     */
    public MemoryPeer send(String text) {
        return send(text.getBytes(UTF_8));
    }

    /**
     * Sends bytes, as many as there are: what the pipe has no room for leaves when it can. Those that a client no longer
     * takes, for it has closed, are lost.
     *
     * @param bytes copied
     * @return this peer
     * @throws IllegalStateException if this peer has ended its output itself
     */
    public MemoryPeer send(byte[] bytes) {
        lock.lock();
        try {
            if (end.isOutputOver()) {
                throw new IllegalStateException(this + " has ended its output; it can send no more");
            }
            end.writeAll(bytes);
        } catch (IOException lost) {
            // As on a network: the sender is told later, by wasReset.
        } finally {
            lock.unlock();
        }
        return this;
    }

    /** {@return how many of the bytes sent have not been read by the client} */
    public int unreadByClient() {
        return end.other().unread();
    }

    /** Sends FIN, after all that was sent; the client can go on sending. Called again, it does nothing. */
    public void shutdownOutput() {
        end.shutdownOutput();
    }

    /** Closes with a reset: what has not left this peer is lost, what has arrived at the client stays readable there. */
    public void reset() {
        end.abort();
    }

    /** Closes: FIN after all that was sent, or a reset if something that the client sent was not read. */
    @Override
    public void close() {
        end.close();
    }

    // ---- receiving ----

    /** {@return what has come and was not yet asked for, as text in UTF-8; asks for nothing itself} */
    public String received() {
        lock.lock();
        try {
            return new String(received.copy(), UTF_8);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next line that has come, in UTF-8 and without its LF or CRLF.
     *
     * @return null if no whole line has come
     * @throws AssertionError if no whole line has
     */
    public String readLine() {
        lock.lock();
        try {
            int length = received.indexOf((byte) '\n');
            if (length < 0) {
                throw new AssertionError("no whole line has come, only '" + received() + "'");
            }
            byte[] line = take(length + 1);
            boolean crlf = length > 0 && line[length - 1] == '\r';
            return new String(line, 0, crlf ? length - 1 : length, UTF_8);
        } finally {
            lock.unlock();
        }
    }

    /** {@return all whole lines that have come; see {@link #readLine}} */
    public List<String> readLines() {
        lock.lock();
        try {
            List<String> lines = new ArrayList<>();
            while (received.indexOf((byte) '\n') >= 0) {
                lines.add(readLine());
            }
            return lines;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes bytes that have come, so many at most. While {@linkplain #stopReading reading is stopped} they are read here and
     * now, and the client has that much more room.
     *
     * @param most 1 or more
     * @return as many as there are
     */
    public byte[] read(int most) {
        lock.lock();
        try {
            if (!reading) {
                receive(most - received.size());
            }
            return take(most);
        } finally {
            lock.unlock();
        }
    }

    private byte[] take(int most) {
        byte[] bytes = new byte[Math.min(most, received.size())];
        received.take(bytes, 0, bytes.length);
        return bytes;
    }

    /** Stops reading: the pipe fills with what the client writes, and then the client has to wait. */
    public void stopReading() {
        lock.lock();
        try {
            reading = false;
        } finally {
            lock.unlock();
        }
    }

    /** Goes on reading. */
    public void resumeReading() {
        lock.lock();
        try {
            reading = true;
            receiveInAStep();
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many bytes that the client wrote wait in the pipe, to be read by this peer} */
    public int unreadHere() {
        return end.unread();
    }

    // ---- what has happened ----

    /** {@return whether the client has ended its output, and all that it sent before was read} */
    public boolean hasEnded() {
        return end.isAtEnd();
    }

    /** {@return whether the client has reset the connection: aborted it, or been sent something after it had closed} */
    public boolean wasReset() {
        return end.wasReset();
    }

    /** {@return where the server listens} */
    public SocketAddress localAddress() {
        return end.address();
    }

    /** {@return the client's address} */
    public SocketAddress remoteAddress() {
        return end.other().address();
    }

    // ---- for code that blocks ----

    /**
     * What the client sends, as a stream whose reads block, for a server's code on a thread of its own. Meant for a
     * transport that {@linkplain MemoryTransport#drive drives itself}; on the thread that does the steps it would wait for
     * ever. Closing it closes this peer.
     *
     * @return the same stream at each call
     */
    public InputStream input() {
        return new MemoryInput(this);
    }

    /**
     * What this peer sends, as a stream whose writes block while the pipe is full; see {@link #input}.
     *
     * @return the same stream at each call
     */
    public OutputStream output() {
        return new MemoryOutput(this);
    }

    /** Waits until there is something; as {@link InputStream#read(byte[], int, int)}. */
    int awaitRead(byte[] into, int at, int most) throws IOException {
        lock.lock();
        try {
            await(() -> received.size() > 0 || end.isReadable());
            return received.size() > 0 ? received.take(into, at, most) : end.read(into, at, most);
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes a read gets without waiting. */
    int available() {
        lock.lock();
        try {
            return received.size() + end.unread();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all is in the pipe. */
    void awaitWrite(ByteBuffer data) throws IOException {
        lock.lock();
        try {
            end.write(data);
            while (data.hasRemaining()) {
                await(end::isWritable);
                end.write(data);
            }
        } finally {
            lock.unlock();
        }
    }

    private void await(BooleanSupplier condition) throws IOException {
        try {
            if (!steps.await(condition, Patience.get())) {
                throw new SocketTimeoutException(
                        "the client did nothing for " + Patience.get().toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the client");
        }
    }

    @Override
    public String toString() {
        return "peer of " + remoteAddress();
    }

    // ---- reading by itself; under lock ----

    private void receiveInAStep() {
        if (reading && !readWaits && end.unread() > 0) {
            readWaits = true;
            steps.execute(this::receiveAll);
        }
    }

    /** A step. */
    private void receiveAll() {
        lock.lock();
        try {
            readWaits = false;
            if (reading) {
                receive(end.unread());
            }
        } finally {
            lock.unlock();
        }
    }

    private void receive(int most) {
        byte[] bytes = new byte[Math.max(0, Math.min(most, end.unread()))];
        try {
            int count = bytes.length == 0 ? 0 : end.read(bytes, 0, bytes.length);
            received.add(count == bytes.length ? bytes : Arrays.copyOf(bytes, count));
        } catch (IOException closedHere) {
            // Nobody reads any more.
        }
    }

    private final class Arrivals implements MemoryEnd.Owner {
        @Override
        public void readable() {
            receiveInAStep();
        }

        @Override
        public void writable() {
            // Whoever waits for room waits for any change.
        }
    }
}
