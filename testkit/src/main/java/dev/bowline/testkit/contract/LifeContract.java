package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.ConnectFailure;
import dev.bowline.Connector;
import dev.bowline.Endpoint;
import dev.bowline.LossReport;
import dev.bowline.testkit.ManualClock;
import dev.bowline.testkit.contract.support.EventLog;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.RecordingProtocol;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a factory starts and stops, and when it attempts again (A1). */
public abstract class LifeContract extends TransportContract {
    /** For a transport's own class. */
    protected LifeContract() {}

    /** Asks for another attempt until it has had so many. */
    private static final class Persistent extends RecordingFactory {
        private final int attempts;
        private final Duration delay;

        /** The connector's calls come one at a time. */
        private int begun;

        Persistent(int attempts, Duration delay) {
            super(RecordingProtocol::new);
            this.attempts = attempts;
            this.delay = delay;
        }

        @Override
        public void connecting(Connector connector) {
            super.connecting(connector);
            begun++;
        }

        @Override
        public void connectFailed(Connector connector, ConnectFailure failure) {
            super.connectFailed(connector, failure);
            again(connector);
        }

        @Override
        public void connectionLost(Connector connector, LossReport report) {
            super.connectionLost(connector, report);
            again(connector);
        }

        private void again(Connector connector) {
            if (begun < attempts) {
                connector.reconnect(delay);
            }
        }
    }

    @Test
    void a1_startedComesBeforeTheFirstAttemptAndStoppedAfterTheLastConnection() throws Exception {
        PeerServer server = server();
        Persistent factory = new Persistent(3, Duration.ZERO);
        connect(server.endpoint(), factory);
        for (int i = 0; i < 3; i++) {
            server.accept().close();
        }
        factory.awaitStopped();
        assertThat(factory.log().events())
                .containsExactly(
                        "started",
                        "connecting",
                        "build",
                        "connectionLost",
                        "connecting",
                        "build",
                        "connectionLost",
                        "connecting",
                        "build",
                        "connectionLost",
                        "stopped");
    }

    @Test
    void a1_neitherRunsBetweenAttemptsThatFail() throws Exception {
        Persistent factory = new Persistent(3, Duration.ZERO);
        connect(nobody(), factory);
        factory.awaitStopped();
        assertThat(factory.log().events())
                .containsExactly(
                        "started",
                        "connecting",
                        "connectFailed",
                        "connecting",
                        "connectFailed",
                        "connecting",
                        "connectFailed",
                        "stopped");
    }

    @Test
    void a1_overTwoConnectorsItStartsOnceAndStopsWithTheLast() throws Exception {
        PeerServer server = server();
        EventLog log = new EventLog();
        RecordingFactory factory = new RecordingFactory(log, () -> new RecordingProtocol(log));
        Connector first = connect(server.endpoint(), factory);
        Connector second = connect(server.endpoint(), factory);
        server.accept().shutdownOutput();
        server.accept().shutdownOutput();
        log.await("connectionLost", 2);
        factory.awaitStopped();
        assertThat(log.count("started")).isOne();
        assertThat(log.count("stopped")).isOne();
        assertThat(log.events()).startsWith("started").endsWith("stopped");
        assertThat(first).isNotSameAs(second);
    }

    @Test
    void a1_aConnectorThatIsDoneDoesNotStopTheFactoryOfAnother() throws Exception {
        PeerServer server = server();
        RecordingFactory factory = new RecordingFactory(RecordingProtocol::new);
        connect(server.endpoint(), factory);
        factory.log().await("build");
        connect(nobody(), factory);
        factory.awaitFailure();
        connect(nobody(), factory);
        factory.awaitFailure();
        assertThat(factory.log().events()).doesNotContain("stopped");
        server.accept().close();
        factory.awaitStopped();
        assertThat(factory.log().count("started")).isOne();
        assertThat(factory.log().events()).endsWith("connectionLost", "stopped");
    }

    @Test
    void a1_usedAgainAfterItStoppedItStartsAgain() throws Exception {
        PeerServer server = server();
        RecordingFactory factory = new RecordingFactory(RecordingProtocol::new);
        for (int round = 1; round <= 2; round++) {
            connect(server.endpoint(), factory);
            server.accept().close();
            factory.log().await("stopped", round);
        }
        assertThat(factory.log().events())
                .containsExactly(
                        "started",
                        "connecting",
                        "build",
                        "connectionLost",
                        "stopped",
                        "started",
                        "connecting",
                        "build",
                        "connectionLost",
                        "stopped");
    }

    @Test
    void a1_aDelayedReconnectWaitsForItsTime() throws Exception {
        ManualClock clock = new ManualClock();
        Persistent factory = new Persistent(2, Duration.ofSeconds(5));
        transport(clock).connect(nobody(), factory, options());
        factory.awaitFailure();
        clock.awaitTimer(Duration.ofSeconds(5));
        clock.advance(Duration.ofMillis(4_999));
        assertThat(clock.isWaiting(Duration.ofMillis(1))).isTrue();
        assertThat(factory.log().count("connecting")).isOne();
        clock.advance(Duration.ofMillis(1));
        factory.awaitFailure();
        factory.awaitStopped();
        assertThat(factory.log().count("connecting")).isEqualTo(2);
    }

    @Test
    void a1_disconnectEndsTheWaitForAReconnect() throws Exception {
        ManualClock clock = new ManualClock();
        Persistent factory = new Persistent(2, Duration.ofHours(1));
        Connector connector = transport(clock).connect(nobody(), factory, options());
        clock.awaitTimer(Duration.ofHours(1));
        connector.disconnect();
        factory.awaitStopped();
        clock.advance(Duration.ofHours(2));
        assertThat(factory.log().events()).containsExactly("started", "connecting", "connectFailed", "stopped");
    }

    @Test
    void a1_disconnectGoesBeforeAReconnectThatIsAskedForAfterIt() throws Exception {
        PeerServer server = server();
        Persistent factory = new Persistent(2, Duration.ZERO);
        Connector connector = connect(server.endpoint(), factory);
        factory.log().await("build");
        connector.disconnect();
        server.accept().close();
        factory.awaitStopped();
        assertThat(factory.log().events())
                .containsExactly("started", "connecting", "build", "connectionLost", "stopped");
    }

    @Test
    void a1_reconnectIsForTheTwoCallsThatTellOfAnEnd() throws Exception {
        PeerServer server = server();
        EventLog refusals = new EventLog();
        RecordingFactory factory = new RecordingFactory(RecordingProtocol::new) {
            @Override
            public void connecting(Connector connector) {
                assertThatThrownBy(() -> connector.reconnect(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
                refusals.add("in connecting");
            }
        };
        Endpoint endpoint = server.endpoint();
        Connector connector = connect(endpoint, factory);
        assertThatThrownBy(() -> connector.reconnect(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
        refusals.await("in connecting");
        assertThat(connector.endpoint()).isEqualTo(endpoint);
        server.accept().close();
        factory.awaitStopped();
    }
}
