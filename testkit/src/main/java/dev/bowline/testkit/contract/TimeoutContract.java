package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ConnectOptions;
import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.LossReason.TimedOut.Timer;
import dev.bowline.Reconnect;
import dev.bowline.line.LineClient;
import dev.bowline.testkit.ManualClock;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.EventLog;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.RecordingProtocol;
import dev.bowline.testkit.contract.support.Waiting;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Connections on which nothing moves end: output that nobody takes (B7), input that never comes (C4). */
public abstract class TimeoutContract extends TransportContract {
    private static final int MIB = 1024 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** So small that what the peer reads makes room at once: the system's own buffers hold megabytes. */
    private ConnectOptions tight() {
        return options().withSendBuffer(32 * 1024);
    }

    private final ManualClock clock = new ManualClock();

    /** For any transport. */
    protected TimeoutContract() {}

    private RecordingProtocol connect(PeerServer server, ConnectOptions options) {
        RecordingProtocol protocol = new RecordingProtocol();
        transport(clock).connect(server.endpoint(), new RecordingFactory(() -> protocol), options);
        return protocol;
    }

    /** Lets time pass, and the event side see that it has. */
    private void pass(Duration time, Connection connection) {
        clock.advance(time);
        EventLog seen = new EventLog();
        connection.execute(() -> seen.add("seen"));
        seen.await("seen");
    }

    /** Lets time pass until the connection is lost; returns why. */
    private LossReason passUntilLost(RecordingProtocol protocol) throws Exception {
        long deadline = System.nanoTime()
                + Duration.ofSeconds(Waiting.patienceSeconds()).toNanos();
        while (!protocol.isLost() && System.nanoTime() < deadline) {
            clock.advance(Duration.ofSeconds(1));
            Thread.onSpinWait();
        }
        return protocol.awaitLost();
    }

    @Test
    void b7_outputThatThePeerDoesNotTakeEndsTheConnection() throws Exception {
        PeerServer server = serverWithSmallWindow();
        RecordingProtocol protocol = connect(server, tight());
        Connection connection = protocol.connection();
        Peer peer = server.accept();
        connection.write(Bytes.patternBuffer(8 * MIB));
        pass(LIMIT.dividedBy(2), connection);
        assertThat(protocol.isLost()).isFalse();
        assertThat(passUntilLost(protocol))
                .isEqualTo(new LossReason.TimedOut(Timer.WRITE_STALL, LIMIT, "RecordingProtocol"));
        assertThat(peer.countToEnd().byReset()).isTrue();
    }

    @Test
    void b7_aPeerThatTakesSlowlyGetsItAll() throws Exception {
        PeerServer server = serverWithSmallWindow();
        RecordingProtocol protocol = connect(server, tight());
        Connection connection = protocol.connection();
        Peer peer = server.accept();
        byte[] all = Bytes.pattern(8 * MIB);
        connection.write(ByteBuffer.wrap(all));
        connection.close();
        assertThat(readSlowly(peer, all.length, connection)).isEqualTo(all);
        assertThat(peer.readToEnd()).isEmpty();
        peer.close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedHere());
    }

    /** A message is given to the link as one: only the bytes that the system has taken of it tell that it moves. */
    @Test
    void b7_aPeerThatTakesOneLargeMessageSlowlyGetsItAll() throws Exception {
        PeerServer server = serverWithSmallWindow();
        RecordingLines protocol = new RecordingLines();
        LineClient client = keep(LineClient.builder(server.endpoint(), () -> protocol)
                .connectOptions(tight())
                .transport(transport(clock))
                .reconnect(Reconnect.never())
                .open());
        byte[] all = Bytes.pattern(8 * MIB);
        client.sendRaw(ByteBuffer.wrap(all));
        Peer peer = server.accept();
        assertThat(readSlowly(peer, all.length, protocol.opened())).isEqualTo(all);
        peer.close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
    }

    /** A mebibyte now, and the next when the limit has nearly passed. */
    private byte[] readSlowly(Peer peer, int count, Connection connection) {
        ByteBuffer taken = ByteBuffer.allocate(count);
        while (taken.hasRemaining()) {
            byte[] piece = peer.read(MIB);
            assertThat(piece).as("what follows %s", taken).isNotEmpty();
            taken.put(piece);
            if (taken.hasRemaining()) {
                pass(Duration.ofSeconds(40), connection);
            }
        }
        return taken.array();
    }

    @Test
    void b7_aCloseThatThePeerDoesNotLetFinishIsTimedOutToo() throws Exception {
        PeerServer server = serverWithSmallWindow();
        RecordingProtocol protocol = connect(server, tight());
        protocol.connection().write(Bytes.patternBuffer(8 * MIB));
        protocol.connection().close();
        assertThat(passUntilLost(protocol))
                .isEqualTo(new LossReason.TimedOut(Timer.WRITE_STALL, LIMIT, "RecordingProtocol"));
    }

    @Test
    void b7_zeroMeansNever() throws Exception {
        PeerServer server = serverWithSmallWindow();
        RecordingProtocol protocol = connect(server, tight().withWriteStall(Duration.ZERO));
        Connection connection = protocol.connection();
        byte[] all = Bytes.pattern(8 * MIB);
        connection.write(ByteBuffer.wrap(all));
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofHours(1), connection);
        }
        assertThat(server.accept().read(all.length)).isEqualTo(all);
    }

    @Test
    void c4_nothingReceivedForTheGivenTimeEndsTheConnection() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, tight().withIdleTimeout(LIMIT));
        Connection connection = protocol.connection();
        Peer peer = server.accept();
        pass(LIMIT.minusNanos(1), connection);
        connection.write(Bytes.of("does not count"));
        assertThat(peer.read(14)).hasSize(14);
        pass(Duration.ZERO, connection);
        assertThat(protocol.isLost()).isFalse();
        assertThat(passUntilLost(protocol)).isEqualTo(new LossReason.TimedOut(Timer.IDLE, LIMIT, "RecordingProtocol"));
        assertThat(peer.countToEnd().byReset()).isTrue();
    }

    @Test
    void c4_aPeerThatSaysSomethingNowAndThenIsNotIdle() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, tight().withIdleTimeout(LIMIT));
        Connection connection = protocol.connection();
        Peer peer = server.accept();
        for (int i = 1; i <= 10; i++) {
            pass(Duration.ofSeconds(59), connection);
            peer.send(".");
            protocol.awaitReceived(i);
        }
        assertThat(protocol.isLost()).isFalse();
        assertThat(passUntilLost(protocol)).isInstanceOf(LossReason.TimedOut.class);
    }

    @Test
    void c4_timeWhileReadingIsPausedDoesNotCount() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, tight().withIdleTimeout(LIMIT));
        Connection connection = protocol.connection();
        connection.pauseReading();
        for (int i = 0; i < 3; i++) {
            pass(LIMIT, connection);
        }
        connection.resumeReading();
        pass(LIMIT.minusNanos(1), connection);
        assertThat(protocol.isLost()).isFalse();
        assertThat(passUntilLost(protocol)).isEqualTo(new LossReason.TimedOut(Timer.IDLE, LIMIT, "RecordingProtocol"));
    }

    @Test
    void c4_noIdleTimeoutByDefault() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, options());
        Connection connection = protocol.connection();
        pass(Duration.ofDays(1), connection);
        assertThat(clock.waiting()).isZero();
        server.accept().send("still here");
        assertThat(protocol.awaitReceived(10)).asString().isEqualTo("still here");
    }
}
