package dev.bowline.transport.blocking;

import dev.bowline.Cancellable;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Connects one channel on the thread that becomes the link's first worker.
 *
 * <pre>
 *   CONNECTING -> CONNECTED    the channel is there: opened follows, and cancelling does nothing more
 *   CONNECTING -> CANCELLED    closing the channel ends a connect under way: openFailed follows
 * </pre>
 */
final class Attempt implements Runnable, Cancellable {
    private enum State {
        CONNECTING,
        CONNECTED,
        CANCELLED
    }

    private final BlockingEngine engine;
    private final SocketAddress remote;
    private final LinkOptions options;
    private final LinkHandler handler;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private State state = State.CONNECTING;

    /** What cancelling closes; null until there is one. Guarded by the lock. */
    private @Nullable SocketChannel channel;

    Attempt(BlockingEngine engine, SocketAddress remote, LinkOptions options, LinkHandler handler) {
        this.engine = engine;
        this.remote = remote;
        this.options = options;
        this.handler = handler;
    }

    @Override
    public void run() {
        BlockingLink link;
        try {
            link = connect();
        } catch (IOException | RuntimeException e) {
            engine.leave(this);
            reportFailure(e);
            return;
        }
        link.begin();
    }

    @Override
    public void cancel() {
        SocketChannel connecting;
        lock.lock();
        try {
            if (state != State.CONNECTING) {
                return;
            }
            state = State.CANCELLED;
            connecting = channel;
        } finally {
            lock.unlock();
        }
        if (connecting != null) {
            Channels.close(connecting);
        }
    }

    private BlockingLink connect() throws IOException {
        SocketChannel made = remote instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        try {
            announce(made);
            configure(made);
            made.connect(remote);
            BlockingLink link = new BlockingLink(engine, made, options.name(), handler);
            settle(link);
            return link;
        } catch (IOException | RuntimeException | Error e) {
            Channels.close(made);
            throw e;
        }
    }

    private void configure(SocketChannel made) throws IOException {
        Channels.set(made, StandardSocketOptions.TCP_NODELAY, options.tcpNoDelay());
        Channels.set(made, StandardSocketOptions.SO_KEEPALIVE, options.keepAlive());
        if (options.sendBuffer() > 0) {
            Channels.set(made, StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
        }
        if (options.receiveBuffer() > 0) {
            Channels.set(made, StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
        }
        if (options.localAddress() != null) {
            made.bind(options.localAddress());
        }
    }

    private void announce(SocketChannel made) throws IOException {
        lock.lock();
        try {
            if (state == State.CANCELLED) {
                throw new IOException("the attempt was given up");
            }
            channel = made;
        } finally {
            lock.unlock();
        }
    }

    /** The last look at whether it was cancelled, and the moment from which closing the engine aborts the link. */
    private void settle(BlockingLink link) throws IOException {
        lock.lock();
        try {
            if (state == State.CANCELLED || !engine.enter(link, link::end)) {
                throw new IOException("the attempt was given up");
            }
            state = State.CONNECTED;
        } finally {
            lock.unlock();
        }
        engine.leave(this);
    }

    private void reportFailure(Exception e) {
        try {
            handler.openFailed(cause(e));
        } catch (Throwable t) {
            Channels.LOG.log(Level.ERROR, () -> "openFailed threw for " + options.name(), t);
        }
    }

    private IOException cause(Exception e) {
        lock.lock();
        try {
            if (state == State.CANCELLED) {
                return new IOException("the attempt was given up");
            }
        } finally {
            lock.unlock();
        }
        if (remote instanceof InetSocketAddress address && address.isUnresolved()) {
            UnknownHostException unknown = new UnknownHostException(address.getHostString());
            unknown.initCause(e);
            return unknown;
        }
        return Channels.asIoException(e);
    }
}
