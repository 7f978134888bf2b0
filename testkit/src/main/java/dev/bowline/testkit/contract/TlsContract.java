package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ConnectFailure;
import dev.bowline.ConnectOptions;
import dev.bowline.Connection;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.TlsException;
import dev.bowline.TlsException.Problem;
import dev.bowline.TlsOptions;
import dev.bowline.testkit.ManualClock;
import dev.bowline.testkit.TestCertificates;
import dev.bowline.testkit.TestCertificates.PemFiles;
import dev.bowline.testkit.TestCertificates.Server;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.RecordingProtocol;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS from the first byte on (G1 to G3). That a protected connection keeps all the other rules, those contracts show. */
public abstract class TlsContract extends TransportContract {
    private static final int LARGE = 2_000_000;

    private static final TlsOptions TRUSTING = TestCertificates.clientOptions();

    /** For a transport's own class. */
    protected TlsContract() {}

    private PeerServer server(Server shown, SSLParameters parameters) throws IOException {
        return keep(PeerServer.open(underTest().network().secured(TestCertificates.serverContext(shown), parameters)));
    }

    private PeerServer secureServer() throws IOException {
        return server(Server.EC, new SSLParameters());
    }

    private static Endpoint endpoint(PeerServer server) {
        return new Endpoint.Tls("127.0.0.1", server.port());
    }

    private static ConnectOptions options(TlsOptions tls) {
        return ConnectOptions.DEFAULT.withTls(tls);
    }

    private <P extends RecordingProtocol> P connect(PeerServer server, TlsOptions tls, P protocol) {
        transport().connect(endpoint(server), new RecordingFactory(() -> protocol), options(tls));
        return protocol;
    }

    private <P extends RecordingLines> P connect(PeerServer server, TlsOptions tls, P protocol) {
        transport().connect(endpoint(server), new RecordingFactory(() -> protocol), options(tls));
        return protocol;
    }

    /** What an attempt ended with; the peer shakes hands meanwhile, as far as it gets. */
    private TlsException refusal(PeerServer server, TlsOptions tls) throws Exception {
        RecordingFactory factory = new RecordingFactory(RecordingProtocol::new);
        transport().connect(endpoint(server), factory, options(tls));
        Peer peer = server.accept();
        var unused = Waiting.aside(() -> peer.tls().handshake());
        return refusal(factory);
    }

    private static TlsException refusal(RecordingFactory factory) throws Exception {
        ConnectFailure failure = factory.awaitFailure();
        factory.awaitStopped();
        assertThat(factory.log().events()).containsExactly("started", "connecting", "connectFailed", "stopped");
        assertThat(failure).isInstanceOf(ConnectFailure.TlsRefused.class);
        return ((ConnectFailure.TlsRefused) failure).cause();
    }

    @Test
    void g1_theProtocolHearsOfAConnectionWhenTheHandshakeIsOver() throws Exception {
        PeerServer server = secureServer();
        RecordingProtocol protocol = connect(server, TRUSTING, new RecordingProtocol());
        Peer peer = server.accept();
        assertThat(protocol.log().events()).isEmpty();
        peer.tls().handshake();
        Connection connection = protocol.connection();
        assertThat(connection.tlsSession())
                .hasValueSatisfying(session -> assertThat(session.getCipherSuite())
                        .isEqualTo(peer.tls().session().getCipherSuite()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void g1_muchGoesBothWaysAtOnce(String version) throws Exception {
        PeerServer server = secureServer();
        RecordingProtocol protocol = connect(server, TRUSTING.withProtocols(version), new RecordingProtocol());
        Peer peer = server.accept();
        CompletableFuture<byte[]> read = Waiting.aside(() -> peer.read(LARGE));
        CompletableFuture<Peer> sent = Waiting.aside(() -> peer.send(Bytes.pattern(LARGE)));
        protocol.connection().write(ByteBuffer.wrap(Bytes.pattern(LARGE)));
        assertThat(Waiting.await(read)).isEqualTo(Bytes.pattern(LARGE));
        assertThat(protocol.awaitReceived(LARGE)).isEqualTo(Bytes.pattern(LARGE));
        Waiting.await(sent);
    }

    @Test
    void g2_theNameIsSentAlong() throws Exception {
        PeerServer server = secureServer();
        String name = "mail.bowline.example";
        RecordingProtocol protocol = connect(server, TRUSTING.withServerName(name), new RecordingProtocol());
        Peer peer = server.accept();
        peer.tls().handshake();
        protocol.connection();
        ExtendedSSLSession session = (ExtendedSSLSession) peer.tls().session();
        assertThat(session.getRequestedServerNames()).isEqualTo(List.of(new SNIHostName(name)));
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, EXPIRED_CERTIFICATE, expired on 2020",
        "WRONG_HOST, WRONG_HOST_NAME, is for elsewhere.example",
        "OTHER_CA, UNKNOWN_ISSUER, is not trusted"
    })
    void g2_whatIsWrongWithACertificateIsToldApart(Server shown, Problem problem, String words) throws Exception {
        PeerServer server = server(shown, new SSLParameters());
        TlsException refusal = refusal(server, TRUSTING);
        assertThat(refusal.problem()).isEqualTo(problem);
        assertThat(refusal).hasMessageContainingAll("127.0.0.1:" + server.port(), words);
    }

    @Test
    void g2_aServerOfAnotherVersionIsToldApart() throws Exception {
        SSLParameters old = new SSLParameters();
        old.setProtocols(new String[] {"TLSv1.2"});
        TlsException refusal = refusal(server(Server.EC, old), TRUSTING.withProtocols("TLSv1.3"));
        assertThat(refusal.problem()).isEqualTo(Problem.PROTOCOL_MISMATCH);
    }

    @Test
    void g2_aServerThatSpeaksInTheClearIsToldApartByWhatItSaid() throws Exception {
        PeerServer server = keep(PeerServer.open(underTest().network()));
        RecordingFactory factory = new RecordingFactory(RecordingProtocol::new);
        transport().connect(endpoint(server), factory, options(TRUSTING));
        server.accept().send("220 mail.example ready\r\n");
        TlsException refusal = refusal(factory);
        assertThat(refusal.problem()).isEqualTo(Problem.NOT_TLS);
        assertThat(refusal).hasMessageContaining("220 mail.example ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void g2_aClientCertificateIsShown(String version, @TempDir Path folder) throws Exception {
        SSLParameters demanding = new SSLParameters();
        demanding.setNeedClientAuth(true);
        PeerServer server = server(Server.RSA, demanding);
        PemFiles files = TestCertificates.writeTo(folder);
        TlsOptions showing = TRUSTING.withCertificate(files.clientCertificate(), files.clientKey())
                .withProtocols(version);
        RecordingLines protocol = connect(server, showing, new RecordingLines());
        Peer peer = server.accept().send("welcome\r\n");
        protocol.awaitLines(1);
        Principal shown = peer.tls().session().getPeerPrincipal();
        Connection connection = protocol.opened();
        assertThat(connection.tlsSession())
                .hasValueSatisfying(
                        session -> assertThat(session.getLocalPrincipal()).isEqualTo(shown));
    }

    @Test
    void g2_anApplicationProtocolIsAgreedOn() throws Exception {
        SSLParameters speaking = new SSLParameters();
        speaking.setApplicationProtocols(new String[] {"imap", "pop3"});
        PeerServer server = server(Server.EC, speaking);
        RecordingProtocol protocol =
                connect(server, TRUSTING.withApplicationProtocols("pop3"), new RecordingProtocol());
        server.accept().tls().handshake();
        assertThat(protocol.connection().applicationProtocol()).contains("pop3");
    }

    @Test
    void g3_aHandshakeThatTakesTooLongFails() throws Exception {
        PeerServer server = secureServer();
        ManualClock clock = new ManualClock();
        RecordingFactory factory = new RecordingFactory(RecordingProtocol::new);
        Duration limit = Duration.ofSeconds(7);
        transport(clock).connect(endpoint(server), factory, options(TRUSTING.withHandshakeTimeout(limit)));
        server.accept();
        clock.awaitTimer(limit);
        clock.advance(limit);
        assertThat(refusal(factory).problem()).isEqualTo(Problem.HANDSHAKE_TIMED_OUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void g3_recordsMayComeByteByByte(String version) throws Exception {
        PeerServer server = secureServer();
        RecordingLines protocol = connect(server, TRUSTING.withProtocols(version), new RecordingLines());
        Peer peer = server.accept();
        peer.tls().cut(1);
        List<String> lines = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
        lines.forEach(line -> peer.send(line + "\r\n"));
        assertThat(protocol.awaitLines(100)).isEqualTo(lines);
    }

    @Test
    void g3_dataNewKeysMoreDataAndTheEndMayComeInOneSegment() throws Exception {
        PeerServer server = secureServer();
        RecordingProtocol protocol = connect(server, TRUSTING, new RecordingProtocol());
        Peer peer = server.accept();
        peer.tls().handshake().hold();
        peer.send("one");
        peer.tls().updateKeys();
        peer.send("two");
        peer.tls().closeNotify();
        peer.tls().release();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
        assertThat(protocol.received()).asString().isEqualTo("onetwo");
        assertThat(protocol.log().events()).endsWith("inputEnded", "lost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void g3_anEndWithoutAWordIsTruncationAfterTheDataBeforeIt(String version) throws Exception {
        PeerServer server = secureServer();
        RecordingProtocol protocol = connect(server, TRUSTING.withProtocols(version), new RecordingProtocol());
        Peer peer = server.accept().send("cut o");
        peer.tls().beneath().shutdownOutput();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.Truncated());
        assertThat(protocol.log().events()).containsExactly("made", "data cut o", "lost");
    }

    @Test
    void g3_anAlertFailsTheConnection() throws Exception {
        PeerServer server = secureServer();
        RecordingProtocol protocol = connect(server, TRUSTING, new RecordingProtocol());
        Peer peer = server.accept().send("good");
        protocol.awaitReceived(4);
        peer.tls().fail();
        assertThat(protocol.awaitLost()).isInstanceOf(LossReason.TlsFailed.class);
        assertThat(protocol.log().events()).containsExactly("made", "data good", "lost");
    }

    @Test
    void g3_whatIsNoRecordFailsTheConnectionAndThePeerIsTold() throws Exception {
        PeerServer server = secureServer();
        RecordingProtocol protocol = connect(server, TRUSTING, new RecordingProtocol());
        Peer peer = server.accept();
        peer.tls().handshake();
        peer.tls().writeBeneath(Bytes.of("never a record").array());
        assertThat(protocol.awaitLost()).isInstanceOf(LossReason.TlsFailed.class);
        assertThat(Waiting.awaitFailure(Waiting.aside(() -> peer.read(1)))).hasMessageContaining("alert");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void g3_closeSaysGoodbyeBehindAllThatWasWritten(String version) throws Exception {
        PeerServer server = secureServer();
        RecordingProtocol protocol = new RecordingProtocol() {
            @Override
            public void connectionMade(Connection connection) throws Exception {
                super.connectionMade(connection);
                connection.write(ByteBuffer.wrap(Bytes.pattern(LARGE)));
                connection.close();
            }
        };
        connect(server, TRUSTING.withProtocols(version), protocol);
        Peer peer = server.accept();
        // A missing goodbye would be an exception.
        assertThat(peer.readToEnd()).isEqualTo(Bytes.pattern(LARGE));
        peer.close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedHere());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void g1_aSecondConnectionResumesTheSessionOfTheFirst(String version) throws Exception {
        PeerServer server = secureServer();
        TlsOptions tls = TRUSTING.withProtocols(version);
        long first = creationTime(server, tls);
        assertThat(creationTime(server, tls)).isEqualTo(first);
        // Other options trust others, and share nothing.
        assertThat(creationTime(server, TestCertificates.clientOptions().withProtocols(version)))
                .isNotEqualTo(first);
    }

    /** When the session began that a connection has; to be told it has to have heard the server's tickets, which come first. */
    private long creationTime(PeerServer server, TlsOptions tls) throws Exception {
        RecordingLines protocol = connect(server, tls, new RecordingLines());
        Peer peer = server.accept().send("ticket\r\n");
        protocol.awaitLines(1);
        peer.close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
        return peer.tls().session().getCreationTime();
    }
}
