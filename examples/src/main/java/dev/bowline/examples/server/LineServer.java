package dev.bowline.examples.server;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A line server: answers each line with the same line, and obeys lines that begin with {@code !}.
 *
 * <pre>{@code
 * try (LineServer server = LineServer.start(new InetSocketAddress("127.0.0.1", 0))) {
 *     connectTo(server.address());
 * }
 * }</pre>
 *
 * <p>One daemon thread serves every connection. For one that does not read, up to 64 MiB of answers wait, which takes up to
 * 128 MiB of memory; then the server stops reading from it. All methods may be called from any thread.
 */
public final class LineServer implements AutoCloseable {
    /**
     * How a server speaks TLS: on a second port from the first byte on, on the first after {@code !starttls}.
     *
     * @param address where the second port is; port 0 picks a free one
     * @param context whose certificate it shows; clients need none
     */
    public record Tls(InetSocketAddress address, SSLContext context) {}

    private final InetSocketAddress address;
    private final @Nullable InetSocketAddress tlsAddress;
    private final EventLoop loop;
    private final @Nullable Path ledger;
    private final Thread thread;

    private LineServer(
            InetSocketAddress address, @Nullable InetSocketAddress tlsAddress, EventLoop loop, @Nullable Path ledger) {
        this.address = address;
        this.tlsAddress = tlsAddress;
        this.loop = loop;
        this.ledger = ledger;
        this.thread = new Thread(loop, "bowline-line-server-" + address.getPort());
        thread.setDaemon(true);
    }

    /**
     * Starts a server that keeps no ledger and speaks no TLS.
     *
     * @param address where to listen; port 0 picks a free one
     * @throws IOException if that address cannot be had
     */
    public static LineServer start(InetSocketAddress address) throws IOException {
        return open(address, null, null);
    }

    /**
     * Starts a server that writes every line it receives to a file before it answers. On a file that exists it goes on
     * where that ends, with rising connection numbers.
     *
     * @param address where to listen; port 0 picks a free one
     * @param ledger the file, made if it is missing
     * @throws IOException if that address or file cannot be had
     */
    public static LineServer start(InetSocketAddress address, Path ledger) throws IOException {
        return open(address, ledger, null);
    }

    /**
     * Starts a server that speaks TLS, too.
     *
     * @param address where to listen; port 0 picks a free one
     * @param ledger as in {@link #start(InetSocketAddress, Path)}; null for none
     * @throws IOException if one of the addresses or the file cannot be had
     */
    public static LineServer start(InetSocketAddress address, @Nullable Path ledger, Tls tls) throws IOException {
        return open(address, ledger, tls);
    }

    private static LineServer open(InetSocketAddress address, @Nullable Path path, @Nullable Tls tls)
            throws IOException {
        EventLoop loop = new EventLoop();
        try {
            Ledger ledger = path == null ? null : Ledger.open(path);
            loop.atEnd(ledger);
            Connections connections = new Connections(loop, ledger, tls == null ? null : tls.context());
            InetSocketAddress bound = Acceptor.listen(address, loop, connections::openInTheClear);
            InetSocketAddress tlsBound =
                    tls == null ? null : Acceptor.listen(tls.address(), loop, connections::openProtected);
            LineServer server = new LineServer(bound, tlsBound, loop, path);
            server.thread.start();
            return server;
        } catch (IOException e) {
            loop.release();
            throw e;
        }
    }

    /** Where the server listens, with the port it really has. */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Where it listens for clients that speak TLS from the first byte on.
     *
     * @throws IllegalStateException if it speaks no TLS
     */
    public InetSocketAddress tlsAddress() {
        if (tlsAddress == null) {
            throw new IllegalStateException("This server was started without TLS.");
        }
        return tlsAddress;
    }

    /**
     * Every line received so far, in the order they were received, those of earlier servers on the same file included.
     * Still to be had after {@link #close}.
     *
     * @throws IllegalStateException if this server keeps no ledger
     * @throws IOException if the file cannot be read
     */
    public List<LedgerEntry> ledger() throws IOException {
        if (ledger == null) {
            throw new IllegalStateException("This server was started without a ledger.");
        }
        return LedgerEntry.readAll(ledger);
    }

    /**
     * Ends the server at once, as if its process had been killed: what it has not yet sent is lost. Its thread and all its
     * connections are gone when this returns.
     */
    @Override
    public void close() {
        loop.stop();
        Uninterruptibles.joinUninterruptibly(thread);
    }
}
