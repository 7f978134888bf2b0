package dev.bowline.testkit.contract.framing;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.Protocol;
import dev.bowline.testkit.contract.support.Waiting;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Stands between a connection and the protocol of one row, so that a test on another thread knows when it is time for the
 * row's next call.
 */
public final class VectorPlayer implements Protocol {
    private final VectorProtocol protocol;
    private final CompletableFuture<Connection> made = new CompletableFuture<>();
    private final CompletableFuture<LossReason> lost = new CompletableFuture<>();
    private final Object lock = new Object();

    /** How many bytes the protocol has taken, those twice that it gave back. Guarded by lock, as is the other. */
    private int taken;

    private boolean reading = true;

    /** For one connection. */
    public VectorPlayer(FramingVector vector) {
        this.protocol = new VectorProtocol(vector);
    }

    /**
     * Waits until it is the turn of what follows so many bytes: the protocol has taken them, or has paused; then they may
     * be anywhere.
     */
    public void awaitTaken(int sent) {
        Waiting.until(lock, () -> taken >= sent || !reading, () -> sent + " bytes taken, but " + taken);
    }

    /** Makes a call of the row's, outside of any callback; done once it is made. */
    public CompletableFuture<Void> perform(FramingVector.Call call) throws Exception {
        Connection connection = Waiting.await(made);
        CompletableFuture<Void> done = new CompletableFuture<>();
        connection.execute(() -> {
            try {
                protocol.perform(call);
                note(connection, 0);
                done.complete(null);
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /** Why the connection was lost, as soon as it is. */
    public LossReason awaitLost() throws Exception {
        return Waiting.await(lost);
    }

    /** What happened, in the words of {@link Expectation}; to be asked for once the connection is lost. */
    public List<String> events() {
        return protocol.events();
    }

    private void note(Connection connection, int count) {
        synchronized (lock) {
            taken += count;
            reading = connection.isReading();
            lock.notifyAll();
        }
    }

    @Override
    public void connectionMade(Connection connection) throws Exception {
        protocol.connectionMade(connection);
        made.complete(connection);
    }

    @Override
    public void dataReceived(ByteBuffer data) throws Exception {
        int before = data.remaining();
        protocol.dataReceived(data);
        note(Waiting.await(made), before - data.remaining());
    }

    @Override
    public void inputEnded(Connection connection) throws Exception {
        protocol.inputEnded(connection);
    }

    @Override
    public void connectionLost(LossReason reason) {
        protocol.connectionLost(reason);
        lost.complete(reason);
    }
}
