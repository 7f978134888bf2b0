package dev.bowline.integration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.spi.Link;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What arrives, in which order, and when not. */
interface ReadingContract {
    EngineBench bench();

    @Test
    default void bytesArriveInOrderAndWhole() throws Exception {
        byte[] sent = EngineBench.pattern(8_000_000);
        ServerSocket server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = bench().accept(server);
        peer.send(sent);
        peer.close();
        link.awaitInputEnded();
        assertThat(link.receivedBytes()).isEqualTo(sent);
    }

    @Test
    default void oneByteArrivesByItself() throws Exception {
        ServerSocket server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = bench().accept(server);
        for (int i = 1; i <= 100; i++) {
            peer.send(new byte[] {(byte) i});
            assertThat(link.awaitReceived(i)).hasSize(i).endsWith((byte) i);
        }
    }

    @Test
    default void whatThePeerSentBeforeWeWereOpenedArrives() throws Exception {
        byte[] greeting = EngineBench.pattern(500);
        ServerSocket server = bench().server();
        CompletableFuture<Peer> peer = EngineBench.aside(() -> {
            Peer accepted = bench().accept(server);
            accepted.send(greeting);
            accepted.shutdownOutput();
            return accepted;
        });
        ProbedLink link = bench().open(server);
        ProbedLink.await(peer);
        link.awaitInputEnded();
        assertThat(link.receivedBytes()).isEqualTo(greeting);
    }

    @Test
    default void c1_aClientThatNeverWritesLearnsOfThePeersEnd() throws Exception {
        ServerSocket server = bench().server();
        ProbedLink link = bench().open(server);
        bench().accept(server).close();
        link.awaitInputEnded();
        assertThat(link.log()).containsExactly("opened", "inputEnded");
    }

    @Test
    default void c1_aClientWhoseWriteWaitsLearnsOfThePeersEnd() throws Exception {
        ServerSocket server = bench().server(EngineBench.SMALL_WINDOW);
        ProbedLink link = bench().open(server);
        Peer peer = bench().accept(server);
        link.run(l -> l.write(EngineBench.patternBuffer(40_000_000)));
        peer.send(EngineBench.pattern(1_000));
        peer.shutdownOutput();
        link.awaitInputEnded();
        assertThat(link.receivedBytes()).isEqualTo(EngineBench.pattern(1_000));
    }

    /** A chunk under way when reading stops may still come, so the bound is not zero. */
    @Test
    default void c2_readingStoppedHoldsThePeerBackAndResumedLosesNothing() throws Exception {
        byte[] piece = EngineBench.pattern(1 << 20);
        try (ServerSocketChannel server = bench().keep(ServerSocketChannel.open())) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ProbedLink link = bench().begin(server.getLocalAddress()).awaitOpened();
            SocketChannel peer = bench().keep(server.accept());
            peer.configureBlocking(false);
            link.run(l -> l.setReading(false));
            int before = link.receivedCount();
            long sent = sendUntilItStalls(peer, piece, 256L << 20);
            assertThat(sent).as("bytes that went out although nobody reads").isLessThan(256L << 20);
            assertThat(link.receivedCount() - before).isLessThanOrEqualTo(2 * ProbedLink.LARGEST_CHUNK);

            peer.shutdownOutput();
            link.run(l -> l.setReading(true));
            link.awaitInputEnded();
            byte[] received = link.receivedBytes();
            assertThat((long) received.length).isEqualTo(sent);
            for (int at = 0; at < received.length; at += piece.length) {
                int length = Math.min(piece.length, received.length - at);
                assertThat(Arrays.mismatch(received, at, at + length, piece, 0, length))
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    default void c2_readingStoppedInsideReceivedTakesEffectThere() throws Exception {
        AtomicInteger chunks = new AtomicInteger();
        try (ServerSocketChannel server = bench().keep(ServerSocketChannel.open())) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ProbedLink link = bench().link();
            link.whenReceived(bytes -> {
                if (chunks.incrementAndGet() == 1) {
                    link.link().setReading(false);
                }
            });
            link.begin(bench().engine(), server.getLocalAddress()).awaitOpened();
            SocketChannel peer = bench().keep(server.accept());
            peer.configureBlocking(false);
            long sent = sendUntilItStalls(peer, EngineBench.pattern(1 << 20), 4 << 20);
            peer.shutdownOutput();
            int seen = link.call(l -> chunks.get());
            assertThat(seen).isBetween(1, 2);

            link.run(l -> l.setReading(true));
            link.awaitInputEnded();
            assertThat((long) link.receivedCount()).isEqualTo(sent);
        }
    }

    @Test
    default void c2_dataAndThePeersEndWaitUntilReadingGoesOn() throws Exception {
        ServerSocket server = bench().server();
        ProbedLink link = bench().link().whenOpened(l -> l.setReading(false));
        link.begin(bench().engine(), server.getLocalSocketAddress()).awaitOpened();
        Peer peer = bench().accept(server);
        peer.send(EngineBench.pattern(30_000));
        peer.close();
        link.run(l -> l.setReading(true));
        link.awaitInputEnded();
        assertThat(link.receivedBytes()).isEqualTo(EngineBench.pattern(30_000));
    }

    @Test
    default void settingReadingToWhatItIsDoesNothing() throws Exception {
        ServerSocket server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = bench().accept(server);
        link.run(l -> {
            l.setReading(true);
            l.setReading(true);
            l.setReading(false);
            l.setReading(false);
            l.setReading(true);
        });
        peer.send(EngineBench.pattern(1_000));
        peer.shutdownOutput();
        link.awaitInputEnded();
        link.run(l -> l.setReading(true));
        assertThat(link.receivedBytes()).isEqualTo(EngineBench.pattern(1_000));
        link.run(Link::close);
        link.awaitClosed();
        assertThat(link.log().stream().filter("inputEnded"::equals)).hasSize(1);
    }

    @Test
    default void manyLinksArriveAtTheSameTime() throws Exception {
        ServerSocket server = bench().server();
        ProbedLink busy = bench().open(server);
        Peer flood = bench().accept(server);
        CompletableFuture<Long> flooding = EngineBench.aside(() -> {
            long sent = 0;
            byte[] piece = EngineBench.pattern(1 << 20);
            for (int i = 0; i < 32; i++) {
                flood.send(piece);
                sent += piece.length;
            }
            return sent;
        });
        ProbedLink quiet = bench().open(server);
        Peer peer = bench().accept(server);
        for (int i = 1; i <= 20; i++) {
            peer.send(new byte[] {(byte) i});
            quiet.awaitReceived(i);
        }
        long sent = ProbedLink.await(flooding);
        assertThat(busy.awaitReceived((int) sent)).hasSize((int) sent);
    }

    /** Sends over and over until nothing has moved for a while, or the bound is reached. */
    private static long sendUntilItStalls(SocketChannel peer, byte[] piece, long bound) throws Exception {
        long sent = 0;
        ByteBuffer buffer = ByteBuffer.wrap(piece);
        try (Selector selector = Selector.open()) {
            peer.register(selector, SelectionKey.OP_WRITE);
            while (sent < bound) {
                sent += peer.write(buffer);
                if (buffer.hasRemaining() && selector.select(key -> {}, 300) == 0) {
                    return sent;
                }
                if (!buffer.hasRemaining()) {
                    buffer.clear();
                }
            }
            return sent;
        }
    }
}
