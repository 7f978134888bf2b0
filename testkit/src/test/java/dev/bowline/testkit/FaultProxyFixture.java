package dev.bowline.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server, a proxy before it whose time stands still, and what a test asks of both ends. */
abstract class FaultProxyFixture {
    final ManualClock clock = new ManualClock();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    ServerSocket server;
    FaultProxy proxy;

    @BeforeEach
    void openProxy() throws IOException {
        server = keep(new ServerSocket(0, 500, InetAddress.getLoopbackAddress()));
        server.setSoTimeout(30_000);
        proxy = keep(FaultProxy.to(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), clock));
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    <T extends AutoCloseable> T keep(T resource) {
        opened.push(resource);
        return resource;
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(proxy.address().getAddress(), proxy.address().getPort());
        return patient(socket);
    }

    Socket accept() throws IOException {
        return patient(server.accept());
    }

    Socket patient(Socket socket) throws IOException {
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        return keep(socket);
    }

    /** What would block, on a thread of its own. */
    static <T> Future<T> background(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "test of the proxy");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    static String read(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), UTF_8);
    }

    static String readToEnd(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    static void assertReset(Socket socket) {
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> socket.getInputStream().readAllBytes())
                .withMessageContaining("reset");
    }
}
