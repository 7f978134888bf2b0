package dev.bowline.testkit.contract.support;

import dev.bowline.ClientFactory;
import dev.bowline.ConnectFailure;
import dev.bowline.Connector;
import dev.bowline.Endpoint;
import dev.bowline.LossReport;
import dev.bowline.Protocol;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A factory that writes down what it is told, in the log that its protocols may share. */
public class RecordingFactory implements ClientFactory {
    /** Makes protocols; a test's own code. */
    @FunctionalInterface
    public interface Builder {
        @Nullable
        Protocol build() throws Exception;
    }

    private final EventLog log;
    private final Builder builder;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final BlockingQueue<ConnectFailure> failures = new LinkedBlockingQueue<>();
    private final BlockingQueue<LossReport> losses = new LinkedBlockingQueue<>();

    /** A factory with a log of its own. */
    public RecordingFactory(Builder builder) {
        this(new EventLog(), builder);
    }

    /** A factory that shares a log, with its protocols say. */
    public RecordingFactory(EventLog log, Builder builder) {
        this.log = log;
        this.builder = builder;
    }

    /** Such as {@code started}, {@code build}, {@code connecting}, {@code connectFailed}, {@code stopped}. */
    public final EventLog log() {
        return log;
    }

    @Override
    public @Nullable Protocol buildProtocol(Endpoint remote) throws Exception {
        log.add("build");
        return builder.build();
    }

    @Override
    public void started() {
        log.add("started");
    }

    @Override
    public void stopped() {
        log.add("stopped");
        stopped.complete(null);
    }

    @Override
    public void connecting(Connector connector) {
        log.add("connecting");
    }

    @Override
    public void connectFailed(Connector connector, ConnectFailure failure) {
        log.add("connectFailed");
        failures.add(failure);
    }

    @Override
    public void connectionLost(Connector connector, LossReport report) {
        log.add("connectionLost");
        losses.add(report);
    }

    /** Waits for the next failed attempt. */
    public final ConnectFailure awaitFailure() throws InterruptedException {
        return next(failures, "failure");
    }

    /** Waits for the next loss. */
    public final LossReport awaitLoss() throws InterruptedException {
        return next(losses, "loss");
    }

    /** Waits until it is told that nothing will be attempted any more. */
    public final void awaitStopped() throws Exception {
        Waiting.await(stopped);
    }

    private <T> T next(BlockingQueue<T> queue, String what) throws InterruptedException {
        T next = queue.poll(Waiting.patienceSeconds(), TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no " + what + " came; " + log);
        }
        return next;
    }
}
