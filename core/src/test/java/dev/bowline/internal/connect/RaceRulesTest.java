package dev.bowline.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ClientFactory;
import dev.bowline.ConnectFailure;
import dev.bowline.ConnectOptions;
import dev.bowline.Connector;
import dev.bowline.Endpoint;
import dev.bowline.LossReport;
import dev.bowline.Protocol;
import dev.bowline.Transport;
import dev.bowline.testing.FakeEngine;
import dev.bowline.testing.FakeEngine.Opening;
import dev.bowline.testing.FakeLink;
import dev.bowline.testing.ManualClock;
import dev.bowline.testing.RecordingProtocol;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The race of addresses (rule A7, RFC 8305); all on the test's thread, the clock and the network in its hands. */
class RaceRulesTest {
    private static final Duration STAGGER = Duration.ofMillis(250);
    private static final Duration MOMENT = Duration.ofNanos(1);

    private final FakeEngine engine = new FakeEngine();
    private final ManualClock clock = new ManualClock();
    private final Factory factory = new Factory();
    private final RecordingProtocol protocol = new RecordingProtocol();
    private List<InetAddress> addresses = List.of();

    private final Transport transport = Transport.builder()
            .engine(engine)
            .scheduler(clock)
            .resolver(host -> addresses)
            .executor(Runnable::run)
            .open();

    private class Factory implements ClientFactory {
        final List<ConnectFailure> failures = new ArrayList<>();
        final List<LossReport> losses = new ArrayList<>();

        @Override
        public Protocol buildProtocol(Endpoint remote) {
            return protocol;
        }

        @Override
        public void connectFailed(Connector connector, ConnectFailure failure) {
            failures.add(failure);
        }

        @Override
        public void connectionLost(Connector connector, LossReport report) {
            losses.add(report);
        }
    }

    private Connector connectTo(String... hosts) throws Exception {
        List<InetAddress> resolved = new ArrayList<>();
        for (String host : hosts) {
            resolved.add(InetAddress.getByName(host));
        }
        addresses = resolved;
        return transport.connect(Endpoint.parse("name.example:7"), factory, ConnectOptions.DEFAULT);
    }

    private Opening next(String host) throws Exception {
        Opening opening = engine.next();
        assertThat(opening.remote()).isEqualTo(new InetSocketAddress(InetAddress.getByName(host), 7));
        return opening;
    }

    private void assertNoneStarted() {
        assertThat(engine.isQuiet()).isTrue();
    }

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void a7_theNextAddressStartsAfter250Milliseconds() throws Exception {
        connectTo("127.0.0.1", "127.0.0.2", "127.0.0.3");
        next("127.0.0.1");
        clock.advance(STAGGER.minus(MOMENT));
        assertNoneStarted();
        clock.advance(MOMENT);
        next("127.0.0.2");
        clock.advance(STAGGER.minus(MOMENT));
        assertNoneStarted();
        clock.advance(MOMENT);
        next("127.0.0.3");
    }

    @Test
    void a2_anEngineThatCannotEvenBeginFailsTheAttemptAtOnce() throws Exception {
        IllegalStateException closed = new IllegalStateException("the engine is closed");
        engine.breakDown(closed);
        connectTo("127.0.0.1", "127.0.0.2");
        assertThat(factory.failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        ConnectFailure.Unreachable.class,
                        failure -> assertThat(failure.tried())
                                .hasSize(2)
                                .allSatisfy(tried -> assertThat(tried.cause())
                                        .hasMessageContaining("the engine is closed")
                                        .hasCause(closed)));
    }

    @Test
    void a7_aFailureBringsTheNextForward() throws Exception {
        connectTo("127.0.0.1", "127.0.0.2", "127.0.0.3");
        Opening first = next("127.0.0.1");
        clock.advance(Duration.ofMillis(100));
        first.fail(new ConnectException("Connection refused"));
        next("127.0.0.2");
        // Its own turn runs from now, what is left of the first one's is forgotten.
        clock.advance(STAGGER.minus(MOMENT));
        assertNoneStarted();
        clock.advance(MOMENT);
        next("127.0.0.3");
    }

    @Test
    void a7_familiesTakeTurnsAndIpv6IsFirst() throws Exception {
        connectTo("127.0.0.1", "127.0.0.2", "::1", "127.0.0.3", "fe80::2");
        for (String expected : List.of("::1", "127.0.0.1", "fe80::2", "127.0.0.2", "127.0.0.3")) {
            next(expected).fail(new IOException("no"));
        }
        assertThat(factory.failures).hasSize(1);
    }

    @Test
    void a7_theFirstToConnectWinsAndTheOthersAreCancelled() throws Exception {
        connectTo("127.0.0.1", "127.0.0.2", "127.0.0.3");
        Opening first = next("127.0.0.1");
        clock.advance(STAGGER);
        Opening second = next("127.0.0.2");
        FakeLink link = second.succeed();
        assertThat(first.isCancelled()).isTrue();
        assertThat(clock.waiting()).isZero();
        first.fail(new IOException("given up"));
        assertNoneStarted();
        assertThat(protocol.events()).containsExactly("made");
        link.lose(null);
        assertThat(factory.failures).isEmpty();
        assertThat(factory.losses).hasSize(1);
    }

    @Test
    void a7_aLoserThatIsConnectedAllTheSameIsAborted() throws Exception {
        connectTo("127.0.0.1", "127.0.0.2");
        Opening first = next("127.0.0.1");
        clock.advance(STAGGER);
        FakeLink winner = next("127.0.0.2").succeed();
        FakeLink loser = first.succeed();
        assertThat(loser.calls()).containsExactly("abort");
        loser.loseIfReleased();
        assertThat(protocol.events()).containsExactly("made");
        assertThat(winner.calls()).isEmpty();
        winner.lose(null);
        assertThat(factory.losses).hasSize(1);
    }

    @Test
    void a7_ifAllFailTheErrorListsEveryAddressWithItsOwnCause() throws Exception {
        connectTo("127.0.0.1", "127.0.0.2", "::1");
        Opening first = next("::1");
        clock.advance(STAGGER);
        Opening second = next("127.0.0.1");
        second.fail(new ConnectException("Connection refused"));
        next("127.0.0.2").fail(new IOException("No route to host"));
        assertThat(factory.failures).isEmpty();
        first.fail(new IOException("Network is unreachable"));
        assertThat(factory.failures).hasSize(1);
        assertThat(factory.failures.get(0).describe())
                .isEqualTo("cannot connect: [0:0:0:0:0:0:0:1]:7: Network is unreachable; "
                        + "127.0.0.1:7: Connection refused; 127.0.0.2:7: No route to host");
    }

    @Test
    void a7_theTimeoutIsOverAllAndTellsWhatWasTried() throws Exception {
        connectTo("127.0.0.1", "127.0.0.2");
        Opening first = next("127.0.0.1");
        first.fail(new ConnectException("Connection refused"));
        Opening second = next("127.0.0.2");
        clock.advance(Duration.ofSeconds(30));
        assertThat(second.isCancelled()).isTrue();
        assertThat(factory.failures.get(0).describe())
                .isEqualTo("name.example:7 did not answer within 30 s "
                        + "(127.0.0.1:7: Connection refused; 127.0.0.2:7: no answer)");
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void a7_aCancelGivesUpAllThatRun() throws Exception {
        Connector connector = connectTo("127.0.0.1", "127.0.0.2", "127.0.0.3");
        Opening first = next("127.0.0.1");
        clock.advance(STAGGER);
        Opening second = next("127.0.0.2");
        connector.abort();
        assertThat(first.isCancelled()).isTrue();
        assertThat(second.isCancelled()).isTrue();
        assertThat(factory.failures).containsExactly(new ConnectFailure.Cancelled());
        clock.advance(Duration.ofMinutes(1));
        assertNoneStarted();
    }

    @Test
    void a7_namesAreResolvedAtEveryAttempt() throws Exception {
        List<String> resolved = new ArrayList<>();
        try (Transport counting = Transport.builder()
                .engine(engine)
                .scheduler(clock)
                .resolver(host -> {
                    resolved.add(host);
                    throw new UnknownHostException(host);
                })
                .executor(Runnable::run)
                .open()) {
            Factory twice = new Factory() {
                @Override
                public void connectFailed(Connector connector, ConnectFailure failure) {
                    super.connectFailed(connector, failure);
                    if (failures.size() < 2) {
                        connector.reconnect(Duration.ofSeconds(1));
                    }
                }
            };
            counting.connect(Endpoint.parse("name.example:7"), twice, ConnectOptions.DEFAULT);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(resolved).containsExactly("name.example", "name.example");
    }

    @Test
    void a7_aUnixEndpointIsOneAddressThatNobodyResolves() throws Exception {
        transport.connect(Endpoint.parse("unix:/run/server"), factory, ConnectOptions.DEFAULT);
        Opening opening = engine.next();
        assertThat(opening.remote()).isEqualTo(UnixDomainSocketAddress.of("/run/server"));
        opening.fail(new IOException("No such file or directory"));
        assertThat(factory.failures.get(0).describe())
                .isEqualTo("cannot connect: /run/server: No such file or directory");
    }

    @Test
    void a7_aLocalAddressThatIsNotOursIsNamed() throws Exception {
        addresses = List.of(InetAddress.getByName("127.0.0.1"));
        InetSocketAddress foreign = new InetSocketAddress("192.0.2.1", 0);
        transport.connect(Endpoint.parse("name.example:7"), factory, ConnectOptions.DEFAULT.withLocalAddress(foreign));
        Opening opening = engine.next();
        assertThat(opening.options().localAddress()).isEqualTo(foreign);
        opening.fail(new BindException("Cannot assign requested address"));
        assertThat(factory.failures.get(0).describe())
                .isEqualTo("cannot connect: 127.0.0.1:7: cannot connect from 192.0.2.1:"
                        + " Cannot assign requested address");
    }
}
