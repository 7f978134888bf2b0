package dev.bowline.integration.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;

/** The other end of a link: a plain blocking socket that does exactly what a test tells it to. */
final class Peer implements AutoCloseable {
    /** How a peer's reading ended: how many bytes came, and whether a reset ended them. */
    record InputEnd(long count, boolean byReset) {}

    private static final int PATIENCE_MILLIS = 40_000;

    private final Socket socket;

    Peer(Socket socket) {
        this.socket = socket;
        quietly(() -> socket.setSoTimeout(PATIENCE_MILLIS));
    }

    Socket socket() {
        return socket;
    }

    void send(byte[] bytes) {
        quietly(() -> socket.getOutputStream().write(bytes));
    }

    /** Exactly so many bytes, fewer only at the end. */
    byte[] read(int count) {
        return quietly(() -> socket.getInputStream().readNBytes(count));
    }

    byte[] readToEnd() {
        return quietly(() -> socket.getInputStream().readAllBytes());
    }

    /** Reads and counts until FIN or reset. */
    InputEnd countToEnd() {
        byte[] scratch = new byte[64 * 1024];
        long count = 0;
        try {
            InputStream in = socket.getInputStream();
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
    void echo() {
        quietly(() -> socket.getInputStream().transferTo(socket.getOutputStream()));
    }

    /** The same on a thread of its own, until the end or a failure. */
    void echoAside() {
        var unused = EngineBench.aside(() -> {
            echo();
            return null;
        });
    }

    /** Sends FIN and goes on reading. */
    void shutdownOutput() {
        quietly(socket::shutdownOutput);
    }

    void reset() {
        quietly(() -> {
            socket.setSoLinger(true, 0);
            socket.close();
        });
    }

    @Override
    public void close() {
        quietly(socket::close);
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
