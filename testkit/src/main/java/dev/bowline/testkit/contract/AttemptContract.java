package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ConnectFailure;
import dev.bowline.Connector;
import dev.bowline.Endpoint;
import dev.bowline.Resolver;
import dev.bowline.Transport;
import dev.bowline.testkit.ManualClock;
import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.RecordingProtocol;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** An attempt ends in exactly one way (A2), over all addresses that a name has (A7). */
public abstract class AttemptContract extends TransportContract {
    /** For a transport's own class. */
    protected AttemptContract() {}

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final RecordingFactory factory() {
        return new RecordingFactory(RecordingProtocol::new);
    }

    private static Resolver to(String... addresses) {
        return host -> {
            List<InetAddress> all = new ArrayList<>();
            for (String address : addresses) {
                all.add(InetAddress.getByName(address));
            }
            return all;
        };
    }

    /** Waits for the one failure, and that it was the one outcome. */
    private static ConnectFailure onlyFailure(RecordingFactory factory) throws Exception {
        ConnectFailure failure = factory.awaitFailure();
        factory.awaitStopped();
        assertThat(factory.log().events()).containsExactly("started", "connecting", "connectFailed", "stopped");
        return failure;
    }

    @Test
    void a2_refused() throws Exception {
        RecordingFactory factory = factory();
        int nobody = nobodysPort();
        connect(endpoint("127.0.0.1", nobody), factory);
        ConnectFailure failure = onlyFailure(factory);
        assertThat(failure).isInstanceOf(ConnectFailure.Refused.class);
        assertThat(failure.cause()).isInstanceOf(ConnectException.class);
        assertThat(failure.describe()).isEqualTo("connection refused by 127.0.0.1:" + nobody);
    }

    @Test
    void a2_notResolved() throws Exception {
        UnknownHostException cause = new UnknownHostException("nowhere.invalid");
        Transport transport = transport((Resolver) host -> {
            throw cause;
        });
        RecordingFactory factory = factory();
        transport.connect(endpoint("nowhere.invalid", 1), factory, options());
        assertThat(onlyFailure(factory)).isEqualTo(new ConnectFailure.NotResolved("nowhere.invalid", cause));
    }

    @Test
    void a2_aNameWithoutAddressesIsNotResolved() throws Exception {
        RecordingFactory factory = factory();
        transport(to()).connect(endpoint("empty.invalid", 1), factory, options());
        assertThat(onlyFailure(factory)).isInstanceOf(ConnectFailure.NotResolved.class);
    }

    @Test
    void a2_aResolverThatFailsOtherwiseIsNotResolved() throws Exception {
        IllegalArgumentException cause = new IllegalArgumentException("thrown by the test");
        RecordingFactory factory = factory();
        transport((Resolver) host -> {
                    throw cause;
                })
                .connect(endpoint("odd.invalid", 1), factory, options());
        ConnectFailure failure = onlyFailure(factory);
        assertThat(failure).isInstanceOf(ConnectFailure.NotResolved.class);
        assertThat(failure.cause()).hasRootCause(cause);
    }

    @Test
    void a7_addressesAreTriedInTurnUntilOneAnswers() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = new RecordingProtocol();
        RecordingFactory factory = new RecordingFactory(() -> protocol);
        transport(to("127.0.0.2", "127.0.0.3", "127.0.0.1"))
                .connect(server.endpoint("several.invalid"), factory, options());
        assertThat(protocol.connection().remoteAddress()).isEqualTo(server.address());
        server.accept().close();
        factory.awaitStopped();
        assertThat(factory.log().events())
                .containsExactly("started", "connecting", "build", "connectionLost", "stopped");
    }

    @Test
    void a7_ifAllAddressesRefuseAllAreListed() throws Exception {
        PeerServer server = server();
        RecordingFactory factory = factory();
        Endpoint endpoint = server.endpoint("several.invalid");
        transport(to("127.0.0.2", "127.0.0.3")).connect(endpoint, factory, options());
        ConnectFailure failure = onlyFailure(factory);
        assertThat(failure)
                .isInstanceOfSatisfying(
                        ConnectFailure.Refused.class,
                        refused -> assertThat(refused.tried())
                                .extracting(ConnectFailure.Tried::address)
                                .containsExactly(
                                        new InetSocketAddress("127.0.0.2", server.port()),
                                        new InetSocketAddress("127.0.0.3", server.port())));
        assertThat(failure.describe()).contains("127.0.0.2:" + server.port(), "127.0.0.3:" + server.port());
    }

    @Test
    @Needs(Capability.UNREACHABLE_ADDRESS)
    void a7_ifAddressesFailForDifferentCausesEachIsListedWithItsOwn() throws Exception {
        RecordingFactory factory = factory();
        int nobody = nobodysPort();
        // TCP to a group of hosts is refused by the local system itself, without a packet.
        transport(to("127.0.0.1", "224.0.0.1")).connect(endpoint("several.invalid", nobody), factory, options());
        ConnectFailure failure = onlyFailure(factory);
        assertThat(failure).isInstanceOfSatisfying(ConnectFailure.Unreachable.class, unreachable -> {
            List<IOException> causes = unreachable.tried().stream()
                    .map(ConnectFailure.Tried::cause)
                    .toList();
            assertThat(causes).hasSize(2);
            assertThat(causes.get(0)).hasMessageContaining("refused");
            assertThat(causes.get(1)).hasMessageContaining("unreachable");
        });
        assertThat(failure.describe()).contains("127.0.0.1:" + nobody, "224.0.0.1:" + nobody);
    }

    @Test
    void a2_timedOutAfterThirtySeconds() throws Exception {
        PeerServer silent = silentServer();
        ManualClock clock = new ManualClock();
        RecordingFactory factory = factory();
        transport(clock).connect(silent.endpoint(), factory, options());
        clock.awaitTimer(Duration.ofSeconds(30));
        clock.advance(Duration.ofSeconds(30).minus(MOMENT));
        assertThat(clock.isWaiting(MOMENT)).isTrue();
        assertThat(factory.log().events()).doesNotContain("connectFailed");
        clock.advance(MOMENT);
        assertThat(onlyFailure(factory).describe()).startsWith(silent.endpoint() + " did not answer within 30 s");
    }

    @Test
    void a7_theTimeoutCoversTheResolutionOfTheName() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ManualClock clock = new ManualClock();
        Transport transport = keep(builder()
                .scheduler(clock)
                .resolver(host -> {
                    awaitQuietly(gate);
                    return Resolver.SYSTEM.resolve(host);
                })
                .open());
        PeerServer server = server();
        RecordingFactory factory = factory();
        Duration limit = Duration.ofSeconds(7);
        transport.connect(server.endpoint(), factory, options().withConnectTimeout(limit));
        clock.awaitTimer(limit);
        clock.advance(limit);
        assertThat(onlyFailure(factory)).isEqualTo(new ConnectFailure.TimedOut(server.endpoint(), limit, List.of()));
        gate.countDown();
        transport.close();
        assertThat(server.hasCaller()).isFalse();
    }

    @Test
    void a7_aNameIsResolvedAnewAtEveryAttempt() throws Exception {
        PeerServer server = server();
        List<String> answers = new CopyOnWriteArrayList<>(List.of("127.0.0.2", "127.0.0.1"));
        RecordingFactory factory = new RecordingFactory(RecordingProtocol::new) {
            @Override
            public void connectFailed(Connector connector, ConnectFailure failure) {
                super.connectFailed(connector, failure);
                connector.reconnect(Duration.ZERO);
            }
        };
        transport(host -> Resolver.SYSTEM.resolve(answers.remove(0)))
                .connect(server.endpoint("moved.invalid"), factory, options());
        server.accept().close();
        factory.awaitStopped();
        assertThat(factory.log().events())
                .containsExactly(
                        "started", "connecting", "connectFailed", "connecting", "build", "connectionLost", "stopped");
    }

    @Test
    void a2_anAttemptThatSucceedsLeavesNoTimerBehind() throws Exception {
        PeerServer server = server();
        ManualClock clock = new ManualClock();
        RecordingProtocol protocol = new RecordingProtocol();
        transport(clock).connect(server.endpoint(), new RecordingFactory(() -> protocol), options());
        protocol.connection();
        assertThat(clock.isWaiting(Duration.ofSeconds(30))).isFalse();
    }

    @Test
    void a2_theFactoryThrew() throws Exception {
        PeerServer server = server();
        Exception cause = new Exception("thrown by the test");
        RecordingFactory factory = new RecordingFactory(() -> {
            throw cause;
        });
        connect(server.endpoint(), factory);
        assertThat(factory.awaitFailure()).isEqualTo(new ConnectFailure.FactoryFailed(cause));
        assertDropped(server.accept(), factory);
    }

    @Test
    void a2_theFactoryReturnedNull() throws Exception {
        PeerServer server = server();
        RecordingFactory factory = new RecordingFactory(() -> null);
        connect(server.endpoint(), factory);
        assertThat(factory.awaitFailure()).isEqualTo(new ConnectFailure.FactoryFailed(null));
        assertDropped(server.accept(), factory);
    }

    private static void assertDropped(Peer peer, RecordingFactory factory) throws Exception {
        assertThat(peer.countToEnd().count()).isZero();
        factory.awaitStopped();
        assertThat(factory.log().events())
                .containsExactly("started", "connecting", "build", "connectFailed", "stopped");
    }

    @Test
    void a2_cancelledByDisconnectAbortOrTheTransportsEnd() throws Exception {
        PeerServer silent = silentServer();
        List<Consumer<Connector>> ways = List.of(Connector::disconnect, Connector::abort);
        for (Consumer<Connector> way : ways) {
            RecordingFactory factory = factory();
            Connector connector = connect(silent.endpoint(), factory);
            factory.log().await("connecting");
            way.accept(connector);
            assertThat(onlyFailure(factory)).isInstanceOf(ConnectFailure.Cancelled.class);
        }
        Transport another = anotherTransport();
        RecordingFactory factory = factory();
        another.connect(silent.endpoint(), factory, options());
        factory.log().await("connecting");
        another.close();
        assertThat(onlyFailure(factory)).isInstanceOf(ConnectFailure.Cancelled.class);
    }

    @Test
    void a2_cancelledInsideConnectingItTriesNothing() throws Exception {
        PeerServer server = server();
        RecordingFactory factory = new RecordingFactory(RecordingProtocol::new) {
            @Override
            public void connecting(Connector connector) {
                super.connecting(connector);
                connector.disconnect();
            }
        };
        connect(server.endpoint(), factory);
        assertThat(onlyFailure(factory)).isInstanceOf(ConnectFailure.Cancelled.class);
        assertThat(server.hasCaller()).isFalse();
    }

    @Test
    void a2_cancelledAtAnyMomentItEndsInExactlyOneWay() throws Exception {
        PeerServer server = server();
        for (int i = 0; i < 50; i++) {
            RecordingFactory factory = factory();
            Connector connector = connect(server.endpoint(), factory);
            for (int spin = 0; spin < i * 1_000; spin++) {
                Thread.onSpinWait();
            }
            connector.abort();
            factory.awaitStopped();
            int failed = factory.log().count("connectFailed");
            assertThat(failed + factory.log().count("connectionLost"))
                    .as(factory.log().toString())
                    .isOne();
        }
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            Waiting.await(gate);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
