package dev.bowline.client;

import dev.bowline.ClientEvent;
import dev.bowline.ConnectOptions;
import dev.bowline.Delivery;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.LossReport;
import dev.bowline.Reconnect;
import dev.bowline.Transport;
import dev.bowline.internal.CallbackThread;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import dev.bowline.testing.FakeEngine;
import dev.bowline.testing.FakeLink;
import dev.bowline.testing.ManualClock;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client whose network, time and attempts are the test's, on its thread alone. Its protocol does what the peer's lines
 * say: {@code ready}, {@code ready 3}, {@code ok 2} (confirms two), {@code close}, {@code throw}.
 */
final class ClientHarness implements AutoCloseable {
    final FakeEngine engine = new FakeEngine();
    final ManualClock clock = new ManualClock();
    final List<ClientEvent> events = new ArrayList<>();

    /** What calls of confirm threw. */
    final List<String> refusals = new ArrayList<>();

    private final Transport transport = Transport.builder()
            .engine(engine)
            .scheduler(clock)
            .executor(Runnable::run)
            .open();

    /** What protocols do in the end. */
    BiConsumer<Obedient, LossReason> whenLost = (protocol, reason) -> {};

    /** What protocols do when their peer has ended. */
    Consumer<Obedient> whenInputEnds = Obedient::closeToo;

    private @Nullable Obedient latest;

    final class Obedient extends LineProtocol {
        @Override
        protected void lineReceived(String line) {
            String[] words = line.split(" ", -1);
            int count = words.length == 1 ? 0 : Integer.parseInt(words[1]);
            switch (words[0]) {
                case "ready" -> {
                    if (count == 0) {
                        ready();
                    } else {
                        ready(count);
                    }
                }
                case "ok" -> answered(count);
                case "say" -> sendLine("own");
                case "close" -> close();
                case "fail" -> giveUp("refused as told");
                case "throw" -> throw new IllegalStateException("as told");
                default -> throw new AssertionError(line);
            }
        }

        void answered(int count) {
            try {
                confirm(count);
            } catch (IllegalStateException | IllegalArgumentException refused) {
                refusals.add(refused.getMessage());
            }
        }

        void readyAgain() {
            ready();
        }

        void end() {
            finish();
        }

        void giveUp(String reason) {
            giveUp(new ProtocolException(reason));
        }

        void giveUp(Throwable reason) {
            fail(reason);
        }

        void endNow() {
            connection().abort();
        }

        void closeToo() {
            close();
        }

        @Override
        protected void inputEnded() {
            whenInputEnds.accept(this);
        }

        @Override
        public void connectionLost(LossReason reason) {
            whenLost.accept(this, reason);
        }
    }

    /** A client that waits for exactly one second before each attempt. */
    LineClient.Builder builder(Delivery delivery) {
        return LineClient.builder(Endpoint.parse("127.0.0.1:8001"), () -> latest = new Obedient())
                .transport(transport)
                .reconnect(Reconnect.fixed(Duration.ofSeconds(1)))
                .delivery(delivery)
                .drainOnShutdown(Duration.ZERO)
                .observer(events::add);
    }

    /** The protocol made last. */
    Obedient protocol() {
        if (latest == null) {
            throw new AssertionError("no protocol was made yet");
        }
        return latest;
    }

    /** The attempt under way succeeds. */
    FakeLink connect() throws InterruptedException {
        return engine.next().succeed();
    }

    /** A connection of the protocol's own, with no client behind it. */
    FakeLink connectWithoutAClient() throws InterruptedException {
        var unused = transport.connect(
                Endpoint.parse("127.0.0.1:8001"), remote -> latest = new Obedient(), ConnectOptions.DEFAULT);
        return connect();
    }

    /** The attempt under way succeeds, and the peer is ready for all. */
    FakeLink ready() throws InterruptedException {
        FakeLink link = connect();
        link.receive("ready\r\n");
        return link;
    }

    /** One second later: the next attempt has begun, and succeeds. */
    FakeLink readyAgain() throws InterruptedException {
        clock.advance(Duration.ofSeconds(1));
        return ready();
    }

    static void lose(FakeLink link) {
        link.lose(new IOException("Connection reset"));
    }

    /** What the clients was told of all connections that are over. */
    List<LossReport> reports() {
        return events(ClientEvent.Lost.class).stream()
                .map(ClientEvent.Lost::report)
                .toList();
    }

    <E extends ClientEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Lets a link go that the connection has closed. */
    static void letGo(FakeLink link) {
        link.runTasks();
        link.endInput();
        link.loseIfReleased();
    }

    /** Only begins to: who would wait for links to go is the one that lets them go. */
    @Override
    public void close() {
        CallbackThread.run(transport::close);
    }
}
