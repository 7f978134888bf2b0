package dev.bowline.internal.client;

import dev.bowline.ClientEvent;
import dev.bowline.ConnectFailure;
import dev.bowline.ConnectOptions;
import dev.bowline.Connector;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.LossReport;
import dev.bowline.Protocol;
import dev.bowline.Transport;
import dev.bowline.internal.connect.SourcedFactory;
import dev.bowline.internal.connection.OutboundSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A client's attempts, one after the other, for as long as its policy has another one and nobody wants it to end (rule
 * F2). What it does as a factory comes one at a time.
 */
final class Attempts implements SourcedFactory {
    /**
     * Why nothing more is attempted though nobody asked for the end.
     *
     * @param isFailure whether that alone makes it one
     */
    record GivenUp(boolean isFailure, String why, @Nullable Throwable cause) {
        private GivenUp after(int attempts) {
            String times = attempts == 1 ? " attempt: " : " attempts: ";
            return new GivenUp(true, "gave up after " + attempts + times + why, cause);
        }
    }

    private final Client client;
    private final Retry retry;
    private final ClientLog log;

    /** Set by the first attempt, before anything can end. */
    private volatile @Nullable Connector connector;

    /** Set once: by the connector's callbacks, or by any thread where the protocol says so. */
    private final AtomicReference<@Nullable GivenUp> givenUp = new AtomicReference<>();

    Attempts(Client client, Retry retry, ClientLog log) {
        this.client = client;
        this.retry = retry;
        this.log = log;
    }

    /** The first one; once. */
    void begin(Transport transport, Endpoint endpoint, ConnectOptions options) {
        connector = transport.connect(endpoint, this, options);
    }

    /** Ends what is under way in good order; from any thread. */
    void disconnect() {
        Connector open = connector;
        if (open != null) {
            open.disconnect();
        }
    }

    /** Ends what is under way at once; from any thread. */
    void abort() {
        Connector open = connector;
        if (open != null) {
            open.abort();
        }
    }

    /** The connection that is open, or being lost, is a good one. */
    void good() {
        retry.good();
    }

    /** No attempt follows, and this is why; the first reason counts. From any thread. */
    void giveUp(Throwable reason) {
        givenUp.compareAndSet(null, new GivenUp(true, new LossReason.GivenUp(reason).describe(), reason));
    }

    /** Null unless the policy or the protocol ended it. From any thread. */
    @Nullable
    GivenUp givenUp() {
        return givenUp.get();
    }

    @Override
    public OutboundSource newSource() {
        return client.newSource();
    }

    @Override
    public @Nullable Protocol buildProtocol(Endpoint remote) {
        return client.newProtocol();
    }

    @Override
    public void connecting(Connector begun) {
        connector = begun;
        client.connecting(retry.begin());
    }

    @Override
    public void connectFailed(Connector over, ConnectFailure failure) {
        if (!(failure instanceof ConnectFailure.Cancelled)) {
            again(over, failure, null, new GivenUp(true, failure.describe(), failure.cause()));
        }
    }

    @Override
    public void connectionLost(Connector over, LossReport report) {
        client.lost(report);
        LossReason reason = report.reason();
        // A peer that leaves before the protocol was ready has not let the client do anything.
        boolean inGoodOrder = reason instanceof LossReason.ClosedHere
                || reason instanceof LossReason.AbortedHere
                || (reason instanceof LossReason.ClosedByPeer && client.isReady());
        again(over, null, reason, new GivenUp(!inGoodOrder, reason.describe(), reason.cause()));
    }

    private void again(
            Connector over, @Nullable ConnectFailure failure, @Nullable LossReason reason, GivenUp otherwise) {
        if (client.isLeaving()) {
            return;
        }
        try {
            Duration delay = retry.next();
            if (delay == null) {
                givenUp.compareAndSet(null, retry.isLimited() ? otherwise.after(retry.attempts()) : otherwise);
                return;
            }
            over.reconnect(delay);
            ClientEvent.Waiting waiting = new ClientEvent.Waiting(delay, retry.attempts() + 1, failure);
            log.waiting(waiting, reason);
            client.waiting(waiting);
        } catch (RuntimeException broken) {
            log.policyFailed(broken);
            givenUp.compareAndSet(null, new GivenUp(true, "the reconnect policy failed: " + broken, broken));
        }
    }

    @Override
    public void stopped() {
        client.end();
    }
}
