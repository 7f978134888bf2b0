package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.RecordingProtocol;
import dev.bowline.testkit.contract.support.Waiting;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What arrives is delivered (C1), but not during a pause (C2), nor after close or abort (C3). */
public abstract class ReadingContract extends TransportContract {
    /** For a transport's own class. */
    protected ReadingContract() {}

    @Test
    void c1_aProtocolThatOnlyWritesLearnsOfThePeersClose() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, new RecordingProtocol());
        protocol.connection().write(Bytes.of("hello"));
        Peer peer = server.accept();
        assertThat(peer.read(5)).asString().isEqualTo("hello");
        peer.close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
    }

    @Test
    void c1_afterAPauseThePeersEndIsSeenAgain() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, new RecordingProtocol());
        protocol.connection().pauseReading();
        settle(protocol);
        server.accept().close();
        protocol.connection().resumeReading();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
    }

    /** Takes one byte a call, and pauses after it. */
    private static class Sipping extends RecordingProtocol {
        @Override
        public void dataReceived(ByteBuffer data) throws Exception {
            connection().pauseReading();
            super.dataReceived(data.slice(data.position(), 1));
            data.position(data.position() + 1);
        }
    }

    @Test
    void c2_whatAPauseLeavesOfAChunkComesFirstWhenReadingResumes() throws Exception {
        PeerServer server = server();
        Sipping protocol = connect(server, new Sipping());
        Peer peer = server.accept().send("01234");
        for (int i = 0; i < 10; i++) {
            protocol.log().await("data " + i);
            settle(protocol);
            assertThat(protocol.received()).as("nothing more during the pause").hasSize(i + 1);
            if (i == 2) {
                peer.send("56789");
                settle(protocol);
                assertThat(protocol.received()).hasSize(i + 1);
            }
            protocol.connection().resumeReading();
        }
        assertThat(protocol.received()).asString().isEqualTo("0123456789");
        peer.close();
        protocol.awaitLost();
    }

    @Test
    void c2_noDataIsDeliveredDuringAPauseFromOutside() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, new RecordingProtocol());
        Connection connection = protocol.connection();
        Peer peer = server.accept().send("before");
        protocol.awaitReceived(6);
        for (int round = 1; round <= 10; round++) {
            connection.pauseReading();
            assertThat(connection.isReading()).isFalse();
            settle(protocol);
            peer.send("during");
            settle(protocol);
            assertThat(protocol.received()).hasSize(6 * round);
            connection.resumeReading();
            protocol.awaitReceived(6 * round + 6);
            assertThat(connection.isReading()).isTrue();
        }
    }

    @Test
    void c2_aLongPauseLosesNothingOfALot() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, new RecordingProtocol());
        Connection connection = protocol.connection();
        Peer peer = server.accept();
        int size = 8_000_000;
        connection.pauseReading();
        var sent = Waiting.aside(() -> peer.send(Bytes.pattern(size)));
        for (int i = 0; i < 200; i++) {
            connection.resumeReading();
            connection.pauseReading();
        }
        connection.resumeReading();
        Waiting.await(sent);
        assertThat(protocol.awaitReceived(size)).isEqualTo(Bytes.pattern(size));
    }

    @Test
    void c2_whatCameBeforeThePeersEndIsDeliveredBeforeTheEnd() throws Exception {
        PeerServer server = server();
        Sipping protocol = connect(server, new Sipping());
        server.accept().send("012").close();
        protocol.log().await("data 0");
        settle(protocol);
        protocol.connection().resumeReading();
        protocol.log().await("data 1");
        settle(protocol);
        assertThat(protocol.log().events()).containsExactly("made", "data 0", "data 1");
        protocol.connection().resumeReading();
        protocol.log().await("data 2");
        protocol.connection().resumeReading();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
        assertThat(protocol.log().events()).containsExactly("made", "data 0", "data 1", "data 2", "inputEnded", "lost");
    }

    @Test
    @Needs(Capability.HALF_CLOSE)
    void c3_afterCloseNotEvenTheRestOfTheChunkIsDelivered() throws Exception {
        assertSilenceAfter(Connection::close, new LossReason.ClosedHere());
    }

    @Test
    void c3_afterAbortNotEvenTheRestOfTheChunkIsDelivered() throws Exception {
        assertSilenceAfter(Connection::abort, new LossReason.AbortedHere());
    }

    private void assertSilenceAfter(Consumer<Connection> end, LossReason reason) throws Exception {
        PeerServer server = server();
        RecordingLines protocol = new RecordingLines() {
            @Override
            protected void lineReceived(String line) throws Exception {
                super.lineReceived(line);
                if (line.equals("3")) {
                    end.accept(connection());
                }
            }
        };
        connect(server, protocol);
        Peer peer = server.accept().send("1\r\n2\r\n3\r\n4\r\n5\r\n");
        boolean reset = peer.countToEnd().byReset();
        if (!reset) {
            peer.send("6\r\n").close();
        }
        assertThat(protocol.awaitLost()).isEqualTo(reason);
        assertThat(protocol.lines().events()).containsExactly("1", "2", "3");
    }

    @Test
    void c3_whatAPauseHeldBackIsNotDeliveredAfterClose() throws Exception {
        PeerServer server = server();
        Sipping protocol = connect(server, new Sipping());
        Peer peer = server.accept().send("012");
        protocol.log().await("data 0");
        protocol.connection().close();
        protocol.connection().resumeReading();
        peer.close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedHere());
        assertThat(protocol.log().events()).containsExactly("made", "data 0", "lost");
    }

    /**
     * Returns when all that was under way on this connection has arrived and was dealt with, as far as one can tell: a
     * round trip over another connection of the same transport, and then a task on this one.
     */
    private void settle(RecordingProtocol protocol) throws Exception {
        try (PeerServer aside = PeerServer.open(underTest().network())) {
            RecordingProtocol other = connect(aside, new RecordingProtocol());
            Peer peer = aside.accept().send("ping");
            other.awaitReceived(4);
            peer.close();
            other.awaitLost();
        }
        CountDownLatch done = new CountDownLatch(1);
        protocol.connection().execute(done::countDown);
        Waiting.await(done);
    }
}
