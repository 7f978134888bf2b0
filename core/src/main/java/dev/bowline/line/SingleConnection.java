package dev.bowline.line;

import dev.bowline.ClientFactory;
import dev.bowline.ConnectFailure;
import dev.bowline.ConnectOptions;
import dev.bowline.Connector;
import dev.bowline.Endpoint;
import dev.bowline.LossReport;
import dev.bowline.Protocol;
import dev.bowline.internal.client.TransportLease;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One attempt to connect, by a thread that waits for it, and the connection that comes of it. */
final class SingleConnection implements ClientFactory {
    /** Why there is no connection. */
    private record Failure(String sentence, @Nullable Throwable cause) {}

    private final TransportLease lease;
    private final PulledLines lines;
    private final UnaryOperator<Protocol> agreement;

    /** Completes with a failure, or with none when the protocol has its connection. */
    private final CompletableFuture<Optional<Failure>> opened = new CompletableFuture<>();

    /** Completes when nothing is left of it but, perhaps, a transport's threads. */
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    /** @param agreement what stands before the protocol until they have agreed on TLS, say */
    SingleConnection(TransportLease lease, LineFormat format, UnaryOperator<Protocol> agreement) {
        this.lease = lease;
        this.lines = new PulledLines(format, () -> opened.complete(Optional.empty()));
        this.agreement = agreement;
    }

    PulledLines lines() {
        return lines;
    }

    /** Connects, and returns when that has succeeded; once. */
    void open(Endpoint endpoint, ConnectOptions options) throws IOException, InterruptedException {
        Connector connector = connect(endpoint, options);
        Optional<Failure> failure;
        try {
            failure = opened.get();
        } catch (InterruptedException e) {
            connector.abort();
            throw e;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        if (failure.isPresent()) {
            throw new IOException(failure.get().sentence(), failure.get().cause());
        }
    }

    private Connector connect(Endpoint endpoint, ConnectOptions options) {
        try {
            return lease.transport().connect(endpoint, this, options);
        } catch (RuntimeException closed) {
            lease.release();
            throw closed;
        }
    }

    /** Waits until the connection is over, and the transport's threads, if no one else needs them. */
    void awaitEnd() throws InterruptedException {
        try {
            ended.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        lease.awaitEnd();
    }

    @Override
    public Protocol buildProtocol(Endpoint remote) {
        return agreement.apply(lines);
    }

    @Override
    public void connectFailed(Connector connector, ConnectFailure failure) {
        opened.complete(Optional.of(new Failure(failure.describe(), failure.cause())));
    }

    /** A connection may be lost before its protocol hears of it, while they agree on TLS; later this says nothing new. */
    @Override
    public void connectionLost(Connector connector, LossReport report) {
        opened.complete(Optional.of(
                new Failure(report.reason().describe(), report.reason().cause())));
    }

    @Override
    public void stopped() {
        lease.release();
        ended.complete(null);
    }
}
