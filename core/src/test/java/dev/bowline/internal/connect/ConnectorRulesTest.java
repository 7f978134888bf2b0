package dev.bowline.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bowline.ClientFactory;
import dev.bowline.ConnectFailure;
import dev.bowline.ConnectOptions;
import dev.bowline.Connector;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.LossReport;
import dev.bowline.Protocol;
import dev.bowline.Transport;
import dev.bowline.testing.FakeEngine;
import dev.bowline.testing.FakeLink;
import dev.bowline.testing.ManualClock;
import dev.bowline.testing.RecordingProtocol;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attempts and what comes of them: rules A1 to A3 over an engine that a test answers for. */
@Timeout(30)
class ConnectorRulesTest {
    private static final Endpoint TWO_ADDRESSES = Endpoint.parse("two.example:7");

    private final FakeEngine engine = new FakeEngine();
    private final ManualClock clock = new ManualClock();
    private final CountDownLatch resolverGate = new CountDownLatch(1);
    private final Transport transport = Transport.builder()
            .engine(engine)
            .scheduler(clock)
            .resolver(this::resolve)
            .open();
    private final Factory factory = new Factory();

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        if (host.equals("hangs.example")) {
            try {
                resolverGate.await();
            } catch (InterruptedException closed) {
                throw new UnknownHostException(host);
            }
        }
        if (host.equals("breaks.example")) {
            throw new IllegalStateException("no configuration");
        }
        if (host.equals("two.example")) {
            return List.of(
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 2}));
        }
        if (host.equals("none.example")) {
            throw new UnknownHostException(host);
        }
        return List.of(InetAddress.getLoopbackAddress());
    }

    /** Notes what it is told, and asks for another attempt as often as it is set to. */
    private static final class Factory implements ClientFactory {
        final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        final AtomicInteger reconnects = new AtomicInteger();
        volatile @Nullable Duration delay = Duration.ZERO;
        volatile @Nullable Protocol next = new RecordingProtocol();
        volatile @Nullable RuntimeException thrown;
        volatile @Nullable ConnectFailure failure;
        volatile @Nullable CountDownLatch holdConnecting;

        @Override
        public @Nullable Protocol buildProtocol(Endpoint remote) {
            told.add("build");
            if (thrown != null) {
                throw thrown;
            }
            return next;
        }

        @Override
        public void started() {
            told.add("started");
        }

        @Override
        public void stopped() {
            told.add("stopped");
        }

        @Override
        public void connecting(Connector connector) {
            told.add("connecting");
            CountDownLatch hold = holdConnecting;
            if (hold != null) {
                try {
                    hold.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                told.add("connecting returned");
            }
        }

        @Override
        public void connectFailed(Connector connector, ConnectFailure why) {
            failure = why;
            told.add("failed " + why.getClass().getSimpleName());
            askAgain(connector);
        }

        @Override
        public void connectionLost(Connector connector, LossReport report) {
            told.add("lost " + report.reason().getClass().getSimpleName());
            askAgain(connector);
        }

        private void askAgain(Connector connector) {
            if (reconnects.getAndDecrement() > 0) {
                connector.reconnect(delay);
            }
        }

        void expect(String... events) throws InterruptedException {
            for (String event : events) {
                assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo(event);
            }
        }
    }

    private Connector connect(String endpoint) {
        return transport.connect(Endpoint.parse(endpoint), factory, ConnectOptions.DEFAULT);
    }

    @AfterEach
    void close() {
        transport.close();
        assertThat(engine.isClosed()).isTrue();
    }

    @Test
    void a1_startedOnceBeforeTheFirstAttemptAndStoppedOnceAfterTheLast() throws Exception {
        factory.reconnects.set(1);
        connect("a.example:1");
        engine.next().fail(new ConnectException("Connection refused"));
        factory.expect("started", "connecting", "failed Refused");
        clock.awaitWaiting(1);
        clock.advance(Duration.ZERO);
        FakeLink link = engine.next().succeed();
        factory.expect("connecting", "build");
        link.lose(null);
        factory.expect("lost ClosedByPeer", "stopped");
        assertThat(factory.told).isEmpty();
    }

    @Test
    void a1_overTwoConnectorsItStartsWithTheFirstAndStopsWithTheLast() throws Exception {
        connect("a.example:1");
        FakeEngine.Opening first = engine.next();
        connect("b.example:1");
        FakeEngine.Opening second = engine.next();
        factory.expect("started", "connecting", "connecting");
        first.fail(new IOException("no"));
        factory.expect("failed Unreachable");
        second.fail(new IOException("no"));
        factory.expect("failed Unreachable", "stopped");
    }

    @Test
    void a1_usedAgainAfterItStoppedItStartsAgain() throws Exception {
        for (int use = 0; use < 2; use++) {
            connect("a.example:1");
            engine.next().fail(new IOException("no"));
            factory.expect("started", "connecting", "failed Unreachable", "stopped");
        }
    }

    @Test
    void a2_addressesAreTriedInTurnAndAllCausesAreTold() throws Exception {
        transport.connect(TWO_ADDRESSES, factory, ConnectOptions.DEFAULT);
        engine.next().fail(new IOException("No route to host"));
        engine.next().fail(new ConnectException("Connection refused"));
        factory.expect("started", "connecting", "failed Unreachable", "stopped");
        assertThat(factory.failure.describe())
                .isEqualTo("cannot connect: 127.0.0.1:7: No route to host; 127.0.0.2:7: Connection refused");
    }

    @Test
    void a2_theSecondAddressServesWhenTheFirstFails() throws Exception {
        transport.connect(TWO_ADDRESSES, factory, ConnectOptions.DEFAULT);
        engine.next().fail(new ConnectException("Connection refused"));
        FakeLink link = engine.next().succeed();
        factory.expect("started", "connecting", "build");
        assertThat(((RecordingProtocol) factory.next).events()).containsExactly("made");
        link.lose(null);
    }

    @Test
    void a2_aNameThatDoesNotResolve() throws Exception {
        connect("none.example:1");
        factory.expect("started", "connecting", "failed NotResolved", "stopped");
        assertThat(factory.failure.describe()).isEqualTo("the name 'none.example' does not resolve");
    }

    @Test
    void a2_aResolverThatBreaksSaysHow() throws Exception {
        connect("breaks.example:1");
        factory.expect("started", "connecting", "failed NotResolved", "stopped");
        assertThat(factory.failure.describe())
                .isEqualTo("the name 'breaks.example' does not resolve: "
                        + "java.lang.IllegalStateException: no configuration");
    }

    @Test
    void a2_namesThatHangHoldUpNeitherTimeoutsNorOtherCallbacks() throws Exception {
        int names = 100;
        for (int i = 0; i < names; i++) {
            connect("hangs.example:1");
        }
        factory.expect("started");
        for (int i = 0; i < names; i++) {
            factory.expect("connecting");
        }
        clock.awaitWaiting(names);
        clock.advance(ConnectOptions.DEFAULT.connectTimeout());
        for (int i = 0; i < names; i++) {
            factory.expect("failed TimedOut");
        }
        factory.expect("stopped");
    }

    @Test
    void a1_theFailureIsToldOnlyAfterConnectingHasReturned() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        factory.holdConnecting = hold;
        Connector connector = connect("a.example:1");
        factory.expect("started", "connecting");
        connector.disconnect();
        hold.countDown();
        factory.expect("connecting returned", "failed Cancelled", "stopped");
    }

    @Test
    void a2_aFactoryThatThrowsOrReturnsNull() throws Exception {
        factory.thrown = new IllegalStateException("not today");
        connect("a.example:1");
        FakeLink thrown = engine.next().succeed();
        factory.expect("started", "connecting", "build", "failed FactoryFailed", "stopped");
        assertThat(thrown.calls()).containsExactly("abort");
        assertThat(factory.failure.cause()).isSameAs(factory.thrown);
        factory.thrown = null;
        factory.next = null;
        connect("a.example:1");
        engine.next().succeed();
        factory.expect("started", "connecting", "build", "failed FactoryFailed", "stopped");
        assertThat(factory.failure.describe()).isEqualTo("the factory returned no protocol");
    }

    @Test
    void a2_disconnectCancelsTheAttempt() throws Exception {
        Connector connector = connect("a.example:1");
        FakeEngine.Opening opening = engine.next();
        connector.disconnect();
        factory.expect("started", "connecting", "failed Cancelled", "stopped");
        assertThat(opening.isCancelled()).isTrue();
        FakeLink late = opening.succeed();
        assertThat(late.calls()).as("nobody wants it any more").containsExactly("abort");
        assertThat(factory.told).isEmpty();
    }

    @Test
    void a2_theConnectTimeoutCoversTheWholeAttempt() throws Exception {
        connect("two.example:7");
        FakeEngine.Opening first = engine.next();
        clock.advance(Duration.ofSeconds(20));
        first.fail(new IOException("no"));
        FakeEngine.Opening second = engine.next();
        clock.advance(Duration.ofSeconds(10));
        factory.expect("started", "connecting", "failed TimedOut", "stopped");
        assertThat(second.isCancelled()).isTrue();
        assertThat(factory.failure.describe()).startsWith("two.example:7 did not answer within 30 s (");
    }

    @Test
    void a3_theNextAttemptBeginsOnlyAfterTheLossWasTold() throws Exception {
        factory.reconnects.set(1);
        factory.delay = Duration.ofSeconds(5);
        connect("a.example:1");
        FakeLink link = engine.next().succeed();
        link.lose(new IOException("reset"));
        factory.expect("started", "connecting", "build", "lost Failed");
        clock.advance(Duration.ofMillis(4_999));
        assertThat(factory.told).isEmpty();
        clock.advance(Duration.ofMillis(1));
        factory.expect("connecting");
        engine.next().fail(new IOException("no"));
        factory.expect("failed Unreachable", "stopped");
    }

    @Test
    void disconnectWhileItWaitsEndsTheConnector() throws Exception {
        factory.reconnects.set(1);
        factory.delay = Duration.ofSeconds(5);
        Connector connector = connect("a.example:1");
        engine.next().fail(new IOException("no"));
        factory.expect("started", "connecting", "failed Unreachable");
        clock.awaitWaiting(1); // the delay begins when connectFailed has returned
        connector.disconnect();
        factory.expect("stopped");
        clock.awaitWaiting(0);
    }

    @Test
    void reconnectIsForTheFactorysCallbacksOnly() throws Exception {
        Connector connector = connect("a.example:1");
        assertThatIllegalStateException().isThrownBy(() -> connector.reconnect(Duration.ZERO));
        engine.next().fail(new IOException("no"));
    }

    @Test
    void closingTheTransportEndsAttemptsAndConnections() throws Exception {
        connect("a.example:1");
        FakeLink link = engine.next().succeed();
        connect("b.example:1");
        engine.next();
        factory.expect("started", "connecting", "build", "connecting");
        Thread closer = new Thread(transport::close);
        closer.start();
        factory.expect("failed Cancelled");
        while (link.isIdle()) {
            Thread.onSpinWait(); // until the abort is posted to the event side
        }
        link.runTasks();
        link.loseIfReleased();
        factory.expect("lost AbortedHere", "stopped");
        closer.join();
        assertThat(((RecordingProtocol) factory.next).reason()).isEqualTo(new LossReason.AbortedHere());
        assertThatIllegalStateException().isThrownBy(() -> connect("c.example:1"));
    }
}
