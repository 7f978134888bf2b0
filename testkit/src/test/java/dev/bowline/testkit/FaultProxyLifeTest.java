package dev.bowline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bowline.testkit.contract.support.Waiting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holding, refusing, going and coming back, and the end of the proxy itself. */
class FaultProxyLifeTest extends FaultProxyFixture {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

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
    void whoeverStillHasThePortForAMomentIsWaitedFor() throws Exception {
        proxy.refuse();
        try (ServerSocket other = new ServerSocket()) {
            other.setReuseAddress(true);
            other.bind(proxy.address());
            FutureTask<Integer> restart = new FutureTask<>(proxy::restart, 0);
            Thread thread = new Thread(restart, "test of the proxy");
            thread.start();
            Waiting.untilBlocked(thread);
            other.close();
            Waiting.await(restart);
        }
        send(connect(), "x");
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
        // Fewer if something of another test was let go meanwhile; twenty proxies that leak are twenty more.
        assertThat(descriptors()).isLessThanOrEqualTo(before);
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
