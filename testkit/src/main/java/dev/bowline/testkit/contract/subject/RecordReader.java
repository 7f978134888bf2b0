package dev.bowline.testkit.contract.subject;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The half of a {@link TlsWire} that reads records and opens them; it leads the handshake, too. */
final class RecordReader {
    /** Held over the reads beneath, which wait. Taken before the writer's. */
    private final ReentrantLock lock = new ReentrantLock();

    private final SSLEngine engine;
    private final InputStream beneath;
    private final RecordWriter writer;

    /** Set once, under both locks; who sees it needs neither. */
    private volatile boolean shaken;

    /** Read beneath, not opened yet; always ready to be read from. Guarded by lock, as is all below. */
    private ByteBuffer ciphertext;

    /** Opened, and not asked for yet; the same. */
    private ByteBuffer plaintext;

    /** The close_notify has come. */
    private boolean notified;

    /** Why nothing comes any more, where it was no close_notify. The one thing that is set without the lock, by {@link #damage}. */
    private volatile @Nullable IOException failure;

    RecordReader(SSLEngine engine, InputStream beneath, RecordWriter writer) {
        this.engine = engine;
        this.beneath = beneath;
        this.writer = writer;
        this.ciphertext =
                ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).limit(0);
        this.plaintext = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .limit(0);
    }

    void handshake() throws IOException {
        if (shaken) {
            return;
        }
        lock.lock();
        try {
            if (!shaken) {
                writer.locked(this::shakeHands);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under both locks. */
    private void shakeHands() throws IOException {
        throwFailure();
        engine.beginHandshake();
        while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            switch (engine.getHandshakeStatus()) {
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> awaitRecord();
                default -> react();
            }
        }
        shaken = true;
    }

    int read(byte[] into, int at, int most) throws IOException {
        handshake();
        lock.lock();
        try {
            while (!plaintext.hasRemaining()) {
                throwFailure();
                if (notified) {
                    return -1;
                }
                awaitRecord();
            }
            int count = Math.min(most, plaintext.remaining());
            plaintext.get(into, at, count);
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void throwFailure() throws IOException {
        IOException known = failure;
        if (known != null) {
            throw known;
        }
    }

    private void awaitRecord() throws IOException {
        if (open() == Status.BUFFER_UNDERFLOW) {
            fill();
        }
    }

    /** Opens one record, if it is here as a whole. */
    private Status open() throws IOException {
        Status status;
        plaintext.compact();
        try {
            status = engine.unwrap(ciphertext, plaintext).getStatus();
        } catch (SSLException e) {
            throw failed(e);
        } finally {
            plaintext.flip();
        }
        if (status == Status.BUFFER_OVERFLOW) {
            ByteBuffer roomier = ByteBuffer.allocate(
                    plaintext.remaining() + engine.getSession().getApplicationBufferSize());
            plaintext = roomier.put(plaintext).flip();
        }
        notified |= status == Status.CLOSED;
        react();
        return status;
    }

    /** Does what a record asks for. What a task objects to comes out of the next call of the engine. */
    private void react() throws IOException {
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        }
        try {
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                writer.answer();
            }
        } catch (SSLException e) {
            throw failed(e);
        }
    }

    /** The engine has an alert then; that the other side still hears of it is a courtesy. */
    private SSLException failed(SSLException why) {
        failure = why;
        try {
            writer.answer();
        } catch (IOException gone) {
            // It has gone without.
        }
        return why;
    }

    private void fill() throws IOException {
        if (ciphertext.remaining() == ciphertext.capacity()) {
            ciphertext = ByteBuffer.allocate(2 * ciphertext.capacity())
                    .put(ciphertext)
                    .flip();
        }
        ciphertext.compact();
        try {
            int count = beneath.read(ciphertext.array(), ciphertext.position(), ciphertext.remaining());
            if (count < 0) {
                TruncatedException truncated = new TruncatedException();
                failure = truncated;
                throw truncated;
            }
            ciphertext.position(ciphertext.position() + count);
        } finally {
            ciphertext.flip();
        }
    }

    /**
     * Has the engine find a damaged record, which is fatal. Without the lock, since its holder may wait for a record of the
     * client's: the JDK's engine itself opens no two records at once.
     */
    void damage() {
        byte[] record = {23, 3, 3, 0, 32, 'd', 'a', 'm', 'a', 'g', 'e', 'd'};
        ByteBuffer damaged = ByteBuffer.wrap(Arrays.copyOf(record, 5 + 32));
        try {
            engine.unwrap(damaged, ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()));
        } catch (SSLException e) {
            failed(e);
        }
    }

    boolean isShaken() {
        return shaken;
    }

    /** Whether something came that was never asked for; waits for nothing, and nobody. */
    boolean hasUnread() {
        if (writer.isBusy() || !lock.tryLock()) {
            return false;
        }
        try {
            while (isOpen() && !plaintext.hasRemaining()) {
                if (open() == Status.BUFFER_UNDERFLOW) {
                    if (beneath.available() == 0) {
                        break;
                    }
                    fill();
                }
            }
            return plaintext.hasRemaining();
        } catch (IOException nothingMoreComes) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the other side's end; false if data comes before it, which nobody wants. */
    boolean endsWithoutData() throws IOException {
        if (!lock.tryLock()) {
            return true; // somebody reads, and is to be told that this wire is closed
        }
        try {
            while (isOpen() && !plaintext.hasRemaining()) {
                awaitRecord();
            }
            return !plaintext.hasRemaining();
        } finally {
            lock.unlock();
        }
    }

    private boolean isOpen() {
        return !notified && failure == null;
    }
}
