package dev.bowline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FaultProxyTest extends FaultProxyFixture {
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
    void anInducedHalfCloseHoldsForAConnectionToWhichTheServerHasNotAnsweredYet() throws Exception {
        ServerSocket full = keep(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < 8; i++) {
            SocketChannel filler = keep(SocketChannel.open());
            filler.configureBlocking(false);
            filler.connect(full.getLocalSocketAddress());
        }
        FaultProxy waiting = keep(FaultProxy.to((InetSocketAddress) full.getLocalSocketAddress(), clock));
        Socket client = patient(
                new Socket(waiting.address().getAddress(), waiting.address().getPort()));
        waiting.awaitAccepted(1);
        waiting.toClient().shutdownOutput();
        waiting.toServer().shutdownOutput();
        assertThat(readToEnd(client)).isEmpty();
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Future<?> accepting = background(() -> {
            while (true) {
                Socket each = full.accept();
                var unused =
                        background(() -> ended.complete(each.getInputStream().read()));
            }
        });
        assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
        assertThat(accepting).isNotDone();
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
}
