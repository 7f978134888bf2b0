package hello;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Runs README's client, which is {@code Main}, against a server that sends back what it gets. */
final class Run {
    private Run() {}

    public static void main(String[] args) throws Exception {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Thread echo = new Thread(() -> echo(server), "echo");
        echo.setDaemon(true);
        echo.start();
        Main.main(new String[] {"127.0.0.1:" + server.getLocalPort()});
    }

    private static void echo(ServerSocket server) {
        try (Socket peer = server.accept()) {
            peer.getInputStream().transferTo(peer.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
