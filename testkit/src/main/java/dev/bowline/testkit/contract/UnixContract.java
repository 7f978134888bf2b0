package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ConnectFailure;
import dev.bowline.Connection;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.line.LineClient;
import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.RecordingProtocol;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unix domain sockets: a connection over one keeps the rules that it keeps over TCP. */
public abstract class UnixContract extends TransportContract {
    private static final int LARGE = 2_000_000;

    /** Short, for such a path has about a hundred bytes at most. */
    @TempDir
    private Path folder;

    /** For any transport. */
    protected UnixContract() {}

    private PeerServer unixServer() throws IOException {
        return keep(PeerServer.open(underTest().network(), UnixDomainSocketAddress.of(folder.resolve("s")), 0));
    }

    @Test
    @Needs(Capability.UNIX_SOCKETS)
    void a2_aClientTalksOverAUnixSocket() throws Exception {
        PeerServer server = unixServer();
        RecordingLines protocol = new RecordingLines();
        LineClient client = keep(client(server.endpoint(), () -> protocol).open());
        client.send("hello");
        Peer peer = server.accept();
        assertThat(peer.readLine()).isEqualTo("hello");
        peer.send("hello yourself\r\n");
        assertThat(protocol.awaitLines(1)).containsExactly("hello yourself");
        assertThat(protocol.opened().remoteAddress()).isEqualTo(server.address());
    }

    @Test
    @Needs(Capability.UNIX_SOCKETS)
    void a2_aPathWhereNothingLiesIsUnreachable() throws Exception {
        RecordingFactory factory = new RecordingFactory(RecordingProtocol::new);
        Path none = folder.resolve("none");
        connect(new Endpoint.Unix(none.toString()), factory);
        ConnectFailure failure = factory.awaitFailure();
        assertThat(failure).isInstanceOf(ConnectFailure.Unreachable.class);
        assertThat(failure.describe()).isEqualTo("cannot connect: " + none + ": No such file or directory");
    }

    @Test
    @Needs(Capability.UNIX_SOCKETS)
    void a2_aPathWhereNobodyListensAnyMoreIsRefused() throws Exception {
        Path left = folder.resolve("left");
        try (PeerServer gone = PeerServer.open(underTest().network(), UnixDomainSocketAddress.of(left), 0)) {
            assertThat(gone.hasCaller()).isFalse();
        }
        if (!Files.exists(left)) {
            // Whoever tidied up left nothing to be refused by: this is a file that lies where a socket would.
            Files.createFile(left);
        }
        RecordingFactory factory = new RecordingFactory(RecordingProtocol::new);
        connect(new Endpoint.Unix(left.toString()), factory);
        ConnectFailure failure = factory.awaitFailure();
        assertThat(failure).isInstanceOf(ConnectFailure.Refused.class);
        assertThat(failure.describe()).isEqualTo("connection refused by " + left);
    }

    @Test
    @Needs(Capability.UNIX_SOCKETS)
    void b3_closeSendsEverythingOverAUnixSocketToo() throws Exception {
        PeerServer server = unixServer();
        RecordingProtocol protocol = new RecordingProtocol();
        connect(server.endpoint(), new RecordingFactory(() -> protocol));
        Connection connection = protocol.connection();
        connection.write(Bytes.patternBuffer(LARGE));
        connection.close();
        Peer peer = server.accept();
        assertThat(peer.readToEnd()).isEqualTo(Bytes.pattern(LARGE));
        peer.close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedHere());
    }

    @Test
    @Needs(Capability.UNIX_SOCKETS)
    void c2_aPauseHoldsOverAUnixSocketToo() throws Exception {
        PeerServer server = unixServer();
        RecordingProtocol protocol = new RecordingProtocol() {
            @Override
            public void connectionMade(Connection connection) throws Exception {
                connection.pauseReading();
                super.connectionMade(connection);
            }
        };
        connect(server.endpoint(), new RecordingFactory(() -> protocol));
        Connection connection = protocol.connection();
        server.accept().send("hello");
        connection.execute(() -> protocol.log().add("resumes"));
        protocol.log().await("resumes");
        assertThat(protocol.received()).isEmpty();
        connection.resumeReading();
        assertThat(protocol.awaitReceived(5)).asString().isEqualTo("hello");
    }

    @Test
    @Needs(Capability.UNIX_SOCKETS)
    void a3_thePeersEndIsToldAfterItsData() throws Exception {
        PeerServer server = unixServer();
        RecordingProtocol protocol = new RecordingProtocol();
        connect(server.endpoint(), new RecordingFactory(() -> protocol));
        server.accept().send("the last words").close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
        assertThat(protocol.log().events()).containsExactly("made", "data the last words", "inputEnded", "lost");
    }
}
