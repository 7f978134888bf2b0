package dev.bowline.integration.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The other end of a connection: a plain blocking socket that does exactly what a test tells it to. */
public final class Peer implements Closeable {
    /** How a peer's reading ended: how many bytes came, and whether a reset ended them. */
    public record InputEnd(long count, boolean byReset) {}

    private final Socket socket;

    /** A peer at this socket; its reads fail when nothing comes for as long as a test is patient. */
    public Peer(Socket socket) {
        this.socket = socket;
        quietly(() -> {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Waiting.PATIENCE_SECONDS * 1_000);
            return null;
        });
    }

    /** The socket. */
    public Socket socket() {
        return socket;
    }

    /** Sends bytes. */
    public Peer send(byte[] bytes) {
        return quietly(() -> {
            socket.getOutputStream().write(bytes);
            return this;
        });
    }

    /** Sends text, in one write. */
    public Peer send(String text) {
        return send(text.getBytes(UTF_8));
    }

    /** Exactly so many bytes, fewer only at the end. */
    public byte[] read(int count) {
        return quietly(() -> socket.getInputStream().readNBytes(count));
    }

    /** What one read gives, at most so many bytes. */
    public String readOnce(int most) {
        byte[] buffer = new byte[most];
        int count = quietly(() -> socket.getInputStream().read(buffer));
        return count < 0 ? "(end)" : new String(buffer, 0, count, UTF_8);
    }

    /** The next line, without its CRLF; fails at the end. */
    public String readLine() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream in = quietly(socket::getInputStream);
        for (int b = quietly(in::read); b != '\n'; b = quietly(in::read)) {
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
        return quietly(() -> socket.getInputStream().readAllBytes());
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
    public void echo() {
        quietly(() -> socket.getInputStream().transferTo(socket.getOutputStream()));
    }

    /** Sends FIN and goes on reading. */
    public Peer shutdownOutput() {
        return quietly(() -> {
            socket.shutdownOutput();
            return this;
        });
    }

    /** Closes with RST. */
    public void reset() {
        quietly(() -> {
            socket.setSoLinger(true, 0);
            socket.close();
            return null;
        });
    }

    @Override
    public void close() {
        quietly(() -> {
            socket.close();
            return null;
        });
    }

    private interface Io<T> {
        T run() throws IOException;
    }

    private static <T> T quietly(Io<T> io) {
        try {
            return io.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
