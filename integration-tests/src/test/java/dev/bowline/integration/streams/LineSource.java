package dev.bowline.integration.streams;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that sends its one caller so many numbered lines, and ends in good order. */
final class LineSource implements AutoCloseable {
    private final ServerSocket server;

    /** @param lines more than anybody takes are not sent: the caller's end breaks it off */
    LineSource(long lines) throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread sender = new Thread(() -> serve(lines), "line-source");
        sender.setDaemon(true);
        sender.start();
    }

    String endpoint() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private void serve(long lines) {
        try (Socket caller = server.accept()) {
            OutputStream out = new BufferedOutputStream(caller.getOutputStream());
            for (long line = 0; line < lines; line++) {
                out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            out.flush();
            caller.shutdownOutput();
            caller.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // The caller has had enough, or the test has.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
