package dev.bowline.internal.connect;

import dev.bowline.Cancellable;
import dev.bowline.ClientFactory;
import dev.bowline.ConnectFailure;
import dev.bowline.ConnectOptions;
import dev.bowline.Connector;
import dev.bowline.Endpoint;
import dev.bowline.LossReport;
import dev.bowline.Protocol;
import dev.bowline.internal.CallbackThread;
import dev.bowline.internal.connection.ConnectionOwner;
import dev.bowline.internal.connection.LinkConnection;
import dev.bowline.internal.connection.OutboundSource;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connector of one endpoint: attempt after attempt, for as long as its factory asks for another and nobody has ended
 * it.
 *
 * <pre>
 *   CONNECTING ──opened──▶ CONNECTED ──lost──▶ ENDED
 *       │  ▲                                    │ │
 *     failed └───── delay over ── WAITING ◀─asked─┘ └─not asked─▶ DONE
 *       └───────────────────────────────────▶ ENDED
 * </pre>
 */
final class EndpointConnector implements Connector, ConnectionOwner.Sequel {
    private enum State {
        /** An attempt is under way. */
        CONNECTING,
        /** A connection is open. */
        CONNECTED,
        /** The attempt or connection is over, and the factory is being told. */
        ENDED,
        /** The factory asked for another attempt, and its delay runs. */
        WAITING,
        /** Nothing will be attempted any more. */
        DONE
    }

    private final EngineRoom room;
    private final Endpoint endpoint;
    private final ClientFactory factory;
    private final ConnectOptions options;

    /** Guarded by the room's lock, which is held for assignments, never over a callback. */
    private State state = State.CONNECTING;

    /** Somebody ended it: what is under way is the last. Guarded by the room's lock. */
    private boolean disconnected;

    /** In state CONNECTING. Guarded by the room's lock. */
    private @Nullable Attempt attempt;

    /** In state CONNECTED. Guarded by the room's lock. */
    private @Nullable LinkConnection connection;

    /** In state WAITING. Guarded by the room's lock. */
    private @Nullable Cancellable delay;

    /** In state ENDED: the thread on which the factory is told. Guarded by the room's lock. */
    private @Nullable Thread telling;

    /** In state ENDED: what the factory asked for. Guarded by the room's lock. */
    private @Nullable Duration again;

    EndpointConnector(EngineRoom room, Endpoint endpoint, ClientFactory factory, ConnectOptions options) {
        this.room = room;
        this.endpoint = endpoint;
        this.factory = factory;
        this.options = options;
    }

    void start() {
        FactoryUse.of(factory).begin(factory, this::attempt);
    }

    private void attempt() {
        Attempt next = new Attempt(this, room, endpoint, options);
        room.lock();
        try {
            state = State.CONNECTING;
            delay = null;
        } finally {
            room.unlock();
        }
        room.execute(endpoint, () -> {
            guarded(() -> factory.connecting(this));
            if (begin(next)) {
                next.run();
            } else {
                next.cancel();
            }
        });
    }

    /** From now on ending the connector cancels the attempt; before, its factory had not heard of it. */
    private boolean begin(Attempt next) {
        room.lock();
        try {
            attempt = disconnected ? null : next;
            return !disconnected;
        } finally {
            room.unlock();
        }
    }

    private boolean isDisconnected() {
        room.lock();
        try {
            return disconnected;
        } finally {
            room.unlock();
        }
    }

    /** The attempt has a connection: the factory makes a protocol for it, or it is not wanted. */
    ConnectionOwner.@Nullable Service opened(LinkConnection opened) {
        room.lock();
        try {
            attempt = null;
            if (!disconnected) {
                state = State.CONNECTED;
                connection = opened;
            }
        } finally {
            room.unlock();
        }
        ConnectFailure failure;
        if (isDisconnected()) {
            failure = new ConnectFailure.Cancelled();
        } else {
            try {
                Protocol protocol = factory.buildProtocol(endpoint);
                if (protocol != null) {
                    ConnectorLog.connected(endpoint, factory, opened);
                    OutboundSource source = factory instanceof SourcedFactory sourced ? sourced.newSource() : null;
                    return new ConnectionOwner.Service(protocol, source, this);
                }
                failure = new ConnectFailure.FactoryFailed(null);
            } catch (Throwable thrown) {
                ConnectorLog.notBuilt(endpoint, thrown);
                failure = new ConnectFailure.FactoryFailed(thrown);
            }
        }
        ConnectFailure told = failure;
        room.execute(endpoint, () -> failed(told));
        return null;
    }

    void failed(ConnectFailure failure) {
        ConnectorLog.failed(endpoint, factory, failure);
        tell(() -> factory.connectFailed(this, failure));
    }

    @Override
    public void lost(LossReport report) {
        ConnectorLog.lost(endpoint, factory, report.reason());
        tell(() -> factory.connectionLost(this, report));
    }

    /** Tells the factory how it ended, and does what it asks for. */
    private void tell(Runnable callback) {
        room.lock();
        try {
            state = State.ENDED;
            attempt = null;
            connection = null;
            telling = Thread.currentThread();
        } finally {
            room.unlock();
        }
        guarded(callback);
        Duration asked;
        room.lock();
        try {
            telling = null;
            asked = disconnected ? null : again;
            again = null;
            state = asked == null ? State.DONE : State.WAITING;
        } finally {
            room.unlock();
        }
        if (asked == null) {
            leave();
        } else {
            await(asked);
        }
    }

    private void guarded(Runnable callback) {
        FactoryUse.guarded(() -> endpoint + ": " + FactoryUse.name(factory), callback);
    }

    /** Nothing will be attempted any more. */
    private void leave() {
        FactoryUse.of(factory).end(factory, () -> room.done(this));
    }

    private void await(Duration asked) {
        Cancellable timer = room.scheduler().schedule(asked, this::delayOver);
        room.lock();
        try {
            if (state == State.WAITING) {
                delay = timer;
                return;
            }
        } finally {
            room.unlock();
        }
        timer.cancel();
    }

    private void delayOver() {
        room.lock();
        try {
            if (state != State.WAITING) {
                return;
            }
            state = State.CONNECTING;
        } finally {
            room.unlock();
        }
        attempt();
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void reconnect(Duration after) {
        Objects.requireNonNull(after, "after");
        room.lock();
        try {
            if (telling != Thread.currentThread()) {
                throw new IllegalStateException(
                        "reconnect is for a factory's connectFailed and connectionLost, while they run");
            }
            again = after;
        } finally {
            room.unlock();
        }
    }

    @Override
    public void disconnect() {
        end(LinkConnection::close);
    }

    @Override
    public void abort() {
        end(LinkConnection::abort);
    }

    private void end(Consumer<LinkConnection> how) {
        Attempt pending;
        LinkConnection open;
        Cancellable timer;
        boolean waiting;
        room.lock();
        try {
            disconnected = true;
            pending = attempt;
            open = connection;
            timer = delay;
            waiting = state == State.WAITING;
            if (waiting) {
                state = State.DONE;
            }
        } finally {
            room.unlock();
        }
        if (waiting) {
            if (timer != null) {
                timer.cancel();
            }
            room.execute(endpoint, () -> CallbackThread.run(this::leave));
        } else if (open != null) {
            how.accept(open);
        } else if (pending != null) {
            pending.cancel();
        }
    }
}
