package dev.bowline.testkit.contract.subject;

import dev.bowline.ConnectOptions;
import dev.bowline.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * What lies beneath a transport, seen from the other end: where the contract suite's own peers listen. On a real network
 * that is plain sockets; a transport in memory brings its own, with the same manners.
 *
 * <pre>{@code
 * Network network = Network.loopback();
 * try (Network.Listener listener = network.listen(new InetSocketAddress("127.0.0.1", 0), 0);
 *         Socket client = new Socket()) {
 *     client.connect(listener.address());
 *     Network.Wire wire = listener.accept(Duration.ofSeconds(10));
 *     wire.output().write("hello\r\n".getBytes(UTF_8));
 *     wire.close();
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread.
 */
public interface Network {
    /** {@return plain blocking sockets on the loopback interface} */
    static Network loopback() {
        return new Loopback();
    }

    /**
     * Listens.
     *
     * @param at an {@link java.net.InetSocketAddress} whose port 0 means a free one, or a {@link
     *     java.net.UnixDomainSocketAddress} (asked for with {@link Capability#UNIX_SOCKETS} only)
     * @param window about how many bytes a wire takes from the transport before somebody reads them; 0 for the usual
     * @return to be closed
     * @throws IOException if nobody can listen there
     */
    Listener listen(SocketAddress at, int window) throws IOException;

    /**
     * The same network with peers that speak TLS, as servers: each wire is a {@link TlsWire} over one of this network's. Its
     * handshake waits until somebody reads, writes or asks for it.
     *
     * @param context whose certificate they show
     * @param parameters whether they ask for client certificates, and which versions of TLS, ciphers and application
     *     protocols they know; {@code new SSLParameters()} for no certificates and all else as it comes
     * @return another view of this one
     */
    default Network secured(SSLContext context, SSLParameters parameters) {
        return new SecuredNetwork(this, context, parameters);
    }

    /**
     * How a client is told to reach a port of this network.
     *
     * @param host a name or an address
     * @param port where somebody listens, or nobody
     * @return what {@code connect} is given
     */
    default Endpoint endpoint(String host, int port) {
        return new Endpoint.Tcp(host, port);
    }

    /** {@return what a client has to know beside; by default nothing} */
    default ConnectOptions connectOptions() {
        return ConnectOptions.DEFAULT;
    }

    /**
     * Listens where no attempt to connect is ever answered, neither with yes nor with no.
     *
     * @return to be closed
     * @throws IOException if there is no such place
     */
    Listener silent() throws IOException;

    /** Where the transport under test can connect to. */
    interface Listener extends Closeable {
        /** {@return where it listens: what an engine is given to connect to} */
        SocketAddress address();

        /**
         * The next connection; somebody may have opened it long ago.
         *
         * @param patience how long to wait
         * @return the end of it that is not under test
         * @throws java.net.SocketTimeoutException if none comes in this time
         */
        Wire accept(Duration patience) throws IOException;

        /** Connects nobody any more: attempts are refused. Wires that were accepted live on. */
        @Override
        void close() throws IOException;
    }

    /** The peer's end of one connection. Reading and writing block. */
    interface Wire extends Closeable {
        /**
         * A connected socket as a wire. Its timeout for reads becomes a long one; the caller may set another.
         *
         * @param socket used by nobody else from now on
         * @return which closes the socket
         * @throws IOException if the socket can't be set up
         */
        static Wire of(Socket socket) throws IOException {
            return new TcpWire(socket);
        }

        /**
         * What the transport sends. It ends with the transport's FIN; a reset is a {@link java.net.SocketException}.
         * Bytes that came before either are there first.
         *
         * @return the same stream at each call
         */
        InputStream input();

        /**
         * What the transport receives. Each call of {@code write} is under way when it returns; it waits for room.
         *
         * @return the same stream at each call
         */
        OutputStream output();

        /**
         * Sends FIN after all that was written; reading goes on.
         *
         * @throws IOException if the connection is broken
         */
        void shutdownOutput() throws IOException;

        /**
         * Closes with RST: nothing more is sent, and what was not read yet is gone.
         *
         * @throws IOException if it can't be reset any more
         */
        void reset() throws IOException;

        /**
         * Closes both directions: FIN after all that was written, but RST if bytes were left unread, or if more come
         * later; as TCP does it.
         */
        @Override
        void close() throws IOException;

        /** {@return the peer's own address} */
        SocketAddress localAddress();

        /** {@return the transport's address} */
        SocketAddress remoteAddress();
    }
}
