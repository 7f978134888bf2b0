package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Serves one connection as a script says, on a thread of its own, then closes it. */
final class OneClientServer implements AutoCloseable {
    /** What the server does with the connection. */
    interface Script<T> {
        T play(Socket client) throws Exception;
    }

    /** Where a test's server may listen. */
    static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final ServerSocket socket;
    private final CompletableFuture<Object> result = new CompletableFuture<>();

    private OneClientServer(ServerSocket socket) {
        this.socket = socket;
    }

    static OneClientServer start(Script<?> script) throws IOException {
        OneClientServer server = new OneClientServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        Thread thread = new Thread(() -> server.serve(script), "one-client-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private void serve(Script<?> script) {
        try (Socket client = socket.accept()) {
            result.complete(script.play(client));
        } catch (Exception | AssertionError e) {
            result.completeExceptionally(e);
        }
    }

    String endpoint() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** What the script returned; waits for it. */
    Object result() throws Exception {
        return result.get(60, TimeUnit.SECONDS);
    }

    /** Makes the close of this connection a reset. */
    static void resetAtClose(Socket client) throws IOException {
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
    }

    static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** Reads a line, without its CRLF. */
    static String readLine(InputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new IOException("the client ended within a line: " + line);
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
