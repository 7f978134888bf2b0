package dev.bowline.internal.connect;

import dev.bowline.Cancellable;
import dev.bowline.ConnectFailure;
import dev.bowline.ConnectFailure.Tried;
import dev.bowline.ConnectOptions;
import dev.bowline.Endpoint;
import dev.bowline.TlsException;
import dev.bowline.internal.connection.ConnectionOwner;
import dev.bowline.internal.connection.LinkConnection;
import dev.bowline.internal.tls.Handshake;
import dev.bowline.internal.tls.Peer;
import dev.bowline.internal.tls.TlsLink;
import dev.bowline.spi.LinkOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a connector: resolves the name, races its addresses as RFC 8305 says, and ends in exactly one of {@link
 * EndpointConnector#opened} and {@link EndpointConnector#failed} (rule A2), whatever comes at once: addresses that
 * answer, the timeout, a cancel.
 *
 * <p>The race (rule A7): the next address starts 250 ms after the one before, or as soon as one that runs has failed. The
 * first to be connected wins; the others are given up, and one that is connected all the same is aborted. Where the endpoint
 * is protected, the winner shakes hands with TLS, and stays the winner if that fails.
 *
 * <pre>
 *   RACING ──one is connected──▶ SECURING ──▶ OVER
 *      └────────────────────────────────────────▲
 * </pre>
 */
final class Attempt {
    /** RFC 8305, section 5: the recommended Connection Attempt Delay. */
    private static final Duration STAGGER = Duration.ofMillis(250);

    private enum Stage {
        /** Addresses are tried. */
        RACING,
        /** One is connected, and under way to be protected. */
        SECURING,
        /** The outcome is decided; what comes later is dropped. */
        OVER
    }

    private final EndpointConnector connector;
    private final EngineRoom room;
    private final Endpoint endpoint;
    private final ConnectOptions options;

    /** Guards all below; never held over a call to the engine, the clock or the connector. */
    private final ReentrantLock lock = new ReentrantLock();

    private Stage stage = Stage.RACING;

    /** The candidate that is connected, once one is. */
    private @Nullable Candidate winner;

    /** Makes the handshake of each candidate; null in the clear. */
    private @Nullable Supplier<Handshake> handshakes;

    /** The timeout of it all. */
    private @Nullable Cancellable timeout;

    /** Starts the next address, if none fails before. */
    private @Nullable Cancellable stagger;

    private final Queue<SocketAddress> waiting = new ArrayDeque<>();

    /** Those that were started, in that order. */
    private final List<Candidate> started = new ArrayList<>();

    Attempt(EndpointConnector connector, EngineRoom room, Endpoint endpoint, ConnectOptions options) {
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
        if (endpoint instanceof Endpoint.Tcp tcp) {
            room.resolve(endpoint, () -> resolve(tcp.host(), tcp.port()));
        } else if (endpoint instanceof Endpoint.Tls tls) {
            room.resolve(endpoint, () -> secure(tls));
        } else if (endpoint instanceof Endpoint.Unix unix) {
            race(List.of(UnixDomainSocketAddress.of(unix.path())));
        }
    }

    /** On a thread that may block: files may have to be read. */
    private void secure(Endpoint.Tls tls) {
        Supplier<Handshake> made;
        try {
            made = Handshake.maker(options.tls(), tls);
        } catch (TlsException impossible) {
            fail(new ConnectFailure.TlsRefused(tls, impossible));
            return;
        } catch (RuntimeException | Error thrown) {
            fail(new ConnectFailure.TlsRefused(tls, Peer.at(tls).cannotBegin(thrown)));
            return;
        }
        lock.lock();
        try {
            handshakes = made;
        } finally {
            lock.unlock();
        }
        resolve(tls.host(), tls.port());
    }

    /** On a thread that may block. */
    private void resolve(String host, int port) {
        List<SocketAddress> addresses;
        try {
            addresses = AddressOrder.of(room.resolver().resolve(host)).stream()
                    .<SocketAddress>map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (UnknownHostException unknown) {
            fail(new ConnectFailure.NotResolved(host, unknown));
            return;
        } catch (RuntimeException | Error thrown) {
            fail(new ConnectFailure.NotResolved(host, new IOException(thrown.toString(), thrown)));
            return;
        }
        if (addresses.isEmpty()) {
            fail(new ConnectFailure.NotResolved(host, new UnknownHostException(host)));
        } else {
            race(addresses);
        }
    }

    private void race(List<SocketAddress> addresses) {
        lock.lock();
        try {
            waiting.addAll(addresses);
        } finally {
            lock.unlock();
        }
        startNext();
    }

    /** Starts the next address, if one waits. Called when the race begins, when its turn has come, and when one failed. */
    private void startNext() {
        Candidate next;
        Cancellable overtaken;
        boolean more;
        lock.lock();
        try {
            SocketAddress address = stage == Stage.RACING ? waiting.poll() : null;
            if (address == null) {
                return;
            }
            next = new Candidate(address, handshakes == null ? null : handshakes.get());
            started.add(next);
            more = !waiting.isEmpty();
            overtaken = stagger;
            stagger = null;
        } finally {
            lock.unlock();
        }
        cancel(overtaken);
        if (more) {
            keepStagger(room.scheduler().schedule(STAGGER, this::startNext));
        }
        next.start();
    }

    /** Keeps the timeout, to cancel it at the end; at once if that has come already. */
    private void keepTimeout(Cancellable timer) {
        Cancellable unwanted;
        lock.lock();
        try {
            timeout = timer;
            unwanted = stage == Stage.OVER ? timer : null;
        } finally {
            lock.unlock();
        }
        cancel(unwanted);
    }

    /** As the timeout. Two that start an address at once set a timer each, and one is enough. */
    private void keepStagger(Cancellable timer) {
        Cancellable unwanted;
        lock.lock();
        try {
            unwanted = stage == Stage.RACING ? stagger : timer;
            stagger = timer;
        } finally {
            lock.unlock();
        }
        cancel(unwanted);
    }

    private static void cancel(@Nullable Cancellable timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** A candidate has failed: the next one comes forward; after the last, or if it had won, it is all over. */
    private void failed(Candidate candidate, IOException cause) {
        boolean last;
        lock.lock();
        try {
            candidate.failure = cause;
            last = winner != null
                    ? candidate == winner
                    : waiting.isEmpty() && started.stream().allMatch(each -> each.failure != null);
        } finally {
            lock.unlock();
        }
        if (last) {
            fail(failure(cause));
        } else {
            startNext();
        }
    }

    private ConnectFailure failure(IOException latest) {
        if (latest instanceof TlsException refused) {
            return new ConnectFailure.TlsRefused(endpoint, refused);
        }
        List<Tried> tried = tried();
        boolean refused = tried.stream().allMatch(t -> isRefusal(t.cause()));
        return refused ? new ConnectFailure.Refused(tried) : new ConnectFailure.Unreachable(tried);
    }

    /** What was tried so far, with what came of it. */
    private List<Tried> tried() {
        lock.lock();
        try {
            return started.stream()
                    .map(each -> new Tried(each.address, each.failure != null ? each.failure : pending(each)))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private IOException pending(Candidate candidate) {
        return new SocketTimeoutException(candidate == winner ? "connected, but TLS was not agreed on" : "no answer");
    }

    /** The operating system's own timeout is a {@link ConnectException} too. */
    private static boolean isRefusal(IOException cause) {
        String message = cause.getMessage();
        return cause instanceof ConnectException && (message == null || !message.contains("timed out"));
    }

    private void timedOut() {
        fail(new ConnectFailure.TimedOut(endpoint, options.connectTimeout(), tried()));
    }

    /** Gives up, unless the outcome is decided; from any thread. */
    void cancel() {
        fail(new ConnectFailure.Cancelled());
    }

    private void fail(ConnectFailure failure) {
        if (enter(Stage.OVER, null)) {
            room.execute(endpoint, () -> connector.failed(failure));
        }
    }

    /**
     * Moves on, only forward, so that each stage is entered once at most; what else is under way is given up.
     *
     * @param connected the candidate that is; null if there is none
     * @return whether it was this call that did it
     */
    private boolean enter(Stage next, @Nullable Candidate connected) {
        List<@Nullable Cancellable> givenUp = new ArrayList<>();
        lock.lock();
        try {
            if (next.compareTo(stage) <= 0) {
                return false;
            }
            stage = next;
            winner = connected;
            if (next == Stage.OVER) {
                givenUp.add(timeout);
            }
            givenUp.add(stagger);
            for (Candidate each : started) {
                if (each != connected) {
                    givenUp.add(each.opening);
                }
            }
        } finally {
            lock.unlock();
        }
        givenUp.forEach(Attempt::cancel);
        return true;
    }

    /** One address being tried, and the connection that may come of it. */
    private final class Candidate implements ConnectionOwner {
        private final SocketAddress address;

        /** Null in the clear. */
        private final @Nullable Handshake handshake;

        /** Gives it up; null until the engine has said how. Guarded by the attempt's lock. */
        private @Nullable Cancellable opening;

        /** Why it failed; null until then. Guarded by the attempt's lock. */
        private @Nullable IOException failure;

        Candidate(SocketAddress address, @Nullable Handshake handshake) {
            this.address = address;
            this.handshake = handshake;
        }

        void start() {
            LinkOptions link = new LinkOptions(
                    endpoint.toString(),
                    options.tcpNoDelay(),
                    options.keepAlive(),
                    options.sendBuffer(),
                    options.receiveBuffer(),
                    options.localAddress());
            LinkConnection connection = new LinkConnection(this, endpoint, room.resources(), options);
            Cancellable begun;
            try {
                begun = open(link, connection);
            } catch (RuntimeException | Error thrown) {
                // The engine was closed a moment ago, or had no thread left for it.
                failed(this, new IOException(thrown.toString(), thrown));
                return;
            }
            lock.lock();
            try {
                opening = begun;
                if (stage == Stage.RACING || winner == this) {
                    return;
                }
            } finally {
                lock.unlock();
            }
            // It came too late to be given up with the others.
            begun.cancel();
        }

        private Cancellable open(LinkOptions link, LinkConnection connection) {
            if (handshake == null) {
                return room.engine().open(address, link, connection.handler());
            }
            TlsLink secured = connection.handler(handshake, () -> enter(Stage.SECURING, this));
            Cancellable begun = room.engine().open(address, link, secured);
            return () -> {
                begun.cancel();
                secured.giveUp();
            };
        }

        @Override
        public @Nullable Service opened(LinkConnection connection) {
            return enter(Stage.OVER, this) ? connector.opened(connection) : null;
        }

        @Override
        public void openFailed(IOException cause) {
            failed(this, sayWhatWasBound(cause));
        }

        /** "Cannot assign requested address" is about ours, and does not say which. */
        private IOException sayWhatWasBound(IOException cause) {
            if (!(cause instanceof BindException) || options.localAddress() == null) {
                return cause;
            }
            IOException told = new BindException("cannot connect from "
                    + options.localAddress().getAddress().getHostAddress() + ": " + cause.getMessage());
            told.initCause(cause);
            return told;
        }
    }
}
