package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Serves one connection after the other, each as its script says, on a thread of its own, and closes it then. From the
 * last one on nobody listens any more.
 */
final class SerialServer implements AutoCloseable {
    /** What the server does with the connection. */
    interface Script<T> {
        T play(Socket client) throws Exception;
    }

    /** Where a test's server may listen. */
    static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final ServerSocket socket;
    private final int port;
    private final CompletableFuture<Object> result = new CompletableFuture<>();

    private SerialServer(ServerSocket socket) {
        this.socket = socket;
        this.port = socket.getLocalPort();
    }

    /** A script for each connection, in their order. */
    static SerialServer start(Script<?>... scripts) throws IOException {
        SerialServer server = new SerialServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        Thread thread = new Thread(() -> server.serve(Arrays.asList(scripts)), "serial-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private void serve(List<Script<?>> scripts) {
        try {
            Object returned = null;
            for (int next = 0; next < scripts.size(); next++) {
                try (Socket client = socket.accept()) {
                    if (next == scripts.size() - 1) {
                        socket.close();
                    }
                    returned = scripts.get(next).play(client);
                }
            }
            result.complete(returned);
        } catch (Exception | AssertionError e) {
            result.completeExceptionally(e);
        }
    }

    int port() {
        return port;
    }

    String endpoint() {
        return "127.0.0.1:" + port;
    }

    /** What the last script returned; waits for it. */
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

    /** For a script that reads nothing else. */
    static BufferedReader reader(Socket client) throws IOException {
        return new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
    }

    /** Sends so many lines back, all if fewer come; returns them, each with an LF. */
    static String echo(BufferedReader input, Socket client, int lines) throws IOException {
        StringBuilder echoed = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            String line = input.readLine();
            if (line == null) {
                break;
            }
            write(client, line + "\r\n");
            echoed.append(line).append('\n');
        }
        return echoed.toString();
    }

    /** The same for a script that reads nothing else. */
    static String echo(Socket client, int lines) throws IOException {
        return echo(reader(client), client, lines);
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
