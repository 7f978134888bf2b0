package dev.bowline.integration.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.testkit.TestCertificates;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The JDK's own {@link SSLServerSocket}, with a thread that reverses lines. */
final class JdkTlsServer extends ReversingServer {
    private final SSLServerSocket listening;
    private final CompletableFuture<SSLSession> first = new CompletableFuture<>();
    private final Thread thread;

    /** The connection that is served just now. */
    private volatile @Nullable SSLSocket open;

    private JdkTlsServer(SSLServerSocket listening) {
        this.listening = listening;
        thread = new Thread(this::serve, "jdk-tls-server-" + listening.getLocalPort());
        thread.setDaemon(true);
        thread.start();
    }

    static JdkTlsServer start(TlsSetup setup) throws IOException {
        SSLServerSocket socket = (SSLServerSocket) TestCertificates.serverContext(setup.shown())
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName(HOST));
        socket.setEnabledProtocols(new String[] {setup.version()});
        socket.setNeedClientAuth(setup.wantsCertificate());
        return new JdkTlsServer(socket);
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (SSLSocket socket = (SSLSocket) listening.accept()) {
                open = socket;
                socket.startHandshake();
                first.complete(socket.getSession());
                reverse(socket);
            } catch (IOException e) {
                // The client refused it, or was refused, or one of the two is gone: that is the client's to tell.
            }
        }
    }

    private static void reverse(SSLSocket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        for (String line = in.readLine(); line != null && !line.equals(CLOSE); line = in.readLine()) {
            String reversed = new StringBuilder(line).reverse() + "\r\n";
            socket.getOutputStream().write(reversed.getBytes(UTF_8));
        }
    }

    @Override
    int port() {
        return listening.getLocalPort();
    }

    @Override
    void awaitClientCertificate(String name) throws Exception {
        String principal = Waiting.await(first).getPeerPrincipal().getName();
        if (!principal.contains(name)) {
            throw new AssertionError("the client showed the certificate of " + principal);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        SSLSocket served = open;
        if (served != null) {
            try {
                served.close();
            } catch (SocketException e) {
                // It is gone already.
            }
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
