package dev.bowline.testkit.contract.subject;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bowline.ClientFactory;
import dev.bowline.ConnectOptions;
import dev.bowline.Endpoint;
import dev.bowline.Protocol;
import dev.bowline.Transport;
import dev.bowline.spi.EngineOptions;
import dev.bowline.testkit.TestCertificates;
import dev.bowline.testkit.TestCertificates.Server;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire as a peer over the network in memory, which has no sockets, against a client that has none either. */
class TlsInMemoryTest {
    private final InMemory memory = new InMemory();
    private final Transport transport = Transport.builder()
            .name("memory")
            .engine(memory.start(EngineOptions.DEFAULT))
            .open();
    private TlsProtocol client;
    private TlsWire peer;

    private void connect(String protocol, int window, int toEcho) throws IOException {
        SSLParameters parameters = TlsFixture.only(protocol);
        Network secured = memory.secured(TestCertificates.serverContext(Server.RSA), parameters);
        Network.Listener listener = secured.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), window);
        SSLEngine engine = TestCertificates.clientContext().createSSLEngine("localhost", 0);
        engine.setUseClientMode(true);
        client = new TlsProtocol(engine, toEcho);
        InetSocketAddress address = (InetSocketAddress) listener.address();
        transport.connect(
                new Endpoint.Tcp(address.getAddress().getHostAddress(), address.getPort()),
                new ClientFactory() {
                    @Override
                    public Protocol buildProtocol(Endpoint remote) {
                        return client;
                    }
                },
                ConnectOptions.DEFAULT);
        peer = (TlsWire) listener.accept(Duration.ofSeconds(Waiting.patienceSeconds()));
    }

    @AfterEach
    void close() {
        transport.close();
        memory.close();
    }

    private void write(String text) throws IOException {
        peer.output().write(text.getBytes(UTF_8));
    }

    private void echo(String text) throws IOException {
        write(text);
        assertThat(peer.input().readNBytes(text.length())).asString(UTF_8).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whatIsWrittenComesBackAndThePeersEndIsCloseNotifyThenFin(String protocol) throws Exception {
        connect(protocol, 0, 5);
        echo("hello");
        assertThat(peer.session().getProtocol()).isEqualTo(protocol);
        peer.close();
        Waiting.await(client.over);
        assertThat(client.log).containsExactly("close_notify", "FIN", "ClosedByPeer");
        assertThat(client.text()).isEqualTo("hello");
    }

    @Test
    void theClientsCloseNotifyIsTheEnd() throws Exception {
        connect("TLSv1.3", 0, 1);
        echo("a");
        client.close();
        assertThat(peer.input().read()).isEqualTo(-1);
        assertThat(peer.input().read()).isEqualTo(-1);
    }

    @Test
    void aSmallPipeTakesWhatIsLarger() throws Exception {
        byte[] data = new byte[100_000];
        connect("TLSv1.3", 1_000, data.length);
        Future<byte[]> reading = Waiting.aside(() -> peer.input().readNBytes(data.length));
        peer.output().write(data);
        assertThat(Waiting.await(reading)).isEqualTo(data);
    }

    @Test
    void theClientsEndWithoutCloseNotifyIsATruncation() throws Exception {
        connect("TLSv1.3", 0, 0);
        write("x");
        peer.beneath().shutdownOutput();
        assertThatExceptionOfType(TruncatedException.class)
                .isThrownBy(() -> peer.input().read());
        Waiting.await(client.over);
        assertThat(client.log).containsExactly("FIN", "ClosedByPeer");
        assertThat(client.text()).isEqualTo("x");
    }

    @Test
    void whatIsReleasedArrivesInOneSegment() throws Exception {
        connect("TLSv1.3", 0, 1);
        echo("a");
        peer.hold();
        write("bc");
        peer.updateKeys();
        write("def");
        peer.closeNotify();
        peer.release();
        peer.beneath().shutdownOutput();
        Waiting.await(client.over);
        assertThat(client.text()).isEqualTo("abcdef");
        assertThat(client.log).containsExactly("close_notify", "FIN", "ClosedByPeer");
        int smallestRecord = 5 + 1 + 1 + 16; // header, content, type, tag
        assertThat(client.chunks.get(client.chunks.size() - 1)).isGreaterThan(4 * smallestRecord);
    }

    @Test
    void aResetIsNoTruncation() throws Exception {
        connect("TLSv1.2", 0, 1);
        echo("a");
        peer.reset();
        Waiting.await(client.over);
        assertThat(client.log).containsExactly("Failed");
    }
}
