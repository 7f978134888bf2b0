package dev.bowline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.spi.Link;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the SPI says of a link's end, and of its engine's. */
class MemoryEndingTest {
    private final MemoryBench bench = new MemoryBench();
    private final MemoryProbe probe = new MemoryProbe();

    private MemoryPeer connect() {
        bench.open(probe);
        return bench.server.accept();
    }

    @Test
    void b3_closeSendsFinAfterEverythingWritten() {
        MemoryPeer peer = connect();
        bench.write(probe, ByteBuffer.wrap(MemoryBench.pattern(200_000)));
        bench.run(probe, Link::close);
        assertThat(probe.log()).containsExactly("opened", "written", "closed");
        assertThat(probe.cause()).isNull();
        assertThat(peer.read(1_000_000)).isEqualTo(MemoryBench.pattern(200_000));
        assertThat(peer.hasEnded()).isTrue();
        assertThat(peer.wasReset()).isFalse();
    }

    @Test
    void thePositionOfAWriteCutByCloseIsExact() {
        bench.server.pipeCapacity(100).peersRead(false);
        MemoryPeer peer = connect();
        ByteBuffer data = ByteBuffer.wrap(MemoryBench.pattern(1_000));
        bench.write(probe, data);
        assertThat(peer.read(60)).hasSize(60);
        bench.steps.run();
        bench.run(probe, Link::close);
        assertThat(data.position()).isEqualTo(160);
        assertThat(peer.read(1_000)).hasSize(100);
        assertThat(peer.hasEnded()).isTrue();
        assertThat(data.position()).isEqualTo(160);
    }

    @Test
    void b4_abortIsSeenAsAResetAndDropsAWriteThatWaits() {
        bench.server.pipeCapacity(10);
        MemoryPeer peer = connect();
        ByteBuffer data = ByteBuffer.allocate(25);
        bench.steps.execute(() -> probe.write(data));
        bench.begin(probe, Link::abort);
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened", "closed");
        assertThat(probe.cause()).isNull();
        assertThat(data.position()).isEqualTo(10);
        assertThat(peer.wasReset()).isTrue();
        assertThat(peer.hasEnded()).isFalse();
        assertThat(peer.received()).hasSize(10);
    }

    @Test
    void b4_closingAndAbortingAgainDoesNothingMore() {
        List<List<Consumer>> orders = List.of(
                List.of(Link::close, Link::abort), List.of(Link::abort, Link::close),
                List.of(Link::close, Link::close), List.of(Link::abort, Link::abort));
        for (List<Consumer> order : orders) {
            MemoryProbe ended = bench.open();
            for (Consumer end : order) {
                bench.begin(ended, end::accept);
            }
            bench.steps.run();
            assertThat(ended.log()).containsExactly("opened", "closed");
        }
    }

    private interface Consumer {
        void accept(Link link);
    }

    @Test
    void a4_whatIsAskedOfALinkThatIsGoneDoesNothing() {
        connect();
        bench.run(probe, Link::abort);
        bench.run(probe, link -> {
            link.setReading(false);
            link.setReading(true);
            link.shutdownOutput();
            link.write(ByteBuffer.allocate(10));
            link.close();
            link.abort();
        });
        assertThat(probe.log()).containsExactly("opened", "closed");
    }

    @Test
    void a6_thePeersResetClosesAnIdleLinkWithItsCause() {
        connect().reset();
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened", "closed");
        assertThat(probe.cause()).isInstanceOf(SocketException.class).hasMessage("Connection reset");
    }

    @Test
    void a3_whatHadArrivedBeforeThePeersResetComesFirst() {
        MemoryPeer peer = connect();
        peer.send("before").reset();
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened", "received before", "closed");
        assertThat(probe.cause()).isNotNull();
    }

    @Test
    void b4_whatHadNotLeftThePeerIsLostWithItsReset() {
        bench.server.pipeCapacity(4);
        MemoryPeer peer = connect();
        peer.send("arrived, and not").shutdownOutput();
        peer.reset();
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened", "received arri", "closed");
    }

    @Test
    void c1_whileReadingIsOffAResetGoesUnnoticed() {
        MemoryPeer peer = connect();
        bench.run(probe, link -> link.setReading(false));
        peer.send("first").reset();
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened");
        bench.run(probe, link -> link.setReading(true));
        assertThat(probe.log()).containsExactly("opened", "received first", "closed");
    }

    @Test
    void a3_aFailedWriteLosesNoInputThatAlreadyArrived() {
        MemoryPeer peer = connect();
        bench.run(probe, link -> link.setReading(false));
        peer.send("arrived").close();
        bench.write(probe, ByteBuffer.allocate(1));
        bench.write(probe, ByteBuffer.allocate(1));
        assertThat(probe.log()).containsExactly("opened", "written", "outputFailed");
        bench.run(probe, link -> link.setReading(true));
        assertThat(probe.log()).containsExactly("opened", "written", "outputFailed", "received arrived", "inputEnded");
    }

    @Test
    void a3_aWriteThatFailsWhileWeReadLosesNoInputEither() {
        bench.server.pipeCapacity(10).peersRead(false);
        MemoryPeer peer = connect();
        bench.network.chunkSize(1);
        bench.write(probe, ByteBuffer.allocate(20));
        // With our bytes unread, the peer's close is a reset.
        peer.send("abc").close();
        bench.steps.run();
        assertThat(probe.text()).isEqualTo("abc");
        assertThat(probe.log())
                .containsExactly("opened", "received a", "outputFailed", "received b", "received c", "inputEnded");
        assertThat(probe.cause()).hasMessage("Connection reset by peer");
    }

    @Test
    void aLinkThatClosesWithInputUnreadResetsItsPeer() {
        MemoryPeer peer = connect();
        bench.begin(probe, link -> link.setReading(false));
        peer.send("unread");
        bench.run(probe, Link::close);
        assertThat(peer.wasReset()).isTrue();
        assertThat(peer.unreadByClient()).isZero();
        assertThat(probe.log()).containsExactly("opened", "closed");
        assertThat(probe.cause()).isNull();
    }

    @Test
    void aPeerThatSendsToALinkThatHasClosedIsReset() {
        MemoryPeer peer = connect();
        bench.run(probe, Link::close);
        assertThat(peer.wasReset()).isFalse();
        peer.send("too late");
        assertThat(peer.wasReset()).isTrue();
        assertThat(peer.unreadByClient()).isZero();
    }

    @Test
    void closedNeverComesInsideTheCallThatAskedForIt() {
        for (String where : List.of("opened", "received", "written", "inputEnded")) {
            MemoryProbe closing = new MemoryProbe();
            closing.on(where, () -> closing.quietly(closing.link()::close));
            bench.open(closing);
            MemoryPeer peer = bench.server.accept();
            if (!where.equals("opened")) {
                bench.write(closing, ByteBuffer.allocate(1));
            }
            if (!peer.hasEnded()) {
                peer.send("x").shutdownOutput();
            }
            bench.steps.run();
            assertThat(closing.log())
                    .as(where)
                    .contains(where.equals("received") ? "received x" : where)
                    .endsWith("closed");
        }
    }

    @Test
    void tasksRunInTheOrderGivenOneAStepAndAfterClosedToo() {
        connect();
        List<Integer> ran = new ArrayList<>();
        bench.run(probe, Link::abort);
        for (int i = 0; i < 3; i++) {
            int number = i;
            probe.link().execute(() -> ran.add(number));
        }
        bench.steps.step();
        assertThat(ran).containsExactly(0);
        bench.steps.run();
        assertThat(ran).containsExactly(0, 1, 2);
    }

    @Test
    void aTaskThatKeepsGivingItselfHoldsUpNoInput() {
        MemoryPeer peer = connect();
        probe.link().execute(new Runnable() {
            @Override
            public void run() {
                if (probe.received().length < 10) {
                    probe.link().execute(this);
                }
            }
        });
        bench.network.chunkSize(1);
        peer.send("0123456789");
        bench.steps.run();
        assertThat(probe.text()).isEqualTo("0123456789");
    }

    @Test
    void closingTheEngineAbortsLinksAndEndsAttemptsBeforeItReturns() {
        MemoryPeer peer = connect();
        MemoryServer silent = bench.listen(0).answering(false);
        MemoryProbe hanging = new MemoryProbe();
        bench.begin(hanging, silent.address());
        bench.steps.run();
        bench.engine.close();
        assertThat(probe.log()).containsExactly("opened", "closed");
        assertThat(probe.cause()).isNull();
        assertThat(hanging.log()).containsExactly("openFailed");
        assertThat(peer.wasReset()).isTrue();
        bench.engine.close();
    }

    @Test
    void closingTheEngineInsideAStepOnlyBegins() {
        connect();
        bench.begin(probe, link -> bench.engine.close());
        assertThat(probe.log()).containsExactly("opened");
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened", "closed");
    }

    @Test
    void tasksGivenAfterTheEnginesEndAreDroppedInSilence() {
        connect();
        bench.engine.close();
        probe.link().execute(() -> {
            throw new AssertionError("it ran");
        });
        assertThat(bench.steps.step()).isFalse();
    }
}
