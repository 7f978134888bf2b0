package dev.bowline.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ClientFactory;
import dev.bowline.ConnectFailure;
import dev.bowline.ConnectOptions;
import dev.bowline.Connector;
import dev.bowline.Endpoint;
import dev.bowline.Protocol;
import dev.bowline.TlsOptions;
import dev.bowline.Transport;
import dev.bowline.testing.FakeEngine;
import dev.bowline.testing.FakeEngine.Opening;
import dev.bowline.testing.FakeLink;
import dev.bowline.testing.ManualClock;
import dev.bowline.testing.RecordingProtocol;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An attempt between its connection and the end of the handshake: one outcome (A2), and the race is over (A7). */
class SecuringRulesTest {
    private static final Duration STAGGER = Duration.ofMillis(250);

    private final FakeEngine engine = new FakeEngine();
    private final ManualClock clock = new ManualClock();
    private final List<ConnectFailure> failures = new ArrayList<>();

    private final Transport transport = Transport.builder()
            .engine(engine)
            .scheduler(clock)
            .resolver(host -> List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("127.0.0.2")))
            .executor(Runnable::run)
            .open();

    @AfterEach
    void close() {
        transport.close();
    }

    private Connector connect() {
        ClientFactory factory = new ClientFactory() {
            @Override
            public Protocol buildProtocol(Endpoint remote) {
                return new RecordingProtocol();
            }

            @Override
            public void connectFailed(Connector connector, ConnectFailure failure) {
                failures.add(failure);
            }
        };
        TlsOptions withoutLimit = TlsOptions.DEFAULT.withHandshakeTimeout(Duration.ZERO);
        return transport.connect(
                Endpoint.parse("tls://name.example:7"), factory, ConnectOptions.DEFAULT.withTls(withoutLimit));
    }

    private FakeLink securing() throws Exception {
        FakeLink link = engine.next().succeed();
        assertThat(link.taken()).as("the handshake has begun").isNotEmpty();
        return link;
    }

    private void assertEnded(FakeLink link, Class<? extends ConnectFailure> how) {
        link.runTasks();
        assertThat(link.calls()).containsExactly("abort");
        link.loseIfReleased();
        assertThat(failures).singleElement().isInstanceOf(how);
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void a7_theConnectTimeoutCoversTheHandshake() throws Exception {
        connect();
        FakeLink link = securing();
        clock.advance(Duration.ofSeconds(30));
        assertEnded(link, ConnectFailure.TimedOut.class);
        assertThat(failures.get(0).describe()).contains("TLS was not agreed on");
    }

    @Test
    void a2_anAttemptIsCancelledAmidTheHandshake() throws Exception {
        Connector connector = connect();
        FakeLink link = securing();
        connector.disconnect();
        assertEnded(link, ConnectFailure.Cancelled.class);
    }

    @Test
    void a7_theOthersAreGivenUpWhenOneIsConnected() throws Exception {
        connect();
        Opening first = engine.next();
        clock.advance(STAGGER);
        FakeLink second = securing();
        assertThat(first.isCancelled()).isTrue();
        assertThat(failures).isEmpty();
        assertThat(second.calls()).isEmpty();
    }

    @Test
    void a7_oneThatJustBeginsWhenAnotherIsConnectedIsGivenUpToo() throws Exception {
        connect();
        Opening first = engine.next();
        engine.whileOpening(first::succeed);
        clock.advance(STAGGER);
        assertThat(engine.next().isCancelled()).isTrue();
    }
}
