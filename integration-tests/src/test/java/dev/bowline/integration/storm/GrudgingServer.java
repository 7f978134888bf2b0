package dev.bowline.integration.storm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.bowline.examples.server.LedgerEntry;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server that has enough of each connection: it echoes the first lines, stops answering while it reads on, and after a
 * thousand lines resets. One connection at a time, on a thread.
 */
final class GrudgingServer implements AutoCloseable {
    static final int LINES = 1_000;
    private static final int ANSWERED = 900;
    private static final byte[] CRLF = "\r\n".getBytes(US_ASCII);

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Thread thread = new Thread(this::serveAll, "grudging-server");

    /** Guarded by itself. */
    private final List<LedgerEntry> ledger = new ArrayList<>();

    GrudgingServer() throws IOException {
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Every line that was read, in order. */
    List<LedgerEntry> ledger() {
        synchronized (ledger) {
            return List.copyOf(ledger);
        }
    }

    private void serveAll() {
        for (int connection = 1; !listener.isClosed(); connection++) {
            try (Socket socket = listener.accept()) {
                serve(connection, socket);
            } catch (IOException over) {
                // The client has ended the connection, or the test the server.
            }
        }
    }

    private void serve(int connection, Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = new BufferedOutputStream(socket.getOutputStream());
        for (int lines = 1; lines <= LINES; lines++) {
            byte[] line = readLine(in);
            if (line == null) {
                out.flush();
                return;
            }
            synchronized (ledger) {
                ledger.add(new LedgerEntry(connection, ByteBuffer.wrap(line)));
            }
            if (lines <= ANSWERED) {
                out.write(line);
                out.write(CRLF);
            }
            if (in.available() == 0 || lines == ANSWERED) {
                out.flush();
            }
        }
        socket.setSoLinger(true, 0);
    }

    /** Null at the end; a line that is not whole is none. */
    private static byte @Nullable [] readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toByteArray();
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        listener.close();
        thread.join();
    }
}
