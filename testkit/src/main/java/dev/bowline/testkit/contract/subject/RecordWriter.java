package dev.bowline.testkit.contract.subject;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The half of a {@link TlsWire} that makes records and writes them. */
final class RecordWriter {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Held over the writes beneath, which may wait: else records could get out of their order. */
    private final ReentrantLock lock = new ReentrantLock();

    private final SSLEngine engine;
    private final OutputStream beneath;

    /** Room for one record. Guarded by lock, as is all below. */
    private ByteBuffer packet;

    /** The most bytes of one write beneath; 0 for as many as there are. */
    private int piece;

    /** What waits for {@link #release}; null while nothing is held. */
    private @Nullable ByteArrayOutputStream held;

    RecordWriter(SSLEngine engine, OutputStream beneath) {
        this.engine = engine;
        this.beneath = beneath;
        this.packet = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    }

    /** Something to be done by whoever has the writer's lock. */
    interface Work {
        void run() throws IOException;
    }

    void locked(Work work) throws IOException {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    boolean isBusy() {
        return lock.isLocked();
    }

    void write(ByteBuffer data) throws IOException {
        locked(() -> {
            while (data.hasRemaining()) {
                if (wrap(data) == Status.CLOSED) {
                    throw new SocketException("the output of this wire has ended");
                }
            }
            answerLocked();
        });
    }

    /** Sends what the engine has to say by itself: handshake messages, alerts, new keys. */
    void answer() throws IOException {
        locked(this::answerLocked);
    }

    private void answerLocked() throws IOException {
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            if (wrap(NOTHING) == Status.CLOSED) {
                return;
            }
        }
    }

    /** One record, sent. */
    private Status wrap(ByteBuffer data) throws IOException {
        SSLEngineResult result = engine.wrap(data, packet.clear());
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            packet = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            return wrap(data);
        }
        if (result.getStatus() == Status.OK && result.bytesConsumed() + result.bytesProduced() == 0) {
            throw new SSLException("nothing can be sent now: " + engine.getHandshakeStatus());
        }
        send(packet.array(), packet.position());
        return result.getStatus();
    }

    private void send(byte[] bytes, int count) throws IOException {
        if (held != null) {
            held.write(bytes, 0, count);
            return;
        }
        int most = piece == 0 ? count : piece;
        for (int at = 0; at < count; at += most) {
            beneath.write(bytes, at, Math.min(most, count - at));
            beneath.flush();
        }
    }

    void writeRaw(byte[] bytes) throws IOException {
        locked(() -> send(bytes, bytes.length));
    }

    void cut(int bytes) {
        lock.lock();
        try {
            piece = bytes;
        } finally {
            lock.unlock();
        }
    }

    void hold() {
        lock.lock();
        try {
            held = held == null ? new ByteArrayOutputStream() : held;
        } finally {
            lock.unlock();
        }
    }

    void release() throws IOException {
        locked(() -> {
            if (held != null) {
                byte[] all = held.toByteArray();
                held = null;
                send(all, all.length);
            }
        });
    }

    void closeNotify() throws IOException {
        locked(() -> {
            engine.closeOutbound();
            while (!engine.isOutboundDone() && wrap(NOTHING) != Status.CLOSED) {
                // What was still to be said goes first.
            }
        });
    }

    void updateKeys() throws IOException {
        if (!engine.getSession().getProtocol().equals("TLSv1.3")) {
            throw new IllegalStateException(engine.getSession().getProtocol() + " has no KeyUpdate");
        }
        locked(() -> {
            engine.beginHandshake();
            answerLocked();
        });
    }
}
