package dev.bowline.testkit.contract.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bowline.testkit.TestCertificates;
import dev.bowline.testkit.TestCertificates.Server;
import dev.bowline.testkit.contract.subject.Network;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** A contract's peer that speaks TLS, from the first byte or from the middle of a connection. */
class TlsPeerTest {
    private static final SSLContext CONTEXT = TestCertificates.serverContext(Server.EC);

    private static Socket connectTo(PeerServer server) throws Exception {
        InetSocketAddress address = (InetSocketAddress) server.address();
        return new Socket(address.getAddress(), address.getPort());
    }

    private static SSLSocket secure(Socket socket) throws Exception {
        SSLContext context = TestCertificates.clientContext();
        return (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    }

    private static Future<String> sendAndReadAll(SSLSocket client, String text) {
        return Waiting.aside(() -> {
            client.getOutputStream().write(text.getBytes(UTF_8));
            return new String(client.getInputStream().readAllBytes(), UTF_8);
        });
    }

    @Test
    void onASecuredNetworkItSpeaksTlsFromTheFirstByte() throws Exception {
        try (PeerServer server = PeerServer.open(Network.loopback().secured(CONTEXT, new SSLParameters()));
                SSLSocket client = secure(connectTo(server))) {
            Future<String> received = sendAndReadAll(client, "hello\r\n");
            Peer peer = server.accept();
            assertThat(peer.readLine()).isEqualTo("hello");
            peer.send("and good bye").tls().closeNotify();
            assertThat(Waiting.await(received)).isEqualTo("and good bye");
        }
    }

    @Test
    void aPeerInTheClearGoesOnInTls() throws Exception {
        try (PeerServer server = PeerServer.open(Network.loopback());
                Socket socket = connectTo(server)) {
            Peer inTheClear = server.accept();
            assertThatExceptionOfType(ClassCastException.class).isThrownBy(inTheClear::tls);
            inTheClear.send("go on");
            assertThat(socket.getInputStream().readNBytes(5)).asString(UTF_8).isEqualTo("go on");
            try (SSLSocket client = secure(socket)) {
                Future<String> received = sendAndReadAll(client, "hello\r\n");
                Peer peer = inTheClear.startTls(CONTEXT, new SSLParameters());
                assertThat(peer.readLine()).isEqualTo("hello");
                peer.send("and good bye").close();
                assertThat(Waiting.await(received)).isEqualTo("and good bye");
            }
        }
    }
}
