package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ConnectOptions;
import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.testkit.ManualClock;
import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.RecordingProtocol;
import dev.bowline.testkit.contract.support.Waiting;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Closing in good order (B3), at once (B4), and one direction only (B5). */
public abstract class ClosingContract extends TransportContract {
    /** For a transport's own class. */
    protected ClosingContract() {}

    private static final int LARGE = 4_000_000;
    private static final Duration LINGER = Duration.ofSeconds(10);

    @Test
    void b3_closeSendsEverythingWrittenBefore() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, new RecordingProtocol());
        protocol.connection().write(ByteBuffer.wrap(Bytes.pattern(LARGE)));
        protocol.connection().close();
        Peer peer = server.accept();
        assertThat(peer.readToEnd()).isEqualTo(Bytes.pattern(LARGE));
        peer.close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedHere());
    }

    @Test
    void b3_aSlowReaderGetsEverythingHoweverLongItTakes() throws Exception {
        PeerServer server = serverWithSmallWindow();
        ManualClock clock = new ManualClock();
        RecordingProtocol protocol = connect(server, clock);
        protocol.connection().write(ByteBuffer.wrap(Bytes.pattern(LARGE)));
        protocol.connection().close();
        Peer peer = server.accept();
        ByteBuffer taken = ByteBuffer.allocate(LARGE);
        while (taken.hasRemaining()) {
            byte[] piece = peer.read(LARGE / 20);
            assertThat(piece).as("what follows %s", taken).isNotEmpty();
            taken.put(piece);
            if (taken.hasRemaining()) {
                clock.advance(LINGER.minusSeconds(1));
            }
        }
        assertThat(taken.array()).isEqualTo(Bytes.pattern(LARGE));
        assertThat(peer.readToEnd()).isEmpty();
        peer.close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedHere());
    }

    @Test
    @Needs(Capability.HALF_CLOSE)
    void b3_aPeerThatSendsWhileWeCloseReadsEverythingAndACleanEnd() throws Exception {
        PeerServer server = serverWithSmallWindow();
        RecordingProtocol protocol = new RecordingProtocol() {
            @Override
            public void connectionMade(Connection connection) throws Exception {
                connection.write(ByteBuffer.wrap(Bytes.pattern(LARGE)));
                connection.close();
                super.connectionMade(connection);
            }
        };
        connect(server, protocol);
        Peer peer = server.accept();
        CompletableFuture<byte[]> read = Waiting.aside(peer::readToEnd);
        peer.send(new byte[LARGE]);
        assertThat(Waiting.await(read)).isEqualTo(Bytes.pattern(LARGE));
        // FIN has come, and still nobody resets.
        peer.send(new byte[LARGE]).shutdownOutput();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedHere());
        assertThat(peer.readToEnd()).isEmpty();
        assertThat(protocol.log().events()).as("all input is discarded").containsExactly("made", "lost");
    }

    @Test
    @Needs(Capability.HALF_CLOSE)
    void b3_aPeerThatDoesNotCloseIsLeftAfterTenSecondsWithoutAReset() throws Exception {
        PeerServer server = server();
        ManualClock clock = new ManualClock();
        RecordingProtocol protocol = connect(server, clock);
        protocol.connection().write(Bytes.of("bye"));
        protocol.connection().close();
        Peer peer = server.accept();
        assertThat(peer.readToEnd()).asString().isEqualTo("bye");
        clock.awaitTimer(LINGER);
        clock.advance(LINGER.minusMillis(1));
        assertThat(clock.isWaiting(Duration.ofMillis(1))).isTrue();
        assertThat(protocol.isLost()).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedHere());
        assertThat(peer.readToEnd()).isEmpty();
        // After a reset not even this would go.
        peer.send("too late");
    }

    @Test
    @Needs(Capability.HALF_CLOSE)
    void b3_closeEndsAPauseSoThatThePeersEndIsSeen() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, new RecordingProtocol());
        protocol.connection().pauseReading();
        Peer peer = server.accept();
        // Aside, for a network may have no room for all of it before somebody reads.
        var sent = Waiting.aside(() -> peer.send(new byte[1_000_000]));
        protocol.connection().close();
        assertThat(peer.readToEnd()).isEmpty();
        Waiting.await(sent).close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedHere());
        assertThat(protocol.log().events()).doesNotContain("inputEnded");
    }

    @Test
    void b4_abortDropsWhatWaitsAndResets() throws Exception {
        PeerServer server = serverWithSmallWindow();
        RecordingProtocol protocol = connect(server, new RecordingProtocol());
        protocol.connection().write(ByteBuffer.wrap(Bytes.pattern(3 * LARGE)));
        protocol.connection().abort();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.AbortedHere());
        Peer.InputEnd end = server.accept().countToEnd();
        assertThat(end.byReset()).isTrue();
        assertThat(end.count()).isLessThan(3 * LARGE);
    }

    @Test
    void b4_abortOvertakesACloseThatStillSends() throws Exception {
        PeerServer server = serverWithSmallWindow();
        RecordingProtocol protocol = connect(server, new RecordingProtocol());
        protocol.connection().write(ByteBuffer.wrap(Bytes.pattern(3 * LARGE)));
        protocol.connection().close();
        protocol.connection().abort();
        protocol.awaitLost();
        assertThat(server.accept().countToEnd().byReset()).isTrue();
    }

    @Test
    void b4_callingEitherAgainDoesNothingMore() throws Exception {
        PeerServer server = server();
        RecordingProtocol closed = connect(server, new RecordingProtocol());
        closed.connection().write(Bytes.of("once"));
        for (int i = 0; i < 3; i++) {
            closed.connection().close();
        }
        Peer peer = server.accept();
        assertThat(peer.readToEnd()).asString().isEqualTo("once");
        peer.close();
        assertThat(closed.awaitLost()).isEqualTo(new LossReason.ClosedHere());

        RecordingProtocol aborted = connect(server, new RecordingProtocol());
        for (int i = 0; i < 3; i++) {
            aborted.connection().abort();
            aborted.connection().close();
        }
        assertThat(aborted.awaitLost()).isEqualTo(new LossReason.AbortedHere());
        assertThat(server.accept().countToEnd().byReset()).isTrue();
        assertThat(closed.log().count("lost")).isOne();
        assertThat(aborted.log().count("lost")).isOne();
    }

    @Test
    @Needs(Capability.HALF_CLOSE)
    void b5_shutdownOutputSendsWhatWaitsAndReadingGoesOn() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, new RecordingProtocol());
        protocol.connection().write(ByteBuffer.wrap(Bytes.pattern(LARGE)));
        protocol.connection().shutdownOutput();
        Peer peer = server.accept();
        assertThat(peer.readToEnd()).isEqualTo(Bytes.pattern(LARGE));
        peer.send(Bytes.pattern(100_000));
        assertThat(protocol.awaitReceived(100_000)).isEqualTo(Bytes.pattern(100_000));
        assertThat(protocol.isLost()).isFalse();
        peer.close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
    }

    @Test
    @Needs(Capability.HALF_CLOSE)
    void b5_afterThePeersHalfCloseWhatWaitsIsSentAndThenTheConnectionCloses() throws Exception {
        PeerServer server = serverWithSmallWindow();
        RecordingProtocol protocol = new RecordingProtocol() {
            @Override
            public void connectionMade(Connection connection) throws Exception {
                super.connectionMade(connection);
                connection.write(ByteBuffer.wrap(Bytes.pattern(LARGE)));
            }
        };
        connect(server, protocol);
        Peer peer = server.accept().shutdownOutput();
        protocol.log().await("inputEnded");
        assertThat(peer.readToEnd()).isEqualTo(Bytes.pattern(LARGE));
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
    }

    @Test
    @Needs(Capability.HALF_CLOSE)
    void b5_aProtocolThatOverridesInputEndedGoesOnTalking() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = new RecordingProtocol() {
            @Override
            public void inputEnded(Connection connection) {
                log().add("inputEnded");
            }
        };
        connect(server, protocol);
        Peer peer = server.accept().send("the question").shutdownOutput();
        protocol.log().await("inputEnded");
        for (int i = 0; i < 3; i++) {
            assertThat(protocol.connection().write(Bytes.of("answer"))).isTrue();
            assertThat(peer.read(6)).asString().isEqualTo("answer");
        }
        assertThat(protocol.isLost()).isFalse();
        protocol.connection().close();
        assertThat(peer.readToEnd()).isEmpty();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
        assertThat(protocol.log().events()).containsExactly("made", "data the question", "inputEnded", "lost");
    }

    /** Without B7's limit: a clock that jumps would find output that did not move between two jumps. */
    private RecordingProtocol connect(PeerServer server, ManualClock clock) {
        RecordingProtocol protocol = new RecordingProtocol();
        ConnectOptions options = options().withWriteStall(Duration.ZERO);
        transport(clock).connect(server.endpoint(), new RecordingFactory(() -> protocol), options);
        return protocol;
    }
}
