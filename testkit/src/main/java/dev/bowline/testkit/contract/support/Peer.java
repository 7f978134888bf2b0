package dev.bowline.testkit.contract.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.testkit.contract.subject.Network;
import dev.bowline.testkit.contract.subject.TlsWire;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** The other end of a connection, which does exactly what a test tells it to; each call blocks until it is done. */
public final class Peer implements Closeable {
    /** How a peer's reading ended: how many bytes came, and whether a reset ended them. */
    public record InputEnd(long count, boolean byReset) {}

    private final Network.Wire wire;

    /** A peer at this end of a wire. */
    public Peer(Network.Wire wire) {
        this.wire = wire;
    }

    /** What the transport sends. */
    public InputStream input() {
        return wire.input();
    }

    /** The transport's address. */
    public SocketAddress remoteAddress() {
        return wire.remoteAddress();
    }

    /** Sends bytes. */
    public Peer send(byte[] bytes) {
        quietly(() -> {
            wire.output().write(bytes);
            wire.output().flush();
        });
        return this;
    }

    /** Sends text, in one write. */
    public Peer send(String text) {
        return send(text.getBytes(UTF_8));
    }

    /** Begins to send this over and over, on a thread of its own. */
    public Flood flood(byte[] piece) {
        return new Flood(this, piece);
    }

    /** Exactly so many bytes, fewer only at the end. */
    public byte[] read(int count) {
        return quietly(() -> input().readNBytes(count));
    }

    /** What one read gives, at most so many bytes. */
    public String readOnce(int most) {
        byte[] buffer = new byte[most];
        int count = quietly(() -> input().read(buffer));
        return count < 0 ? "(end)" : new String(buffer, 0, count, UTF_8);
    }

    /** The next line, without its CRLF; fails at the end. */
    public String readLine() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream in = input();
        for (int b = quietly(() -> in.read()); b != '\n'; b = quietly(() -> in.read())) {
            if (b < 0) {
                throw new AssertionError("the connection ended in '" + line + "', where a line was expected");
            }
            line.write(b);
        }
        byte[] bytes = line.toByteArray();
        return new String(bytes, 0, bytes.length - 1, UTF_8);
    }

    /** So many lines. */
    public List<String> readLines(int count) {
        List<String> lines = new ArrayList<>();
        while (lines.size() < count) {
            lines.add(readLine());
        }
        return lines;
    }

    /** All bytes until FIN; a reset is an error. */
    public byte[] readToEnd() {
        return quietly(() -> input().readAllBytes());
    }

    /** All lines until FIN. */
    public List<String> readLinesToEnd() {
        String all = new String(readToEnd(), UTF_8);
        return all.isEmpty() ? List.of() : Arrays.asList(all.split("\r\n"));
    }

    /** Reads and counts until FIN or reset. */
    public InputEnd countToEnd() {
        byte[] scratch = new byte[64 * 1024];
        long count = 0;
        try {
            InputStream in = input();
            for (int n = in.read(scratch); n >= 0; n = in.read(scratch)) {
                count += n;
            }
            return new InputEnd(count, false);
        } catch (SocketException e) {
            return new InputEnd(count, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends back all that comes, until the end. */
    public void echo() {
        quietly(() -> {
            input().transferTo(wire.output());
        });
    }

    /** The same on a thread of its own, until the end or a failure. */
    public void echoAside() {
        var unused = Waiting.aside(() -> {
            echo();
            return this;
        });
    }

    /**
     * Its wire, where that speaks TLS.
     *
     * @throws ClassCastException if it does not
     */
    public TlsWire tls() {
        return (TlsWire) wire;
    }

    /** Goes on in TLS, as a server, on the same connection: this peer is used no more, but for its closing. */
    public Peer startTls(SSLContext context, SSLParameters parameters) {
        return new Peer(TlsWire.server(wire, context, parameters));
    }

    /** Sends FIN and goes on reading. */
    public Peer shutdownOutput() {
        quietly(wire::shutdownOutput);
        return this;
    }

    /** Closes with RST. */
    public void reset() {
        quietly(wire::reset);
    }

    @Override
    public void close() {
        quietly(wire::close);
    }

    private interface Io<T> {
        T run() throws IOException;
    }

    private interface VoidIo {
        void run() throws IOException;
    }

    private static <T> T quietly(Io<T> io) {
        try {
            return io.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void quietly(VoidIo io) {
        try {
            io.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
