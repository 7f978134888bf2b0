package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.Protocol;
import dev.bowline.Transport;
import dev.bowline.testkit.ManualClock;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.RecordingProtocol;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Why a connection ended (A6); that an exception was the reason is {@link EndContract}'s. */
public abstract class LossReasonContract extends TransportContract {
    /** For a transport's own class. */
    protected LossReasonContract() {}

    @Test
    void a6_closedHere() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, new RecordingProtocol());
        protocol.connection().close();
        Peer peer = server.accept();
        assertThat(peer.readToEnd()).isEmpty();
        peer.close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedHere());
    }

    @Test
    void a6_closedByThePeer() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, new RecordingProtocol());
        server.accept().close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
    }

    @Test
    void a6_abortedHere() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, new RecordingProtocol());
        protocol.connection().abort();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.AbortedHere());
    }

    @Test
    void a6_abortedHereByTheTransportsEnd() throws Exception {
        PeerServer server = server();
        Transport another = anotherTransport();
        RecordingProtocol protocol = new RecordingProtocol();
        Protocol served = protocol;
        another.connect(server.endpoint(), new RecordingFactory(() -> served), options());
        protocol.connection();
        another.close();
        assertThat(protocol.isLost()).as("told before close() returns").isTrue();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.AbortedHere());
        assertThat(server.accept().countToEnd().byReset()).isTrue();
    }

    @Test
    void a6_resetByThePeer() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, new RecordingProtocol());
        protocol.connection();
        server.accept().reset();
        LossReason reason = protocol.awaitLost();
        assertThat(reason).isInstanceOf(LossReason.Failed.class);
        assertThat(reason.cause()).isInstanceOf(IOException.class);
        assertThat(reason.describe()).contains("reset");
    }

    /** Nothing is read during a pause: that the peer has gone, the write alone finds out. */
    @Test
    void a6_aWriteThatFailed() throws Exception {
        PeerServer server = server();
        ManualClock clock = new ManualClock();
        RecordingProtocol protocol = new RecordingProtocol();
        transport(clock).connect(server.endpoint(), new RecordingFactory(() -> protocol), options());
        Connection connection = protocol.connection();
        connection.pauseReading();
        server.accept().close();
        while (connection.write(Bytes.of("to nobody"))) {
            CountDownLatch done = new CountDownLatch(1);
            connection.execute(done::countDown);
            Waiting.await(done);
        }
        // So long does what arrived before have to be read.
        Duration linger = Duration.ofSeconds(10);
        clock.awaitTimer(linger);
        clock.advance(linger);
        LossReason reason = protocol.awaitLost();
        assertThat(reason).isInstanceOf(LossReason.Failed.class);
        assertThat(reason.describe()).containsAnyOf("Broken pipe", "reset");
    }

    @Test
    void a6_lineTooLong() throws Exception {
        PeerServer server = server();
        RecordingLines protocol = connect(server, new RecordingLines());
        server.accept().send(new byte[20_000]).shutdownOutput();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.TooLong(16_384));
    }

    @Test
    void a6_whatHappenedFirstIsTheReason() throws Exception {
        PeerServer server = server();
        RecordingProtocol closedFirst = connect(server, new RecordingProtocol());
        closedFirst.connection().write(Bytes.of("hello"));
        closedFirst.connection().close();
        Peer peer = server.accept();
        assertThat(peer.readToEnd()).asString().isEqualTo("hello");
        peer.reset();
        assertThat(closedFirst.awaitLost()).isEqualTo(new LossReason.ClosedHere());
    }
}
