package dev.bowline.testkit.contract.support;

import dev.bowline.Endpoint;
import dev.bowline.testkit.contract.subject.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where peers come from. Closing it closes them, too. */
public final class PeerServer implements AutoCloseable {
    /** A window so small that a writer soon meets a full pipe. */
    public static final int SMALL_WINDOW = 32 * 1024;

    private static final byte[] HOST = {127, 0, 0, 1};

    private final Network network;
    private final Network.Listener listener;
    private final List<Peer> accepted = new CopyOnWriteArrayList<>();

    private PeerServer(Network network, Network.Listener listener) {
        this.network = network;
        this.listener = listener;
    }

    /** A server whose connections take what the network lets them. */
    public static PeerServer open(Network network) throws IOException {
        return open(network, 0);
    }

    /** A server whose connections take about so many bytes before somebody reads them. */
    public static PeerServer open(Network network, int window) throws IOException {
        return open(network, new InetSocketAddress(InetAddress.getByAddress(HOST), 0), window);
    }

    /** A server at another address than the usual one. */
    public static PeerServer open(Network network, SocketAddress at, int window) throws IOException {
        return new PeerServer(network, network.listen(at, window));
    }

    /** A server that never answers. */
    public static PeerServer silent(Network network) throws IOException {
        return new PeerServer(network, network.silent());
    }

    /** An endpoint where nobody listens. */
    public static Endpoint nobody(Network network) throws IOException {
        try (PeerServer gone = open(network)) {
            return gone.endpoint();
        }
    }

    /** A port where nobody listens, on any address. */
    public static int nobodysPort(Network network) throws IOException {
        try (PeerServer gone = open(network)) {
            return gone.port();
        }
    }

    /** Where it listens. */
    public SocketAddress address() {
        return listener.address();
    }

    /** Where it listens. */
    public Endpoint endpoint() {
        if (address() instanceof UnixDomainSocketAddress unix) {
            return new Endpoint.Unix(unix.getPath().toString());
        }
        return endpoint(((InetSocketAddress) address()).getAddress().getHostAddress());
    }

    /** The same port of another host. */
    public Endpoint endpoint(String host) {
        return network.endpoint(host, port());
    }

    /** Its port. */
    public int port() {
        return ((InetSocketAddress) address()).getPort();
    }

    /** The next peer. */
    public Peer accept() {
        try {
            Peer peer = new Peer(listener.accept(Duration.ofSeconds(Waiting.patienceSeconds())));
            accepted.add(peer);
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether somebody has connected whom nobody accepted yet. */
    public boolean hasCaller() throws IOException {
        try {
            listener.accept(Duration.ofMillis(1)).close();
            return true;
        } catch (SocketTimeoutException none) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        accepted.forEach(Peer::close);
    }
}
