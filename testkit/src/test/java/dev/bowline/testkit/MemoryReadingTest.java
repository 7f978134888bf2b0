package dev.bowline.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.spi.Link;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What the SPI says of input. */
class MemoryReadingTest {
    private final MemoryBench bench = new MemoryBench();
    private final MemoryProbe probe = new MemoryProbe();

    private MemoryPeer connect() {
        bench.open(probe);
        return bench.server.accept();
    }

    @Test
    void whatArrivesBetweenTwoStepsIsOneChunk() {
        MemoryPeer peer = connect();
        peer.send("one ").send("two");
        assertThat(probe.log()).containsExactly("opened");
        assertThat(bench.steps.step()).isTrue();
        assertThat(probe.log()).containsExactly("opened", "received one two");
        assertThat(bench.steps.step()).isFalse();
    }

    @Test
    void d1_inputIsCutAsTheTestSays() {
        MemoryPeer peer = connect();
        bench.network.chunkSize(2);
        peer.send("abcde").shutdownOutput();
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened", "received ab", "received cd", "received e", "inputEnded");
    }

    @Test
    void noChunkIsLargerThanTheSpiAllowsAndAllArrives() {
        MemoryPeer peer = connect();
        byte[] sent = MemoryBench.pattern(1_000_000);
        peer.send(sent);
        bench.steps.run();
        assertThat(probe.received()).isEqualTo(sent);
        assertThat(probe.buffers()).allMatch(buffer -> buffer.remaining() <= 64 * 1024);
    }

    @Test
    void whoKeepsABufferFindsNoDataInIt() {
        connect().send("secret");
        bench.steps.run();
        ByteBuffer kept = probe.buffers().get(0);
        assertThat(kept.position()).isPositive();
        assertThat(ISO_8859_1.decode(kept).toString()).isEqualTo("######");
    }

    @Test
    void whatThePeerSentBeforeWeWereToldOfTheLinkComesAfterOpened() {
        probe.on("opened", () -> bench.server.accept().send("early").shutdownOutput());
        bench.open(probe);
        assertThat(probe.log()).containsExactly("opened", "received early", "inputEnded");
    }

    @Test
    void c1_aClientThatNeverWritesLearnsOfThePeersEnd() {
        connect().close();
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened", "inputEnded");
    }

    @Test
    void c1_aClientWhoseWriteWaitsLearnsOfThePeersEnd() {
        bench.server.pipeCapacity(10).peersRead(false);
        MemoryPeer peer = connect();
        bench.write(probe, ByteBuffer.allocate(11));
        peer.send("x").shutdownOutput();
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened", "received x", "inputEnded");
    }

    @Test
    void c2_whileReadingIsOffNeitherDataNorTheEndIsReported() {
        MemoryPeer peer = connect();
        bench.run(probe, link -> link.setReading(false));
        peer.send("later").close();
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened");
        assertThat(peer.unreadByClient()).isEqualTo(5);
        bench.run(probe, link -> link.setReading(true));
        assertThat(probe.log()).containsExactly("opened", "received later", "inputEnded");
    }

    @Test
    void c2_readingStoppedInsideReceivedTakesEffectThere() {
        MemoryPeer peer = connect();
        bench.network.chunkSize(1);
        probe.on("received", () -> probe.link().setReading(false));
        peer.send("ab");
        bench.steps.run();
        assertThat(probe.text()).isEqualTo("a");
        bench.run(probe, link -> link.setReading(true));
        assertThat(probe.text()).isEqualTo("ab");
    }

    @Test
    void c2_aChunkThatWaitsForItsStepWaitsOn() {
        MemoryPeer peer = connect();
        bench.steps.execute(() -> probe.link().setReading(false));
        peer.send("a step is waiting to read this");
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened");
    }

    @Test
    void settingReadingToWhatItIsDoesNothing() {
        MemoryPeer peer = connect();
        peer.send("a").shutdownOutput();
        for (boolean on : new boolean[] {true, true, false, false, true, true}) {
            bench.begin(probe, link -> link.setReading(on));
        }
        bench.steps.run();
        bench.run(probe, link -> link.setReading(true));
        assertThat(probe.log()).containsExactly("opened", "received a", "inputEnded");
    }

    @Test
    void b3_thePeersEndComesAfterDataThatThePipeHadNoRoomFor() {
        bench.server.pipeCapacity(3);
        MemoryPeer peer = connect();
        peer.send("more than three").close();
        bench.steps.run();
        assertThat(probe.text()).isEqualTo("more than three");
        assertThat(probe.log()).endsWith("inputEnded");
    }

    @Test
    void linksTakeTurns() {
        MemoryPeer first = connect();
        MemoryProbe another = bench.open();
        MemoryPeer second = bench.server.accept();
        bench.network.chunkSize(1);
        probe.on("received", () -> bench.steps.execute(() -> another.log().add("between")));
        first.send("ab");
        second.send("xy");
        bench.steps.run();
        assertThat(another.log()).containsExactly("opened", "received x", "between", "received y", "between");
    }

    @Test
    void c3_nothingIsReceivedAfterCloseOrAbort() {
        for (boolean byClose : new boolean[] {true, false}) {
            MemoryProbe closing = new MemoryProbe();
            closing.on("received", () -> closing.quietly(() -> end(closing.link(), byClose)));
            bench.open(closing);
            bench.network.chunkSize(1);
            bench.server.accept().send("abc");
            bench.steps.run();
            assertThat(closing.log()).containsExactly("opened", "received a", "closed");
            assertThat(closing.cause()).isNull();
        }
    }

    private static void end(Link link, boolean byClose) {
        if (byClose) {
            link.close();
        } else {
            link.abort();
        }
    }
}
