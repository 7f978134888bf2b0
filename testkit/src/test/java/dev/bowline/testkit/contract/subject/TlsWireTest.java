package dev.bowline.testkit.contract.subject;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.testkit.TestCertificates;
import dev.bowline.testkit.contract.support.Flood;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Random;
import java.util.concurrent.Future;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire as a peer, over sockets, against the JDK's own client: that it has a wire's manners. */
class TlsWireTest {
    private TlsFixture fixture;
    private Socket socket;
    private TlsWire peer;

    private SSLSocket connect(String protocol) throws IOException {
        return connect(TlsFixture.only(protocol), 0);
    }

    private SSLSocket connect(SSLParameters parameters, int window) throws IOException {
        fixture = new TlsFixture(parameters, window);
        socket = fixture.connect();
        peer = fixture.accept();
        return fixture.secure(socket);
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    private static void write(SSLSocket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
    }

    private void write(String text) throws IOException {
        peer.output().write(text.getBytes(UTF_8));
    }

    private static String read(InputStream in, int count) throws IOException {
        return new String(in.readNBytes(count), UTF_8);
    }

    /** Shakes hands on both sides. */
    private void greet(SSLSocket client) throws Exception {
        Future<TlsWire> shaking = Waiting.aside(peer::handshake);
        client.startHandshake();
        Waiting.await(shaking);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoeverReadsOrWritesFirstShakesHands(String protocol) throws Exception {
        SSLSocket client = connect(protocol);
        Future<String> reading = Waiting.aside(() -> read(peer.input(), 5));
        write(client, "hello");
        assertThat(Waiting.await(reading)).isEqualTo("hello");
        assertThat(peer.session().getProtocol()).isEqualTo(protocol);
        write("world");
        assertThat(read(client.getInputStream(), 5)).isEqualTo("world");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void oneThreadReadsWhileAnotherWritesMoreThanThePipeHolds(String protocol) throws Exception {
        SSLSocket client = connect(protocol);
        byte[] there = new byte[3_000_000];
        byte[] back = new byte[4_000_000];
        new Random(1).nextBytes(there);
        new Random(2).nextBytes(back);
        Future<byte[]> peersReading = Waiting.aside(() -> peer.input().readNBytes(there.length));
        Future<Void> peersWriting = Waiting.aside(() -> {
            peer.output().write(back);
            return null;
        });
        Future<byte[]> reading = Waiting.aside(() -> client.getInputStream().readNBytes(back.length));
        client.getOutputStream().write(there);
        assertThat(Waiting.await(peersReading)).isEqualTo(there);
        assertThat(Waiting.await(reading)).isEqualTo(back);
        Waiting.await(peersWriting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aReadGivesWhatIsThereAndWaitsForNoMore(String protocol) throws Exception {
        SSLSocket client = connect(protocol);
        greet(client);
        write(client, "some");
        byte[] buffer = new byte[100];
        assertThat(peer.input().read(buffer)).isEqualTo(4);
        write(client, "x");
        assertThat(peer.input().read()).isEqualTo('x');
    }

    // ---- endings ----

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theInputEndsWithCloseNotify(String protocol) throws Exception {
        SSLSocket client = connect(protocol);
        greet(client);
        write(client, "all");
        client.close();
        assertThat(peer.input().readAllBytes()).asString(UTF_8).isEqualTo("all");
        assertThat(peer.input().read()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anEndWithoutCloseNotifyIsATruncation(String protocol) throws Exception {
        SSLSocket client = connect(protocol);
        greet(client);
        write(client, "all of it, perhaps");
        socket.shutdownOutput();
        assertThat(read(peer.input(), 18)).isEqualTo("all of it, perhaps");
        assertThatExceptionOfType(TruncatedException.class)
                .isThrownBy(() -> peer.input().read());
        assertThatExceptionOfType(TruncatedException.class)
                .isThrownBy(() -> peer.input().read());
    }

    @Test
    void anEndInTheMiddleOfTheHandshakeIsATruncation() throws Exception {
        connect("TLSv1.3");
        socket.getOutputStream().write(new byte[] {22, 3, 1, 0, 100, 1});
        socket.shutdownOutput();
        assertThatExceptionOfType(TruncatedException.class).isThrownBy(peer::handshake);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aResetIsNoTruncation(String protocol) throws Exception {
        SSLSocket client = connect(protocol);
        greet(client);
        socket.setSoLinger(true, 0);
        socket.close();
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> peer.input().read())
                .withMessageContaining("reset");
    }

    /** In TLS 1.2 the client's answer ends it; in TLS 1.3 the client goes on. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void afterTheEndOfTheOutputReadingGoesOn(String protocol) throws Exception {
        SSLSocket client = connect(protocol);
        greet(client);
        write("last");
        peer.closeNotify();
        peer.shutdownOutput();
        write(client, "still here");
        assertThat(read(peer.input(), 10)).isEqualTo("still here");
        assertThat(client.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("last");
        if (protocol.equals("TLSv1.3")) {
            write(client, "and here");
            assertThat(read(peer.input(), 8)).isEqualTo("and here");
        }
        client.close();
        assertThat(peer.input().read()).isEqualTo(-1);
        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> write("too late"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void closingSendsCloseNotifyAndFin(String protocol) throws Exception {
        fixture = new TlsFixture(protocol);
        Socket beneath = fixture.connect();
        peer = fixture.accept();
        TlsWire client = fixture.engineClient(Network.Wire.of(beneath));
        Future<TlsWire> shaking = Waiting.aside(peer::handshake);
        client.handshake();
        Waiting.await(shaking);
        write("last");
        peer.close();
        assertThat(client.input().readAllBytes()).asString(UTF_8).isEqualTo("last");
        assertThat(beneath.getInputStream().read()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void closingWithSomethingUnreadResets(String protocol) throws Exception {
        SSLSocket client = connect(protocol);
        greet(client);
        write(client, "read and not read");
        assertThat(read(peer.input(), 4)).isEqualTo("read");
        peer.close();
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> client.getInputStream().read())
                .withMessageContaining("reset");
    }

    /** What it has not read is no data: a plain wire would have had nothing unread. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void closingWithNothingUnreadButACloseNotifyResetsNothing(String protocol) throws Exception {
        SSLSocket client = connect(protocol);
        greet(client);
        client.shutdownOutput();
        while (peer.beneath().input().available() == 0) {
            Thread.onSpinWait();
        }
        write("last");
        peer.close();
        assertThat(client.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aResetOverridesWhatWasWritten(String protocol) throws Exception {
        SSLSocket client = connect(protocol);
        greet(client);
        peer.reset();
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> client.getInputStream().read())
                .withMessageContaining("reset");
    }

    @Test
    void closingWaitsForNobodyWhoDoesNotRead() throws Exception {
        SSLSocket client = connect("TLSv1.3");
        greet(client);
        Flood flood = new Peer(peer).flood(new byte[100_000]).awaitFull(64 << 20);
        peer.close();
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(flood::awaitEnd);
    }

    // ---- the handshake ----

    @Test
    void itAsksForACertificateIfToldTo() throws Exception {
        SSLParameters asking = TlsFixture.only("TLSv1.3");
        asking.setNeedClientAuth(true);
        fixture = new TlsFixture(asking, 0);
        socket = fixture.connect();
        peer = fixture.accept();
        SSLSocket client = fixture.secure(socket, TestCertificates.clientContextWithCertificate());
        greet(client);
        assertThat(peer.session().getPeerPrincipal().getName()).contains("CN=Bowline test client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientWithoutTheCertificateThatItNeedsIsToldSo(String protocol) throws Exception {
        SSLParameters asking = TlsFixture.only(protocol);
        asking.setNeedClientAuth(true);
        SSLSocket client = connect(asking, 0);
        Future<TlsWire> shaking = Waiting.aside(peer::handshake);
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> {
                    client.startHandshake();
                    client.getInputStream().read();
                })
                .withMessageMatching(".*fatal alert: (bad_certificate|certificate_required|handshake_failure)");
        assertThat(Waiting.awaitFailure(shaking)).isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> peer.input().read()).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aVersionThatItDoesNotKnowFailsTheHandshakeOfBoth() throws Exception {
        SSLSocket client = connect("TLSv1.3");
        client.setEnabledProtocols(new String[] {"TLSv1.2"});
        Future<TlsWire> shaking = Waiting.aside(peer::handshake);
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(client::startHandshake)
                .withMessageContaining("protocol_version");
        assertThat(Waiting.awaitFailure(shaking)).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void anApplicationProtocolIsAgreedOn() throws Exception {
        SSLParameters choosy = TlsFixture.only("TLSv1.3");
        choosy.setApplicationProtocols(new String[] {"line/2", "line/1"});
        SSLSocket client = connect(choosy, 0);
        SSLParameters offer = client.getSSLParameters();
        offer.setApplicationProtocols(new String[] {"line/1"});
        client.setSSLParameters(offer);
        greet(client);
        assertThat(peer.applicationProtocol()).isEqualTo("line/1");
    }

    @Test
    void aReadThatTimesOutLosesNothing() throws Exception {
        fixture = new TlsFixture("TLSv1.3");
        Socket beneath = fixture.connect();
        peer = fixture.accept();
        TlsWire client = fixture.engineClient(Network.Wire.of(beneath));
        Future<TlsWire> shaking = Waiting.aside(peer::handshake);
        client.handshake();
        Waiting.await(shaking);
        beneath.setSoTimeout(50);
        peer.cut(1).hold();
        write("in two parts");
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> client.input().read());
        peer.release();
        beneath.setSoTimeout(30_000);
        assertThat(read(client.input(), 12)).isEqualTo("in two parts");
    }
}
