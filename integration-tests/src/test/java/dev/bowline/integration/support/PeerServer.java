package dev.bowline.integration.support;

import dev.bowline.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Where peers come from: a listening socket on the loopback interface. Closing it closes them, too. */
public final class PeerServer implements AutoCloseable {
    /** A receive buffer so small that a writer soon meets a full pipe. */
    public static final int SMALL_WINDOW = 32 * 1024;

    private final ServerSocket socket;
    private final List<Closeable> accepted = new ArrayList<>();

    private PeerServer(ServerSocket socket) {
        this.socket = socket;
    }

    /** A server whose connections take what the system lets them. */
    public static PeerServer open() throws IOException {
        return open(0, 1_000);
    }

    /** A server whose connections have a receive buffer of about this size. */
    public static PeerServer withReceiveBuffer(int bytes) throws IOException {
        return open(bytes, 1_000);
    }

    /**
     * A server that never answers: its queue of connections is full, and then Linux answers no further attempt, neither
     * with yes nor with no.
     */
    public static PeerServer silent() throws IOException {
        PeerServer server = open(0, 1);
        for (int i = 0; i < 8; i++) {
            SocketChannel filler = SocketChannel.open();
            server.accepted.add(filler);
            filler.configureBlocking(false);
            filler.connect(server.address());
        }
        return server;
    }

    private static PeerServer open(int receiveBuffer, int backlog) throws IOException {
        ServerSocket socket = new ServerSocket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(Waiting.PATIENCE_SECONDS * 1_000);
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), backlog);
        return new PeerServer(socket);
    }

    /** Where it listens. */
    public SocketAddress address() {
        return socket.getLocalSocketAddress();
    }

    /** Where it listens. */
    public Endpoint endpoint() {
        return endpoint("127.0.0.1");
    }

    /** The same port of another host. */
    public Endpoint endpoint(String host) {
        return new Endpoint.Tcp(host, socket.getLocalPort());
    }

    /** An endpoint where nobody listens. */
    public static Endpoint nobody() throws IOException {
        try (PeerServer gone = open()) {
            return gone.endpoint();
        }
    }

    /** The next peer. */
    public Peer accept() {
        try {
            Peer peer = new Peer(socket.accept());
            accepted.add(peer);
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether somebody has connected whom nobody accepted yet. */
    public boolean hasCaller() throws IOException {
        socket.setSoTimeout(1);
        try (Socket caller = socket.accept()) {
            return caller.isConnected();
        } catch (SocketTimeoutException none) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Closeable each : accepted) {
            each.close();
        }
    }
}
