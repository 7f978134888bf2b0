package dev.bowline.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final ManualClock clock = new ManualClock();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private ServerSocket server;
    private FaultProxy proxy;

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

    private <T extends AutoCloseable> T keep(T resource) {
        opened.push(resource);
        return resource;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(proxy.address().getAddress(), proxy.address().getPort());
        return patient(socket);
    }

    private Socket accept() throws IOException {
        return patient(server.accept());
    }

    private Socket patient(Socket socket) throws IOException {
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        return keep(socket);
    }

    /** What would block, on a thread of its own. */
    private static <T> Future<T> background(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "test of the proxy");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static String read(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), UTF_8);
    }

    private static String readToEnd(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    private static void assertReset(Socket socket) {
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> socket.getInputStream().readAllBytes())
                .withMessageContaining("reset");
    }

    @Test
    void withoutFaultsBytesPassBothWays() throws Exception {
        Socket client = connect();
        Socket peer = accept();
        send(client, "hello");
        assertThat(read(peer, 5)).isEqualTo("hello");
        send(peer, "hi");
        assertThat(read(client, 2)).isEqualTo("hi");
        assertThat(proxy.endpoint()).hasToString("127.0.0.1:" + client.getPort());
    }

    @Test
    void megabytesPassUnchangedThroughABoundedBuffer() throws Exception {
        Socket client = connect();
        Socket peer = accept();
        byte[] bytes = new byte[8 << 20];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((i * 0x9E3779B1) >>> 24);
        }
        Future<byte[]> back = background(() -> client.getInputStream().readNBytes(bytes.length));
        Future<Long> echo = background(() -> peer.getInputStream().transferTo(peer.getOutputStream()));
        client.getOutputStream().write(bytes);
        client.shutdownOutput();
        assertThat(back.get(60, TimeUnit.SECONDS)).isEqualTo(bytes);
        assertThat(echo.get(60, TimeUnit.SECONDS)).isEqualTo(bytes.length);
        assertThat(proxy.toServer().received()).isEqualTo(bytes.length);
        assertThat(proxy.toServer().forwarded()).isEqualTo(bytes.length);
        assertThat(proxy.toClient().forwarded()).isEqualTo(bytes.length);
    }

    @Test
    void aHalfCloseIsForwardedAndTheOtherDirectionGoesOn() throws Exception {
        Socket client = connect();
        Socket peer = accept();
        send(client, "last");
        client.shutdownOutput();
        assertThat(readToEnd(peer)).isEqualTo("last");
        send(peer, "answer");
        assertThat(read(client, 6)).isEqualTo("answer");
        peer.close();
        assertThat(readToEnd(client)).isEmpty();
        proxy.awaitOpen(0);
    }

    @Test
    void aResetOfTheClientReachesTheServer() throws Exception {
        Socket client = connect();
        Socket peer = accept();
        client.setSoLinger(true, 0);
        client.close();
        assertReset(peer);
        proxy.awaitOpen(0);
    }

    @Test
    void aResetOfTheServerReachesTheClient() throws Exception {
        Socket client = connect();
        Socket peer = accept();
        peer.setSoLinger(true, 0);
        peer.close();
        assertReset(client);
    }

    @Test
    void aServerThatRefusesMakesTheProxyResetTheClient() throws Exception {
        server.close();
        assertReset(connect());
        proxy.awaitOpen(0);
        assertThat(proxy.accepted()).isEqualTo(1);
    }

    @Test
    void aStallHoldsOneDirectionUntilItIsReleased() throws Exception {
        Socket client = connect();
        Socket peer = accept();
        proxy.toServer().stall();
        send(client, "held");
        client.shutdownOutput();
        send(peer, "free");
        assertThat(read(client, 4)).isEqualTo("free");
        assertThat(proxy.toServer().received()).isZero();
        assertThat(peer.getInputStream().available()).isZero();
        proxy.toServer().release();
        assertThat(readToEnd(peer)).isEqualTo("held");
    }

    @Test
    void aStallIsForConnectionsToCome() throws Exception {
        proxy.toClient().stall();
        Socket client = connect();
        Socket peer = accept();
        send(peer, "held");
        send(client, "free");
        assertThat(read(peer, 4)).isEqualTo("free");
        assertThat(client.getInputStream().available()).isZero();
        proxy.toClient().release();
        assertThat(read(client, 4)).isEqualTo("held");
    }

    @Test
    void whatIsDroppedNeverArrivesAndTheEndDoes() throws Exception {
        Socket client = connect();
        Socket peer = accept();
        send(client, "a");
        assertThat(read(peer, 1)).isEqualTo("a");
        proxy.toServer().drop();
        send(client, "lost");
        proxy.toServer().awaitReceived(5);
        proxy.toServer().release();
        send(client, "z");
        client.shutdownOutput();
        assertThat(readToEnd(peer)).isEqualTo("z");
        assertThat(proxy.toServer().forwarded()).isEqualTo(2);
    }

    @Test
    void aDelayedChunkLeavesWhenItsTimeHasCome() throws Exception {
        Socket client = connect();
        Socket peer = accept();
        proxy.toServer().delay(Duration.ofSeconds(60));
        send(client, "late");
        clock.awaitTimer(Duration.ofSeconds(60));
        clock.advance(Duration.ofSeconds(59));
        proxy.toServer().delay(Duration.ZERO);
        send(client, "r");
        proxy.toServer().awaitReceived(5);
        assertThat(proxy.toServer().forwarded()).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(read(peer, 5)).isEqualTo("later");
    }

    @Test
    void theEndIsDelayedToo() throws Exception {
        Socket client = connect();
        Socket peer = accept();
        proxy.toClient().delay(Duration.ofSeconds(1));
        peer.shutdownOutput();
        clock.awaitTimer(Duration.ofSeconds(1));
        assertThat(client.getInputStream().available()).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(readToEnd(client)).isEmpty();
    }

    @Test
    void aDelayedDirectionHoldsABoundedNumberOfBytes() throws Exception {
        Socket client = connect();
        Socket peer = accept();
        proxy.toServer().delay(Duration.ofSeconds(1));
        byte[] bytes = new byte[200_000];
        Future<Boolean> sent = background(() -> {
            client.getOutputStream().write(bytes);
            return true;
        });
        proxy.toServer().awaitReceived(64 * 1024);
        assertThat(proxy.toServer().received()).isEqualTo(64 * 1024);
        proxy.toServer().heal();
        clock.advance(Duration.ofSeconds(1));
        assertThat(peer.getInputStream().readNBytes(bytes.length)).hasSize(bytes.length);
        assertThat(sent.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theSystemsClockDelaysWhereNoOtherIsGiven() throws Exception {
        try (FaultProxy real = FaultProxy.to((InetSocketAddress) server.getLocalSocketAddress())) {
            real.toServer().delay(Duration.ofMillis(20));
            Socket client = patient(
                    new Socket(real.address().getAddress(), real.address().getPort()));
            Socket peer = accept();
            long begun = System.nanoTime();
            send(client, "x");
            assertThat(read(peer, 1)).isEqualTo("x");
            assertThat(System.nanoTime() - begun)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void eachSegmentIsWrittenAlone() throws Exception {
        Socket client = connect();
        Socket peer = accept();
        proxy.toServer().segments(1);
        proxy.toServer().stall();
        send(client, "abc".repeat(1_000));
        client.shutdownOutput();
        proxy.toServer().release();
        assertThat(readToEnd(peer)).isEqualTo("abc".repeat(1_000));
        assertThat(proxy.toServer().writes.get()).isEqualTo(3_000);
    }

    @Test
    void aCutWithFinForwardsExactlySoManyBytes() throws Exception {
        proxy.toServer().shutdownAfter(3);
        Socket client = connect();
        Socket peer = accept();
        send(client, "abcdef");
        assertThat(readToEnd(peer)).isEqualTo("abc");
        send(client, "forgotten");
        proxy.toServer().awaitReceived(15);
        assertThat(proxy.toServer().forwarded()).isEqualTo(3);
        send(peer, "answer");
        assertThat(read(client, 6)).isEqualTo("answer");
    }

    @Test
    void aCutWithResetForwardsSoManyBytesAndResetsBothSides() throws Exception {
        proxy.toClient().resetAfter(2);
        Socket client = connect();
        Socket peer = accept();
        send(peer, "abcd");
        assertReset(client);
        assertReset(peer);
        assertThat(proxy.toClient().forwarded()).isEqualTo(2);
    }

    @Test
    void aCutIsForEachConnectionAloneAndAtOnceWhereItIsPassed() throws Exception {
        Socket first = connect();
        Socket firstPeer = accept();
        send(first, "12345");
        assertThat(read(firstPeer, 5)).isEqualTo("12345");
        Socket second = connect();
        Socket secondPeer = accept();
        proxy.toServer().shutdownAfter(4);
        assertThat(readToEnd(firstPeer)).isEmpty();
        send(second, "12345");
        assertThat(readToEnd(secondPeer)).isEqualTo("1234");
        proxy.toServer().heal();
        Socket third = connect();
        Socket thirdPeer = accept();
        send(third, "12345");
        assertThat(read(thirdPeer, 5)).isEqualTo("12345");
    }

    @Test
    void anInducedHalfCloseEndsOneDirection() throws Exception {
        Socket client = connect();
        Socket peer = accept();
        proxy.toClient().shutdownOutput();
        assertThat(readToEnd(client)).isEmpty();
        send(client, "still here");
        assertThat(read(peer, 10)).isEqualTo("still here");
        send(peer, "forgotten");
        proxy.toClient().awaitReceived(9);
        assertThat(proxy.toClient().forwarded()).isZero();
        assertThat(proxy.open()).isEqualTo(1);
    }

    @Test
    void resetResetsAllThatIsOpen() throws Exception {
        List<Socket> all = List.of(connect(), accept(), connect(), accept());
        proxy.reset();
        all.forEach(FaultProxyTest::assertReset);
        assertThat(proxy.open()).isZero();
        Socket another = connect();
        send(another, "x");
        assertThat(read(accept(), 1)).isEqualTo("x");
    }

    @Test
    void whileHeldConnectionsWaitAndArePutThroughThen() throws Exception {
        proxy.hold();
        Socket client = connect();
        send(client, "early");
        proxy.toServer().stall();
        assertThat(proxy.accepted()).isZero();
        proxy.restart();
        proxy.awaitAccepted(1);
        proxy.toServer().release();
        assertThat(read(accept(), 5)).isEqualTo("early");
    }

    @Test
    void whileItRefusesOpenConnectionsLiveOn() throws Exception {
        Socket client = connect();
        Socket peer = accept();
        proxy.refuse();
        assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
        send(client, "x");
        assertThat(read(peer, 1)).isEqualTo("x");
        proxy.restart();
        connect();
        accept();
        assertThat(proxy.open()).isEqualTo(2);
    }

    @Test
    void afterAKillItComesBackOnTheSamePort() throws Exception {
        for (int i = 0; i < 5; i++) {
            Socket client = connect();
            Socket peer = accept();
            int port = client.getPort();
            proxy.kill();
            assertReset(client);
            assertReset(peer);
            assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
            proxy.restart();
            assertThat(proxy.address().getPort()).isEqualTo(port);
        }
        Socket client = connect();
        send(client, "x");
        assertThat(read(accept(), 1)).isEqualTo("x");
    }

    @Test
    void twoHundredConnectionsNeedOneThread() throws Exception {
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            clients.add(connect());
            Socket peer = accept();
            send(peer, "n" + i);
        }
        for (int i = 0; i < 200; i++) {
            assertThat(read(clients.get(i), ("n" + i).length())).isEqualTo("n" + i);
        }
        assertThat(proxy.open()).isEqualTo(200);
        assertThat(threads()).isEqualTo(1);
    }

    @Test
    void closeLeavesNoThreadAndNoDescriptor() throws Exception {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "only Linux tells");
        connect();
        accept();
        proxy.close();
        long before = descriptors();
        for (int i = 0; i < 20; i++) {
            FaultProxy another = FaultProxy.to((InetSocketAddress) server.getLocalSocketAddress());
            try (Socket client = new Socket(
                            another.address().getAddress(), another.address().getPort());
                    Socket peer = server.accept()) {
                another.toServer().delay(Duration.ofMillis(1));
                send(client, "x");
                assertThat(read(peer, 1)).isEqualTo("x");
                if (i % 2 == 0) {
                    another.refuse();
                }
                another.close();
                assertReset(client);
            }
        }
        assertThat(descriptors()).isEqualTo(before);
        assertThat(threads()).isZero();
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.count();
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("fault-proxy"))
                .count();
    }

    @Test
    void aClosedProxyRefusesCommands() {
        proxy.close();
        proxy.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> proxy.toServer().stall())
                .withMessage("the proxy is closed");
    }

    @Test
    void argumentsThatMeanNothingAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.toServer().segments(0));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.toServer().shutdownAfter(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.toServer().delay(Duration.ofNanos(-1)));
    }
}
