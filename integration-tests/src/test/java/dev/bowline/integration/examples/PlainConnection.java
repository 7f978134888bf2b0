package dev.bowline.integration.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Somebody else at the same server, without Bowline. Reads fail after 20 seconds. */
final class PlainConnection implements AutoCloseable {
    private static final int READ_TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final BufferedReader reader;

    PlainConnection(ServerProcess server) throws IOException {
        Endpoint.Tcp endpoint = (Endpoint.Tcp) Endpoint.parse(server.endpoint());
        socket = new Socket(endpoint.host(), endpoint.port());
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    /** Sends lines. */
    void send(String... lines) throws IOException {
        socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(UTF_8));
    }

    /** The next lines; a PING is none, it is answered. */
    List<String> read(int count) throws IOException {
        List<String> lines = new ArrayList<>();
        while (lines.size() < count) {
            String line = reader.readLine();
            if (line == null) {
                throw new IOException("the server ended the connection after " + lines);
            }
            if (line.startsWith("PING")) {
                send("PONG" + line.substring("PING".length()));
            } else {
                lines.add(line);
            }
        }
        return lines;
    }

    /** Reads on to a line that has this in it, and returns that. */
    String readTo(String part) throws IOException {
        String line = read(1).get(0);
        while (!line.contains(part)) {
            line = read(1).get(0);
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
