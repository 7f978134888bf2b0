package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bowline.Connection;
import dev.bowline.OutputFullException;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.EventLog;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingProtocol;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Output that the peer does not take: the protocol is told, and what may wait is bounded (B6). */
public abstract class WritabilityContract extends TransportContract {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final int LIMIT = 16 * MIB;

    /** More than the bound and all that a system may buffer. */
    private static final int MOST_PIECES = 64;

    /** For any transport. */
    protected WritabilityContract() {}

    /** Tells its changes of writability, and nothing else. */
    private static final class Flips extends RecordingProtocol {
        private final EventLog flips = new EventLog();

        @Override
        public void writabilityChanged(Connection connection, boolean writable) {
            flips.add(writable ? "writable" : "full");
        }
    }

    /** Writes pieces until the connection takes no more of them; returns all that it took. */
    private static byte[] fill(Connection connection) {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        byte[] piece = Bytes.pattern(MIB);
        for (int i = 0; i < MOST_PIECES; i++) {
            try {
                assertThat(connection.write(ByteBuffer.wrap(piece))).isTrue();
                taken.writeBytes(piece);
            } catch (OutputFullException full) {
                return taken.toByteArray();
            }
        }
        throw new AssertionError(MOST_PIECES + " mebibytes were taken, and nobody reads them");
    }

    @Test
    void b6_aPeerThatDoesNotReadIsToldAndThatItReadsAgainToo() throws Exception {
        PeerServer server = serverWithSmallWindow();
        Flips protocol = connect(server, new Flips());
        Connection connection = protocol.connection();
        Peer peer = server.accept();
        byte[] written = fill(connection);
        protocol.flips.await("full");
        assertThat(connection.isWritable()).isFalse();
        assertThat(peer.read(written.length)).isEqualTo(written);
        List<String> flips = protocol.flips.awaitThat(events -> connection.isWritable());
        assertThat(flips).endsWith("writable");
        for (int i = 0; i < flips.size(); i++) {
            assertThat(flips.get(i)).as("flip " + i + " of " + flips).isEqualTo(i % 2 == 0 ? "full" : "writable");
        }
    }

    @Test
    void b6_sixtyFourKibibytesMoreThanWaitIsFullAtOnce() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = new RecordingProtocol() {
            @Override
            public void connectionMade(Connection connection) throws Exception {
                connection.write(ByteBuffer.allocate(64 * KIB));
                log().add("writable " + connection.isWritable());
                connection.write(ByteBuffer.allocate(1));
                log().add("writable " + connection.isWritable());
                super.connectionMade(connection);
            }
        };
        connect(server, protocol).connection();
        assertThat(protocol.log().events()).startsWith("writable true", "writable false", "made");
    }

    @Test
    void b6_beyondSixteenMebibytesWriteThrowsAndTakesNothing() throws Exception {
        PeerServer server = serverWithSmallWindow();
        Connection connection = connect(server, new RecordingProtocol()).connection();
        Peer peer = server.accept();
        byte[] written = fill(connection);
        assertThat(written.length).isGreaterThanOrEqualTo(LIMIT - MIB);
        ByteBuffer tooMuch = ByteBuffer.allocate(LIMIT + 1);
        assertThat(catchThrowable(() -> connection.write(tooMuch))).isInstanceOf(OutputFullException.class);
        assertThat(tooMuch.position()).isZero();
        assertThat(peer.read(written.length)).isEqualTo(written);
        connection.write(Bytes.of("goes on"));
        connection.close();
        assertThat(peer.readToEnd()).asString().isEqualTo("goes on");
    }

    @Test
    void b6_whoStopsWhileItIsFullAndGoesOnWhenItIsWritableLosesNothing() throws Exception {
        int pieces = 400;
        PeerServer server = serverWithSmallWindow();
        RecordingProtocol protocol = new RecordingProtocol() {
            private int sent;

            @Override
            public void connectionMade(Connection connection) throws Exception {
                super.connectionMade(connection);
                goOn(connection);
            }

            @Override
            public void writabilityChanged(Connection connection, boolean writable) {
                if (writable) {
                    goOn(connection);
                }
            }

            private void goOn(Connection connection) {
                while (sent < pieces && connection.isWritable()) {
                    byte[] piece = new byte[16 * KIB];
                    Arrays.fill(piece, (byte) sent++);
                    connection.write(ByteBuffer.wrap(piece));
                }
                if (sent == pieces) {
                    connection.close();
                }
            }
        };
        connect(server, protocol);
        Peer peer = server.accept();
        for (int i = 0; i < pieces; i++) {
            assertThat(peer.read(16 * KIB)).containsOnly(i);
        }
        assertThat(peer.readToEnd()).isEmpty();
    }
}
