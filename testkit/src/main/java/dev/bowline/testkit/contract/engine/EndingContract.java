package dev.bowline.testkit.contract.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.spi.Link;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.Waiting;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** How a link ends, by whose doing, and what is known of the last write then. */
interface EndingContract {
    EngineBench bench();

    @Test
    default void b3_closeSendsFinAfterEverythingWritten() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        CompletableFuture<byte[]> all = Waiting.aside(peer::readToEnd);
        link.writeAndWait(Bytes.patternBuffer(2_000_000));
        link.run(Link::close);
        assertThat(link.awaitClosed()).isEmpty();
        assertThat(Waiting.await(all)).isEqualTo(Bytes.pattern(2_000_000));
    }

    @Test
    default void b4_abortIsSeenAsAReset() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        link.writeAndWait(Bytes.patternBuffer(100));
        peer.read(100);
        link.run(Link::abort);
        assertThat(link.awaitClosed()).isEmpty();
        assertThat(peer.countToEnd().byReset()).isTrue();
        assertThat(link.count("closed")).isOne();
    }

    @Test
    default void b4_abortDropsAWriteThatWaits() throws Exception {
        int size = 40_000_000;
        PeerServer server = bench().server(PeerServer.SMALL_WINDOW);
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        CompletableFuture<WriteEnd> end = link.write(Bytes.patternBuffer(size));
        link.run(Link::abort);
        assertThat(link.awaitClosed()).isEmpty();
        WriteEnd stopped = Waiting.await(end);
        assertThat(stopped.by()).isEqualTo("closed");
        Peer.InputEnd seen = peer.countToEnd();
        assertThat(seen.byReset()).isTrue();
        assertThat(seen.count()).isLessThanOrEqualTo(stopped.position());
    }

    /** What the system took before a plain close still reaches the peer: so it can be counted to the byte. */
    @RepeatedTest(5)
    default void f3_thePositionOfAWriteCutByCloseIsExact() throws Exception {
        int size = 40_000_000;
        PeerServer server = bench().server(PeerServer.SMALL_WINDOW);
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        int start = 12_345;
        CompletableFuture<WriteEnd> end = link.write(Bytes.patternBuffer(size).position(start));
        byte[] first = peer.read(1_234_567);
        link.run(Link::close);
        assertThat(link.awaitClosed()).isEmpty();
        WriteEnd stopped = Waiting.await(end);
        assertThat(stopped.by()).isEqualTo("closed");
        assertThat(stopped.position()).isLessThan(size);
        Peer.InputEnd rest = peer.countToEnd();
        assertThat(rest.byReset()).isFalse();
        assertThat(start + first.length + rest.count()).isEqualTo(stopped.position());
    }

    @RepeatedTest(5)
    default void f3_thePositionOfAWriteCutByThePeersResetIsBelievable() throws Exception {
        int size = 40_000_000;
        PeerServer server = bench().server(PeerServer.SMALL_WINDOW);
        ProbedLink link = bench().link();
        endWhenBothWaysAreOver(link);
        link.begin(bench().engine(), server.address()).awaitOpened();
        Peer peer = server.accept();
        CompletableFuture<WriteEnd> end = link.write(Bytes.patternBuffer(size));
        int taken = peer.read(3_000_000).length;
        peer.reset();
        link.awaitClosed();
        WriteEnd stopped = Waiting.await(end);
        assertThat(stopped.by()).isIn("outputFailed", "closed");
        assertThat(stopped.position()).isBetween(taken, size - 1);
    }

    @Test
    default void a6_thePeersResetClosesAnIdleLinkWithItsCause() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        server.accept().reset();
        assertThat(link.awaitClosed()).isPresent();
        assertThat(link.log()).containsExactly("opened", "closed");
    }

    @Test
    default void a3_whatThePeerSentBeforeItsResetComesFirst() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().link().whenOpened(l -> l.setReading(false));
        link.begin(bench().engine(), server.address()).awaitOpened();
        Peer peer = server.accept();
        peer.send(Bytes.pattern(20_000));
        peer.reset();
        link.run(l -> l.setReading(true));
        assertThat(link.awaitClosed()).isPresent();
        assertThat(link.receivedBytes()).isEqualTo(Bytes.pattern(20_000));
        assertThat(link.isInputEnded()).isFalse();
    }

    @RepeatedTest(5)
    default void a3_aFailedWriteLosesNoInputThatAlreadyArrived() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().link().whenOpened(l -> l.setReading(false));
        endWhenBothWaysAreOver(link);
        link.begin(bench().engine(), server.address()).awaitOpened();
        Peer peer = server.accept();
        peer.send(Bytes.pattern(40_000));
        peer.close();
        // The first bytes are answered with a reset; one of the next writes meets it.
        WriteEnd end = link.writeAndWait(Bytes.patternBuffer(10));
        while (end.by().equals("written")) {
            end = link.writeAndWait(Bytes.patternBuffer(10));
        }
        assertThat(end).isEqualTo(new WriteEnd("outputFailed", 0));
        link.awaitOutputFailed();
        link.run(l -> l.setReading(true));
        link.awaitClosed();
        assertThat(link.receivedBytes()).isEqualTo(Bytes.pattern(40_000));
    }

    @RepeatedTest(5)
    default void a3_aWriteThatFailsWhileWeReadLosesNoInputEither() throws Exception {
        PeerServer server = bench().server(PeerServer.SMALL_WINDOW);
        ProbedLink link = bench().link();
        endWhenBothWaysAreOver(link);
        link.begin(bench().engine(), server.address()).awaitOpened();
        Peer peer = server.accept();
        CompletableFuture<WriteEnd> end = link.write(Bytes.patternBuffer(40_000_000));
        peer.send(Bytes.pattern(40_000));
        // With our bytes unread, the peer's close is a reset.
        peer.close();
        link.awaitClosed();
        assertThat(Waiting.await(end).by()).isIn("outputFailed", "closed");
        assertThat(link.receivedBytes()).isEqualTo(Bytes.pattern(40_000));
    }

    @Test
    default void b4_closingAndAbortingAgainDoesNothingMore() throws Exception {
        PeerServer server = bench().server();
        for (int order = 0; order < 4; order++) {
            boolean first = order % 2 == 0;
            boolean second = order / 2 == 0;
            ProbedLink link = bench().open(server);
            link.run(l -> {
                end(l, first);
                end(l, second);
            });
            assertThat(link.awaitClosed()).isEmpty();
            link.run(l -> {
                end(l, first);
                end(l, second);
            });
            assertThat(link.count("closed")).isOne();
        }
    }

    @Test
    default void a4_whatIsAskedOfALinkThatIsGoneDoesNothing() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        link.run(Link::abort);
        link.awaitClosed();
        int reports =
                (int) link.log().stream().filter(call -> !call.equals("task")).count();
        link.run(l -> {
            l.setReading(false);
            l.setReading(true);
            l.shutdownOutput();
            l.write(Bytes.patternBuffer(10));
            l.close();
            l.abort();
        });
        link.run(l -> {});
        assertThat(link.log().stream().filter(call -> !call.equals("task"))).hasSize(reports);
    }

    @Test
    default void a4_closedNeverComesInsideTheCallThatAskedForIt() throws Exception {
        // From every callback there is; the probe notes a closed that comes too early.
        PeerServer server = bench().server();
        ProbedLink inOpened = bench().link().whenOpened(Link::close);
        inOpened.begin(bench().engine(), server.address()).awaitClosed();
        server.accept();

        ProbedLink inReceived = bench().link();
        inReceived.whenReceived(bytes -> inReceived.link().abort());
        inReceived.begin(bench().engine(), server.address()).awaitOpened();
        server.accept().send(new byte[1]);
        assertThat(inReceived.awaitClosed()).isEmpty();

        ProbedLink inWritten = bench().link();
        inWritten.whenWritten(() -> inWritten.link().abort());
        inWritten.begin(bench().engine(), server.address()).awaitOpened();
        server.accept();
        inWritten.writeAndWait(Bytes.patternBuffer(10));
        assertThat(inWritten.awaitClosed()).isEmpty();

        ProbedLink inInputEnded = bench().link();
        inInputEnded.whenInputEnded(() -> inInputEnded.link().close());
        inInputEnded.begin(bench().engine(), server.address()).awaitOpened();
        server.accept().close();
        assertThat(inInputEnded.awaitClosed()).isEmpty();
    }

    @Test
    default void c3_nothingIsReceivedAfterCloseOrAbort() throws Exception {
        PeerServer server = bench().server();
        for (boolean byClose : new boolean[] {true, false}) {
            AtomicInteger chunks = new AtomicInteger();
            ProbedLink link = bench().link().whenOpened(l -> l.setReading(false));
            link.whenReceived(bytes -> {
                chunks.incrementAndGet();
                end(link.link(), byClose);
            });
            link.begin(bench().engine(), server.address()).awaitOpened();
            // More than one chunk waits then, whatever the network has room for.
            server.accept().flood(Bytes.pattern(200_000)).awaitFull(256L << 20);
            link.run(l -> l.setReading(true));
            assertThat(link.awaitClosed()).isEmpty();
            assertThat(chunks).hasValue(1);
        }
    }

    @Test
    default void a4_closedComesInNoCallOfTheLinkAtAllWhenThePeerResets() throws Exception {
        PeerServer server = bench().server();
        for (int i = 0; i < 20; i++) {
            ProbedLink link = bench().link();
            endWhenBothWaysAreOver(link);
            // Writes on and on, so that the reset meets a write as often as a read.
            link.whenWritten(() -> link.post(() -> link.link().write(ByteBuffer.allocate(100))));
            link.begin(bench().engine(), server.address()).awaitOpened();
            link.run(l -> l.write(ByteBuffer.allocate(100)));
            server.accept().reset();
            link.awaitClosed();
        }
    }

    private static void end(Link link, boolean byClose) {
        if (byClose) {
            link.close();
        } else {
            link.abort();
        }
    }

    /** As core does it: when the output has failed, input is read to its end, then the link is ended. */
    private static void endWhenBothWaysAreOver(ProbedLink link) {
        boolean[] over = new boolean[2];
        link.whenOutputFailed(cause -> {
            over[0] = true;
            if (over[1]) {
                link.link().abort();
            }
        });
        link.whenInputEnded(() -> {
            over[1] = true;
            if (over[0]) {
                link.link().abort();
            }
        });
    }
}
