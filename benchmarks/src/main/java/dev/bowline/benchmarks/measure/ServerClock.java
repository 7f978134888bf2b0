package dev.bowline.benchmarks.measure;

import dev.bowline.benchmarks.server.Service;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Asks the server what it has read so far, and when by its own clock: no answer under way can falsify a rate. */
final class ServerClock implements AutoCloseable {
    /** Bytes that were read on all sinks by a moment of the server's {@code nanoTime}. */
    record Reading(long bytes, long nanos) {
        double bytesPerSecondSince(Reading before) {
            return (bytes - before.bytes) * 1e9 / (nanos - before.nanos);
        }
    }

    private final Socket socket;
    private final DataInputStream in;

    ServerClock(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    Reading read() throws IOException {
        return ask((byte) '?');
    }

    /** Has the server send to all connections of its crowd, or stop. */
    void flood(boolean on) throws IOException {
        ask(on ? Service.FLOOD_CROWD : Service.CALM_CROWD);
    }

    private Reading ask(byte question) throws IOException {
        socket.getOutputStream().write(question);
        return new Reading(in.readLong(), in.readLong());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
