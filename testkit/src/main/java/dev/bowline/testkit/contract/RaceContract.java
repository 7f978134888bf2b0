package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.Cancellable;
import dev.bowline.ConnectFailure;
import dev.bowline.Connection;
import dev.bowline.Endpoint;
import dev.bowline.Resolver;
import dev.bowline.Transport;
import dev.bowline.spi.Engine;
import dev.bowline.spi.EngineOptions;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import dev.bowline.testkit.ManualClock;
import dev.bowline.testkit.contract.support.EventLog;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.RecordingProtocol;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A name with several addresses: which one serves, and what is said if none does (A7). */
public abstract class RaceContract extends TransportContract {
    private static final byte[] FIRST = {127, 0, 0, 1};
    private static final byte[] SECOND = {127, 0, 0, 2};
    private static final byte[] SIXTH = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final Duration STAGGER = Duration.ofMillis(250);

    /** For any transport. */
    protected RaceContract() {}

    private static Resolver resolvingTo(byte[]... addresses) {
        return host -> Arrays.stream(addresses).map(RaceContract::address).toList();
    }

    private static InetAddress address(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** It stands still unless the test says otherwise: what happens does so without a timer. */
    private Transport transport(ManualClock clock, byte[]... addresses) {
        return keep(builder().scheduler(clock).resolver(resolvingTo(addresses)).open());
    }

    private PeerServer serverAt(byte[] host, int port) throws IOException {
        return keep(PeerServer.open(underTest().network(), new InetSocketAddress(address(host), port), 0));
    }

    private Endpoint name(int port) {
        return endpoint("several.example", port);
    }

    private static List<SocketAddress> addresses(List<ConnectFailure.Tried> tried) {
        return tried.stream().map(ConnectFailure.Tried::address).toList();
    }

    @Test
    void a7_theNextAddressServesWhereTheFirstRefuses() throws Exception {
        PeerServer server = serverAt(SECOND, 0);
        RecordingProtocol protocol = new RecordingProtocol();
        RecordingFactory factory = new RecordingFactory(() -> protocol);
        transport(new ManualClock(), FIRST, SECOND).connect(name(server.port()), factory, options());
        Connection connection = protocol.connection();
        assertThat(connection.remoteAddress()).isEqualTo(server.address());
        assertThat(factory.log().events()).containsExactly("started", "connecting", "build");
    }

    @Test
    void a7_anAddressThatDoesNotAnswerIsOvertakenAfter250Milliseconds() throws Exception {
        PeerServer silent = silentServer();
        PeerServer server = serverAt(SECOND, silent.port());
        ManualClock clock = new ManualClock();
        byte[] silentHost = ((InetSocketAddress) silent.address()).getAddress().getAddress();
        Transport transport = transport(clock, silentHost, SECOND);
        RecordingProtocol protocol = new RecordingProtocol();
        transport.connect(name(silent.port()), new RecordingFactory(() -> protocol), options());
        clock.awaitTimer(STAGGER);
        clock.advance(STAGGER.minusNanos(1));
        assertThat(server.hasCaller()).isFalse();
        clock.advance(Duration.ofNanos(1));
        assertThat(protocol.connection().remoteAddress()).isEqualTo(server.address());
        clock.awaitWaiting(0);
    }

    @Test
    void a7_whoIsConnectedInTimeIsTheOnlyOne() throws Exception {
        PeerServer first = serverAt(FIRST, 0);
        PeerServer second = serverAt(SECOND, first.port());
        RecordingProtocol protocol = new RecordingProtocol();
        RecordingFactory factory = new RecordingFactory(() -> protocol);
        transport(resolvingTo(FIRST, SECOND)).connect(name(first.port()), factory, options());
        protocol.connection();
        first.accept().close();
        factory.awaitStopped();
        assertThat(second.hasCaller()).isFalse();
        assertThat(factory.log().count("build")).isOne();
    }

    /** Keeps the attempt at one address back until it is told to go on, and notes that it was given up. */
    private static final class Hesitant implements Engine {
        private final Engine engine;
        private final SocketAddress address;
        private final CompletableFuture<Runnable> attempt = new CompletableFuture<>();
        private final EventLog log = new EventLog();

        Hesitant(Engine engine, SocketAddress address) {
            this.engine = engine;
            this.address = address;
        }

        @Override
        public Cancellable open(SocketAddress remote, LinkOptions options, LinkHandler handler) {
            if (!remote.equals(address)) {
                return engine.open(remote, options, handler);
            }
            attempt.complete(() -> engine.open(remote, options, handler));
            return () -> log.add("given up");
        }

        void goOn() throws Exception {
            Waiting.await(attempt).run();
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    @Test
    void a7_anAddressThatIsOvertakenIsGivenUpAndAbortedIfItAnswersAllTheSame() throws Exception {
        PeerServer first = serverAt(FIRST, 0);
        PeerServer second = serverAt(SECOND, first.port());
        ManualClock clock = new ManualClock();
        Hesitant engine = new Hesitant(underTest().start(EngineOptions.DEFAULT), first.address());
        Transport transport = keep(builder()
                .engine(engine)
                .scheduler(clock)
                .resolver(resolvingTo(FIRST, SECOND))
                .open());
        RecordingProtocol protocol = new RecordingProtocol();
        RecordingFactory factory = new RecordingFactory(() -> protocol);
        transport.connect(name(first.port()), factory, options());
        clock.awaitTimer(STAGGER);
        clock.advance(STAGGER);
        assertThat(protocol.connection().remoteAddress()).isEqualTo(second.address());
        engine.log.await("given up");
        engine.goOn();
        assertThat(first.accept().countToEnd()).isEqualTo(new Peer.InputEnd(0, true));
        assertThat(factory.log().events()).containsExactly("started", "connecting", "build");
        assertThat(protocol.isLost()).isFalse();
    }

    @Test
    void a7_ifAllRefuseEachAddressIsListedWithItsCause() throws Exception {
        int port = nobodysPort();
        RecordingFactory factory = new RecordingFactory(RecordingProtocol::new);
        transport(resolvingTo(FIRST, SECOND)).connect(name(port), factory, options());
        ConnectFailure failure = factory.awaitFailure();
        assertThat(failure).isInstanceOf(ConnectFailure.Refused.class);
        List<ConnectFailure.Tried> tried = ((ConnectFailure.Refused) failure).tried();
        assertThat(addresses(tried))
                .containsExactly(
                        new InetSocketAddress(address(FIRST), port), new InetSocketAddress(address(SECOND), port));
        assertThat(tried).allSatisfy(each -> assertThat(each.cause()).hasMessageContaining("refused"));
    }

    /** Also where this machine has no IPv6: then it says so of that address. */
    @Test
    void a7_ipv6IsTriedFirstAndTheFamiliesTakeTurns() throws Exception {
        int port = nobodysPort();
        RecordingFactory factory = new RecordingFactory(RecordingProtocol::new);
        transport(resolvingTo(FIRST, SECOND, SIXTH)).connect(name(port), factory, options());
        ConnectFailure failure = factory.awaitFailure();
        List<ConnectFailure.Tried> tried = failure instanceof ConnectFailure.Refused refused
                ? refused.tried()
                : ((ConnectFailure.Unreachable) failure).tried();
        assertThat(addresses(tried))
                .containsExactly(
                        new InetSocketAddress(address(SIXTH), port),
                        new InetSocketAddress(address(FIRST), port),
                        new InetSocketAddress(address(SECOND), port));
    }

    @Test
    void a7_theTimeoutTellsWhatWasTriedUntilThen() throws Exception {
        PeerServer silent = silentServer();
        InetSocketAddress at = (InetSocketAddress) silent.address();
        ManualClock clock = new ManualClock();
        Transport transport = transport(clock, at.getAddress().getAddress(), SECOND);
        RecordingFactory factory = new RecordingFactory(RecordingProtocol::new);
        transport.connect(name(at.getPort()), factory, options());
        clock.awaitTimer(STAGGER);
        clock.advance(Duration.ofSeconds(30));
        ConnectFailure failure = factory.awaitFailure();
        assertThat(failure).isInstanceOf(ConnectFailure.TimedOut.class);
        assertThat(addresses(((ConnectFailure.TimedOut) failure).tried()))
                .containsExactly(at, new InetSocketAddress(address(SECOND), at.getPort()));
    }

    @Test
    void a7_connectsFromTheLocalAddressThatIsAskedFor() throws Exception {
        PeerServer server = server();
        InetSocketAddress local;
        try (PeerServer free = PeerServer.open(underTest().network())) {
            local = (InetSocketAddress) free.address();
        }
        RecordingProtocol protocol = new RecordingProtocol();
        transport()
                .connect(
                        server.endpoint(),
                        new RecordingFactory(() -> protocol),
                        options().withLocalAddress(local));
        assertThat(protocol.connection().localAddress()).isEqualTo(local);
        assertThat(server.accept().remoteAddress()).isEqualTo(local);
    }
}
