package dev.bowline.benchmarks.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.benchmarks.LineText;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** What the JDK's tutorial shows: a socket, a {@link BufferedReader} and a {@link BufferedWriter}, a thread per connection. */
final class BufferedIo implements Contender {
    private static final int BUFFER_CHARACTERS = 64 * 1024;

    @Override
    public Session connect(Remote remote, Purpose purpose, LineListener listener) throws IOException {
        Socket socket = remote.tls()
                ? ClientTls.context().getSocketFactory().createSocket(Remote.HOST, remote.port())
                : new Socket(remote.address().getAddress(), remote.port());
        socket.setTcpNoDelay(true);
        BufferedWriter writer =
                new BufferedWriter(new OutputStreamWriter(socket.getOutputStream(), UTF_8), BUFFER_CHARACTERS);
        if (purpose != Purpose.SENDING) {
            Thread reader = new Thread(() -> read(socket, purpose, listener, writer), "buffered-io");
            reader.setDaemon(true);
            reader.start();
        }
        return new Writing(socket, writer);
    }

    private static void read(Socket socket, Purpose purpose, LineListener listener, BufferedWriter writer) {
        try {
            if (purpose == Purpose.BYTES) {
                count(socket.getInputStream(), listener);
            } else {
                readLines(socket, listener, writer);
            }
        } catch (IOException over) {
            // the session was closed
        }
    }

    private static void readLines(Socket socket, LineListener listener, BufferedWriter writer) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            @Nullable String answer = listener.line(line);
            if (answer != null) {
                writer.write(answer);
                writer.write(LineText.END);
                writer.flush();
            }
        }
    }

    private static void count(InputStream in, LineListener listener) throws IOException {
        byte[] buffer = new byte[BUFFER_CHARACTERS];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            long lines = 0;
            for (int at = 0; at < count; at++) {
                if (buffer[at] == '\n') {
                    lines++;
                }
            }
            listener.lines(lines);
        }
    }

    private record Writing(Socket socket, BufferedWriter writer) implements Session {
        @Override
        public void send(String line) throws IOException {
            writer.write(line);
            writer.write(LineText.END);
        }

        @Override
        public void sendAlone(String line) throws IOException {
            send(line);
            writer.flush(); // not after each burst: it does that itself when it is full
        }

        @Override
        public void close() throws IOException {
            // The writer would wait for whoever is inside.
            socket.close();
        }
    }
}
