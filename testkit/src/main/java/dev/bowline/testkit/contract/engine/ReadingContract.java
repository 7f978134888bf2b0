package dev.bowline.testkit.contract.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.spi.Link;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.Flood;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.Waiting;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What arrives, in which order, and when not. */
interface ReadingContract {
    EngineBench bench();

    @Test
    default void c1_bytesArriveInOrderAndWhole() throws Exception {
        byte[] sent = Bytes.pattern(8_000_000);
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        peer.send(sent);
        peer.close();
        link.awaitInputEnded();
        assertThat(link.receivedBytes()).isEqualTo(sent);
    }

    @Test
    default void c1_oneByteArrivesByItself() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        for (int i = 1; i <= 100; i++) {
            peer.send(new byte[] {(byte) i});
            assertThat(link.awaitReceived(i)).hasSize(i).endsWith((byte) i);
        }
    }

    @Test
    default void c1_whatThePeerSentBeforeWeWereOpenedArrives() throws Exception {
        byte[] greeting = Bytes.pattern(500);
        PeerServer server = bench().server();
        CompletableFuture<Peer> peer = Waiting.aside(() -> {
            Peer accepted = server.accept();
            accepted.send(greeting);
            accepted.shutdownOutput();
            return accepted;
        });
        ProbedLink link = bench().open(server);
        Waiting.await(peer);
        link.awaitInputEnded();
        assertThat(link.receivedBytes()).isEqualTo(greeting);
    }

    @Test
    default void c1_aClientThatNeverWritesLearnsOfThePeersEnd() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        server.accept().close();
        link.awaitInputEnded();
        assertThat(link.log()).containsExactly("opened", "inputEnded");
    }

    @Test
    default void c1_aClientWhoseWriteWaitsLearnsOfThePeersEnd() throws Exception {
        PeerServer server = bench().server(PeerServer.SMALL_WINDOW);
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        link.run(l -> l.write(Bytes.patternBuffer(40_000_000)));
        peer.send(Bytes.pattern(1_000));
        peer.shutdownOutput();
        link.awaitInputEnded();
        assertThat(link.receivedBytes()).isEqualTo(Bytes.pattern(1_000));
    }

    /** A chunk under way when reading stops may still come, so the bound is not zero. */
    @Test
    default void c2_readingStoppedHoldsThePeerBackAndResumedLosesNothing() throws Exception {
        byte[] piece = Bytes.pattern(1 << 20);
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        link.run(l -> l.setReading(false));
        int before = link.receivedCount();
        Flood flood = peer.flood(piece).awaitFull(256L << 20);
        assertThat(link.receivedCount() - before).isLessThanOrEqualTo(2 * LinkRules.LARGEST_CHUNK);

        link.run(l -> l.setReading(true));
        long sent = flood.awaitEnd();
        peer.shutdownOutput();
        link.awaitInputEnded();
        byte[] received = link.receivedBytes();
        assertThat((long) received.length).isEqualTo(sent);
        for (int at = 0; at < received.length; at += piece.length) {
            assertThat(Arrays.mismatch(received, at, at + piece.length, piece, 0, piece.length))
                    .isEqualTo(-1);
        }
    }

    @Test
    default void c2_readingStoppedInsideReceivedTakesEffectThere() throws Exception {
        AtomicInteger chunks = new AtomicInteger();
        PeerServer server = bench().server();
        ProbedLink link = bench().link();
        link.whenReceived(bytes -> {
            if (chunks.incrementAndGet() == 1) {
                link.link().setReading(false);
            }
        });
        link.begin(bench().engine(), server.address()).awaitOpened();
        Peer peer = server.accept();
        Flood flood = peer.flood(Bytes.pattern(1 << 20)).awaitFull(256L << 20);
        int seen = link.call(l -> chunks.get());
        assertThat(seen).isBetween(1, 2);

        link.run(l -> l.setReading(true));
        long sent = flood.awaitEnd();
        peer.shutdownOutput();
        link.awaitInputEnded();
        assertThat((long) link.receivedCount()).isEqualTo(sent);
    }

    @Test
    default void c2_dataAndThePeersEndWaitUntilReadingGoesOn() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().link().whenOpened(l -> l.setReading(false));
        link.begin(bench().engine(), server.address()).awaitOpened();
        Peer peer = server.accept();
        peer.send(Bytes.pattern(30_000));
        peer.close();
        link.run(l -> l.setReading(true));
        link.awaitInputEnded();
        assertThat(link.receivedBytes()).isEqualTo(Bytes.pattern(30_000));
    }

    @Test
    default void c2_settingReadingToWhatItIsDoesNothing() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        link.run(l -> {
            l.setReading(true);
            l.setReading(true);
            l.setReading(false);
            l.setReading(false);
            l.setReading(true);
        });
        peer.send(Bytes.pattern(1_000));
        peer.shutdownOutput();
        link.awaitInputEnded();
        link.run(l -> l.setReading(true));
        assertThat(link.receivedBytes()).isEqualTo(Bytes.pattern(1_000));
        link.run(Link::close);
        link.awaitClosed();
        assertThat(link.count("inputEnded")).isOne();
    }

    @Test
    default void c1_manyLinksArriveAtTheSameTime() throws Exception {
        PeerServer server = bench().server();
        ProbedLink busy = bench().open(server);
        Peer flood = server.accept();
        CompletableFuture<Long> flooding = Waiting.aside(() -> {
            long sent = 0;
            byte[] piece = Bytes.pattern(1 << 20);
            for (int i = 0; i < 32; i++) {
                flood.send(piece);
                sent += piece.length;
            }
            return sent;
        });
        ProbedLink quiet = bench().open(server);
        Peer peer = server.accept();
        for (int i = 1; i <= 20; i++) {
            peer.send(new byte[] {(byte) i});
            quiet.awaitReceived(i);
        }
        long sent = Waiting.await(flooding);
        assertThat(busy.awaitReceived((int) sent)).hasSize((int) sent);
    }
}
