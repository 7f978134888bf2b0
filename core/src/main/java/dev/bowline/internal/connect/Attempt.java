package dev.bowline.internal.connect;

import dev.bowline.Cancellable;
import dev.bowline.ConnectFailure;
import dev.bowline.ConnectFailure.Tried;
import dev.bowline.ConnectOptions;
import dev.bowline.Endpoint;
import dev.bowline.LossReport;
import dev.bowline.internal.connection.ConnectionOwner;
import dev.bowline.internal.connection.LinkConnection;
import dev.bowline.spi.LinkOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a connector: resolves the name, tries the addresses in turn, and ends in exactly one of {@link
 * EndpointConnector#opened} and {@link EndpointConnector#failed} (rule A2), whatever comes at once: an address that
 * answers, the timeout, a cancel.
 */
final class Attempt {
    private final EndpointConnector connector;
    private final EngineRoom room;
    private final Endpoint.Tcp endpoint;
    private final ConnectOptions options;

    private final ReentrantLock lock = new ReentrantLock();

    /** The outcome is decided; what comes later is dropped. Guarded by lock. */
    private boolean over;

    /** The address being tried. Guarded by lock. */
    private @Nullable Candidate current;

    /** Gives it up; null until the engine has said how. Guarded by lock. */
    private @Nullable Cancellable opening;

    /** Guarded by lock. */
    private @Nullable Cancellable timeout;

    /** Addresses not tried yet. One at a time uses it, each step begun by the one before. */
    private final Queue<SocketAddress> addresses = new ArrayDeque<>();

    /** As addresses. */
    private final List<Tried> tried = new ArrayList<>();

    Attempt(EndpointConnector connector, EngineRoom room, Endpoint.Tcp endpoint, ConnectOptions options) {
        this.connector = connector;
        this.room = room;
        this.endpoint = endpoint;
        this.options = options;
    }

    /** Begins. The timeout runs from here on, also while the name waits for a thread to be resolved on. */
    void run() {
        if (!options.connectTimeout().isZero()) {
            keepTimeout(room.scheduler().schedule(options.connectTimeout(), this::timedOut));
        }
        room.resolve(this::resolve);
    }

    /** On a thread that may block. */
    private void resolve() {
        try {
            for (InetAddress address : room.resolver().resolve(endpoint.host())) {
                addresses.add(new InetSocketAddress(address, endpoint.port()));
            }
        } catch (UnknownHostException unknown) {
            fail(new ConnectFailure.NotResolved(endpoint.host(), unknown));
            return;
        } catch (RuntimeException | Error thrown) {
            fail(new ConnectFailure.NotResolved(endpoint.host(), new IOException(thrown.toString(), thrown)));
            return;
        }
        tryNext();
    }

    private void keepTimeout(Cancellable timer) {
        lock.lock();
        try {
            timeout = timer;
            if (!over) {
                return;
            }
        } finally {
            lock.unlock();
        }
        timer.cancel();
    }

    private void tryNext() {
        SocketAddress address = addresses.poll();
        if (address == null) {
            fail(failure());
            return;
        }
        Candidate candidate = new Candidate(address);
        if (!begin(candidate)) {
            return;
        }
        LinkConnection connection = new LinkConnection(candidate, room.scheduler(), room.pool());
        LinkOptions link = new LinkOptions(endpoint.toString(), options.tcpNoDelay(), options.keepAlive());
        keepOpening(candidate, room.engine().open(address, link, connection));
    }

    private boolean begin(Candidate candidate) {
        lock.lock();
        try {
            current = candidate;
            opening = null;
            return !over;
        } finally {
            lock.unlock();
        }
    }

    /** By now the candidate may have failed already, and another one be tried. */
    private void keepOpening(Candidate candidate, Cancellable latest) {
        lock.lock();
        try {
            if (!over) {
                opening = current == candidate ? latest : opening;
                return;
            }
        } finally {
            lock.unlock();
        }
        latest.cancel();
    }

    private ConnectFailure failure() {
        if (tried.isEmpty()) {
            return new ConnectFailure.NotResolved(endpoint.host(), new UnknownHostException(endpoint.host()));
        }
        boolean refused = tried.stream().allMatch(t -> isRefusal(t.cause()));
        return refused ? new ConnectFailure.Refused(tried) : new ConnectFailure.Unreachable(tried);
    }

    /** The operating system's own timeout is a {@link ConnectException} too. */
    private static boolean isRefusal(IOException cause) {
        String message = cause.getMessage();
        return cause instanceof ConnectException && (message == null || !message.contains("timed out"));
    }

    private void timedOut() {
        fail(new ConnectFailure.TimedOut(endpoint, options.connectTimeout()));
    }

    /** Gives up, unless the outcome is decided; from any thread. */
    void cancel() {
        fail(new ConnectFailure.Cancelled());
    }

    private void fail(ConnectFailure failure) {
        if (decide()) {
            room.execute(() -> connector.failed(failure));
        }
    }

    /** The outcome is decided once; what else is under way is given up. */
    private boolean decide() {
        Cancellable pending;
        Cancellable timer;
        lock.lock();
        try {
            if (over) {
                return false;
            }
            over = true;
            pending = opening;
            timer = timeout;
        } finally {
            lock.unlock();
        }
        if (pending != null) {
            pending.cancel();
        }
        if (timer != null) {
            timer.cancel();
        }
        return true;
    }

    /** One address being tried, and the connection that may come of it. */
    private final class Candidate implements ConnectionOwner {
        private final SocketAddress address;

        Candidate(SocketAddress address) {
            this.address = address;
        }

        @Override
        public @Nullable Service opened(LinkConnection connection) {
            return decide() ? connector.opened(connection) : null;
        }

        @Override
        public void openFailed(IOException cause) {
            tried.add(new Tried(address, cause));
            tryNext();
        }

        @Override
        public void lost(LossReport report) {
            connector.lost(report);
        }
    }
}
