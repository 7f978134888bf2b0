package dev.bowline.testkit.contract.subject;

import dev.bowline.testkit.TestCertificates;
import dev.bowline.testkit.TestCertificates.Server;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A peer that speaks TLS over loopback, and clients of the JDK for it. Closing it closes all of them. */
final class TlsFixture implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Closeable> opened = new ArrayList<>();
    private final SSLParameters parameters;
    private final Network.Listener listener;

    TlsFixture(String protocol) throws IOException {
        this(only(protocol), 0);
    }

    TlsFixture(SSLParameters parameters, int window) throws IOException {
        this.parameters = parameters;
        SSLContext context = TestCertificates.serverContext(Server.EC);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        listener = keep(Network.loopback().secured(context, parameters).listen(anyPort, window));
    }

    static SSLParameters only(String protocol) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {protocol});
        return parameters;
    }

    private <T extends Closeable> T keep(T resource) {
        opened.add(resource);
        return resource;
    }

    /** What a client's TLS goes over; the peer is to be accepted next. */
    Socket connect() throws IOException {
        InetSocketAddress address = (InetSocketAddress) listener.address();
        Socket socket = keep(new Socket(address.getAddress(), address.getPort()));
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        return socket;
    }

    TlsWire accept() throws IOException {
        return (TlsWire) keep(listener.accept(PATIENCE));
    }

    /** A client of the JDK's own, which has not begun its handshake. */
    SSLSocket secure(Socket socket) throws IOException {
        return secure(socket, TestCertificates.clientContext());
    }

    SSLSocket secure(Socket socket, SSLContext context) throws IOException {
        return keep((SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true));
    }

    /** Another client, which tells close_notify from FIN. */
    TlsWire engineClient(Network.Wire wire) {
        SSLEngine engine = TestCertificates.clientContext().createSSLEngine("localhost", 0);
        engine.setUseClientMode(true);
        engine.setSSLParameters(parameters);
        return keep(TlsWire.over(wire, engine));
    }

    /** What is beneath goes first: a client of the JDK's would wait for its peer's end. */
    @Override
    public void close() throws IOException {
        for (Closeable resource : opened) {
            resource.close();
        }
    }
}
