package dev.bowline.testkit.contract.subject;

import dev.bowline.testkit.internal.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;

/** A plain blocking socket. */
final class TcpWire implements Network.Wire {
    /** So much longer than others wait does a read: a test that waits for what it brings fails first, and says more. */
    private static final Duration LAST_WORD = Duration.ofSeconds(10);

    private final Socket socket;
    private final InputStream input;
    private final OutputStream output;
    private final SocketAddress local;
    private final SocketAddress remote;

    TcpWire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Math.toIntExact(Patience.get().plus(LAST_WORD).toMillis()));
        this.input = socket.getInputStream();
        this.output = socket.getOutputStream();
        this.local = socket.getLocalSocketAddress();
        this.remote = socket.getRemoteSocketAddress();
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    @Override
    public SocketAddress localAddress() {
        return local;
    }

    @Override
    public SocketAddress remoteAddress() {
        return remote;
    }
}
