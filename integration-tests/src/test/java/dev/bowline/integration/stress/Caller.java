package dev.bowline.integration.stress;

import dev.bowline.ClientFactory;
import dev.bowline.ConnectFailure;
import dev.bowline.ConnectOptions;
import dev.bowline.Connector;
import dev.bowline.Endpoint;
import dev.bowline.LossReport;
import dev.bowline.Protocol;
import dev.bowline.Transport;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One of the two hundred: connects, and connects again, and when its connector was ended starts over with another one.
 * Watches over the order in which a factory is called (A1, A3).
 */
final class Caller implements ClientFactory {
    private final int number;
    private final Endpoint endpoint;
    private final Register register;
    private final Violations violations;

    /** Factory callbacks only, which come one at a time. */
    private final SplittableRandom random;

    /** What happened between connections. */
    private final Trail trail = new Trail();

    /** A connector of this factory lives, or is about to. */
    private final AtomicBoolean inUse = new AtomicBoolean();

    private volatile boolean started;
    private volatile @Nullable Connector connector;
    private volatile @Nullable Conversation current;

    /** Factory callbacks only. */
    private int conversations;

    Caller(int number, Endpoint endpoint, Register register, Violations violations, SplittableRandom random) {
        this.number = number;
        this.endpoint = endpoint;
        this.register = register;
        this.violations = violations;
        this.random = random;
    }

    /** Its connection, the last one if there is none now. */
    @Nullable
    Conversation current() {
        return current;
    }

    /** Whether nothing of it goes on. */
    boolean isOver() {
        return !started && !inUse.get();
    }

    /** After the transport was closed: everybody was told. */
    void checkOver() {
        if (!isOver()) {
            violated("A1: not stopped, and the transport is closed");
        }
    }

    /** Connects, unless it is at that. From any thread. */
    void call(Transport transport) {
        if (inUse.compareAndSet(false, true)) {
            connector = transport.connect(endpoint, this, ConnectOptions.DEFAULT);
        }
    }

    /** Ends the connector, which ends the connection. From any thread. */
    void end(boolean orderly) {
        Connector running = connector;
        if (running == null) {
            return;
        }
        trail.add(orderly ? "is disconnected" : "is aborted");
        if (orderly) {
            running.disconnect();
        } else {
            running.abort();
        }
    }

    private void violated(String sentence) {
        Conversation last = current;
        violations.report(Integer.toString(number), trail, sentence + (last == null ? "" : "\n    " + last.trail()));
    }

    @Override
    public void started() {
        trail.add("started");
        if (started) {
            violated("A1: started again before it stopped");
        }
        started = true;
    }

    @Override
    public void stopped() {
        trail.add("stopped");
        if (!started) {
            violated("A1: stopped, but not started");
        }
        nothingIsOpen("stopped");
        started = false;
        inUse.set(false);
    }

    @Override
    public void connecting(Connector by) {
        trail.add("connecting");
        if (!started) {
            violated("A1: connecting before it started");
        }
        nothingIsOpen("connecting");
    }

    private void nothingIsOpen(String what) {
        Conversation last = current;
        if (last != null) {
            last.watch().nextBegins(what);
        }
    }

    @Override
    public Protocol buildProtocol(Endpoint remote) throws Conversation.Thrown {
        trail.add("buildProtocol");
        nothingIsOpen("buildProtocol");
        if (random.nextInt(200) == 0) {
            throw new Conversation.Thrown();
        }
        String name = number + "." + ++conversations;
        Conversation next = new Conversation(name, this, violations, random.split());
        current = next;
        register.add(next);
        return number % 4 < 2 ? new Conversations.OfBytes(next) : new Conversations.OfLines(next);
    }

    @Override
    public void connectFailed(Connector by, ConnectFailure failure) {
        trail.add("connectFailed: " + failure.describe());
        nothingIsOpen("connectFailed");
        reconnect(by);
    }

    @Override
    public void connectionLost(Connector by, LossReport report) {
        register.lost(report.reason());
        Conversation last = current;
        if (last == null) {
            violated("A3: a loss without a connection");
        } else {
            last.trail().add("the factory hears of it");
            last.watch().factoryTold();
        }
        reconnect(by);
        if (random.nextInt(50) == 0) {
            throw new IllegalStateException("thrown on purpose");
        }
    }

    private void reconnect(Connector by) {
        if (random.nextInt(20) > 0) {
            by.reconnect(Duration.ofMillis(random.nextInt(200)));
        }
    }
}
