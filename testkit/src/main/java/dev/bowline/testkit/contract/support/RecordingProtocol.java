package dev.bowline.testkit.contract.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.Protocol;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * A protocol that writes down what it is told. Tests override what they need, and call {@code super} where it is to be
 * written down all the same.
 */
public class RecordingProtocol implements Protocol {
    private final EventLog log;
    private final CompletableFuture<Connection> made = new CompletableFuture<>();
    private final CompletableFuture<LossReason> lost = new CompletableFuture<>();
    private final Object lock = new Object();

    /** Guarded by lock. */
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    /** A protocol with a log of its own. */
    public RecordingProtocol() {
        this(new EventLog());
    }

    /** A protocol that shares a log, with its factory say. */
    public RecordingProtocol(EventLog log) {
        this.log = log;
    }

    /** {@code made}, {@code data …} for all that came at once, {@code inputEnded}, {@code lost}. */
    public final EventLog log() {
        return log;
    }

    @Override
    public void connectionMade(Connection connection) throws Exception {
        log.add("made");
        made.complete(connection);
    }

    /** Takes all of it. */
    @Override
    public void dataReceived(ByteBuffer data) throws Exception {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        log.add(bytes.length > 40 ? "data of " + bytes.length : "data " + new String(bytes, UTF_8));
        synchronized (lock) {
            received.writeBytes(bytes);
            lock.notifyAll();
        }
    }

    @Override
    public void inputEnded(Connection connection) throws Exception {
        log.add("inputEnded");
        Protocol.super.inputEnded(connection);
    }

    @Override
    public void connectionLost(LossReason reason) throws Exception {
        log.add("lost");
        lost.complete(reason);
    }

    /** The connection, as soon as there is one. */
    public final Connection connection() throws Exception {
        return Waiting.await(made);
    }

    /** Why it was lost, as soon as it is. */
    public final LossReason awaitLost() throws Exception {
        return Waiting.await(lost);
    }

    /** Whether it is lost. */
    public final boolean isLost() {
        return lost.isDone();
    }

    /** All that came, as soon as it is so many bytes. */
    public final byte[] awaitReceived(int count) {
        Waiting.until(lock, () -> received.size() >= count, () -> count + " bytes, but " + received.size());
        return received();
    }

    /** All that came so far. */
    public final byte[] received() {
        synchronized (lock) {
            return received.toByteArray();
        }
    }
}
