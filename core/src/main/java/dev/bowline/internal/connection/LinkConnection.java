package dev.bowline.internal.connection;

import dev.bowline.Cancellable;
import dev.bowline.ConnectOptions;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.LossReason.TimedOut.Timer;
import dev.bowline.TlsOptions;
import dev.bowline.internal.CallbackAwareFuture;
import dev.bowline.internal.tls.Handshake;
import dev.bowline.internal.tls.Peer;
import dev.bowline.internal.tls.TlsLink;
import dev.bowline.spi.LinkHandler;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSession;

/**
 * A connection over a link, as its protocol sees it. What is called here, from any thread, is done at once as far as the
 * flags and the lock of {@link Incoming} and {@link Outgoing} allow; the rest is for its {@link EventSide}, there at once, from
 * elsewhere as a task.
 */
public final class LinkConnection implements ProtocolSide {
    private final Endpoint endpoint;
    private final Resources resources;
    private final EventSide side;
    private final Outgoing outgoing;

    /** Event side: whether the protocol keeps bytes of something that is not complete. */
    private BooleanSupplier holdsInput = () -> false;

    public LinkConnection(ConnectionOwner owner, Endpoint endpoint, Resources resources, ConnectOptions options) {
        this.endpoint = endpoint;
        this.resources = resources;
        this.side = new EventSide(this, owner, resources, options);
        this.outgoing = side.outgoing();
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** On the event side, at once or as a task: what another thread has found out. */
    void run(Runnable step) {
        side.run(step);
    }

    /** Runs what takes long, not on the event side. */
    Executor tlsTasks() {
        return resources.tls().tasks();
    }

    /** What an engine is given as the handler of a link in the clear. */
    public LinkHandler handler() {
        return side.wire();
    }

    /**
     * What an engine is given as the handler of a link that is protected from its beginning.
     *
     * @param wanted asked once the link is there, before the handshake; false ends it, and nobody hears of it
     */
    public TlsLink handler(Handshake handshake, BooleanSupplier wanted) {
        return TlsLink.direct(side, resources.tls(), handshake, wanted);
    }

    // ---- Connection ----

    @Override
    public boolean write(ByteBuffer data) {
        boolean taken = outgoing.write(data);
        if (taken) {
            side.wake();
        }
        return taken;
    }

    @Override
    public boolean isWritable() {
        return outgoing.isWritable();
    }

    @Override
    public void close() {
        closeBecause(new LossReason.ClosedHere());
    }

    @Override
    public void closeBecause(LossReason reason) {
        side.incoming().stop();
        outgoing.stopAccepting();
        side.run(() -> side.departure().close(reason));
    }

    @Override
    public void abort() {
        side.incoming().stop();
        outgoing.stopAccepting();
        side.run(side.departure()::abort);
    }

    @Override
    public void shutdownOutput() {
        outgoing.stopAccepting();
        side.run(side.departure()::shutdownOutput);
    }

    @Override
    public void pauseReading() {
        side.incoming().pause();
        side.run(side.incoming()::pauseIsKnown);
    }

    @Override
    public void resumeReading() {
        side.incoming().resume();
        side.run(() -> {});
    }

    @Override
    public boolean isReading() {
        boolean reading = side.incoming().isDelivering();
        if (!reading && side.isInside()) {
            side.incoming().pauseIsKnown();
        }
        return reading;
    }

    @Override
    public CompletableFuture<Void> startTls(TlsOptions options) {
        Objects.requireNonNull(options, "options");
        CallbackAwareFuture<Void> done = new CallbackAwareFuture<>();
        side.run(() -> side.protection()
                .request(
                        () -> Handshake.maker(options, endpoint).get(),
                        options.handshakeTimeout(),
                        holdsInput.getAsBoolean() || side.incoming().holdsBytes(),
                        done));
        return done.copy();
    }

    @Override
    public Optional<SSLSession> tlsSession() {
        return Optional.ofNullable(side.protection().secured()).map(TlsLink::session);
    }

    @Override
    public Optional<String> applicationProtocol() {
        return Optional.ofNullable(side.protection().secured()).flatMap(TlsLink::applicationProtocol);
    }

    @Override
    public void execute(Runnable task) {
        side.execute(task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        return side.deadlines().schedule(delay, task);
    }

    @Override
    public SocketAddress localAddress() {
        return side.link().localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
        return side.link().remoteAddress();
    }

    // ---- ProtocolSide ----

    @Override
    public void ready(long messages) {
        side.run(() -> side.ready(messages));
    }

    @Override
    public void confirm(int messages) {
        side.confirm(messages);
    }

    @Override
    public void finish() {
        side.finish();
    }

    @Override
    public void fail(Throwable reason) {
        side.fail(reason);
    }

    @Override
    public void timedOut(Timer timer, Duration limit) {
        side.run(() -> side.protocolTimedOut(timer, limit));
    }

    @Override
    public long nanoTime() {
        return side.deadlines().nanoTime();
    }

    @Override
    public void callbackFailed(Throwable thrown) {
        side.run(() -> side.callbackFailed(thrown));
    }

    @Override
    public Peer peer() {
        return Peer.at(endpoint);
    }

    @Override
    public void unread(ByteBuffer data) {
        side.run(() -> side.incoming().unread(data));
    }

    @Override
    public void keepsInput(BooleanSupplier holds) {
        holdsInput = holds;
    }
}
