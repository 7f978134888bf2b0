package dev.bowline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.spi.Link;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the SPI says of output. */
class MemoryWritingTest {
    private final MemoryBench bench = new MemoryBench();
    private final MemoryProbe probe = new MemoryProbe();

    private MemoryPeer connect() {
        bench.open(probe);
        return bench.server.accept();
    }

    @Test
    void aWriteThatFitsIsWrittenAtOnceAndArrivesInAStepOfItsOwn() {
        MemoryPeer peer = connect();
        ByteBuffer data = MemoryBench.bytes("hello");
        bench.steps.execute(() -> probe.write(data));
        bench.steps.step();
        assertThat(probe.log()).containsExactly("opened", "written");
        assertThat(data.hasRemaining()).isFalse();
        assertThat(peer.received()).isEmpty();
        assertThat(peer.unreadHere()).isEqualTo(5);
        bench.steps.step();
        assertThat(peer.received()).isEqualTo("hello");
    }

    @Test
    void everyKindOfBufferIsWrittenBetweenItsPositionAndItsLimit() {
        byte[] bytes = MemoryBench.pattern(500_000);
        List<ByteBuffer> buffers = List.of(
                ByteBuffer.wrap(bytes),
                ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
                ByteBuffer.allocateDirect(bytes.length).put(bytes),
                ByteBuffer.wrap(bytes).slice(0, 450_000));
        MemoryPeer peer = connect();
        for (ByteBuffer buffer : buffers) {
            bench.write(probe, buffer.limit(400_000).position(100_000));
            assertThat(buffer.position()).isEqualTo(400_000);
            assertThat(buffer.limit()).isEqualTo(400_000);
            assertThat(peer.read(Integer.MAX_VALUE)).isEqualTo(Arrays.copyOfRange(bytes, 100_000, 400_000));
        }
        assertThat(probe.log()).containsExactly("opened", "written", "written", "written", "written");
    }

    @Test
    void b7_aFullPipeTakesAPartAndThePositionSaysHowMuch() {
        bench.server.pipeCapacity(100).peersRead(false);
        MemoryPeer peer = connect();
        ByteBuffer data = ByteBuffer.wrap(MemoryBench.pattern(250));
        bench.write(probe, data);
        assertThat(data.position()).isEqualTo(100);
        assertThat(peer.read(30)).isEqualTo(MemoryBench.pattern(30));
        bench.steps.run();
        assertThat(data.position()).isEqualTo(130);
        assertThat(probe.log()).containsExactly("opened");
        peer.resumeReading();
        bench.steps.run();
        assertThat(data.position()).isEqualTo(250);
        assertThat(probe.log()).containsExactly("opened", "written");
        assertThat(peer.read(1_000)).isEqualTo(Arrays.copyOfRange(MemoryBench.pattern(250), 30, 250));
    }

    @Test
    void aPeerThatStopsReadingTakesNoMore() {
        bench.server.pipeCapacity(4);
        MemoryPeer peer = connect();
        peer.stopReading();
        bench.write(probe, MemoryBench.bytes("abcdef"));
        assertThat(peer.received()).isEmpty();
        assertThat(peer.unreadHere()).isEqualTo(4);
        peer.resumeReading();
        bench.steps.run();
        assertThat(peer.received()).isEqualTo("abcdef");
    }

    @Test
    void writtenInsideWriteLeadsToNoRecursionOfTheEngine() {
        MemoryPeer peer = connect();
        int[] left = {100_000};
        boolean[] inside = {false};
        ByteBuffer one = ByteBuffer.allocate(1);
        probe.on("written", () -> inside[0] = true);
        bench.steps.execute(() -> {
            // As core does it: a loop for as long as the report comes inside.
            do {
                inside[0] = false;
                probe.write(one.clear());
            } while (inside[0] && --left[0] > 0);
        });
        bench.steps.run();
        // The pipe was full before all was written, as nobody read in between.
        assertThat(100_000 - left[0]).isEqualTo(64 * 1024);
        assertThat(peer.received()).hasSize(64 * 1024 + 1);
    }

    @Test
    void b5_finComesAfterAllThatWasWrittenAndReadingGoesOn() {
        MemoryPeer peer = connect();
        bench.write(probe, MemoryBench.bytes("last words"));
        bench.run(probe, Link::shutdownOutput);
        assertThat(peer.received()).isEqualTo("last words");
        assertThat(peer.hasEnded()).isTrue();
        peer.send("answer").close();
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened", "written", "received answer", "inputEnded");
    }

    @Test
    void hasEndedIsSaidOnlyWhenAllBeforeItIsRead() {
        bench.server.peersRead(false);
        MemoryPeer peer = connect();
        bench.write(probe, MemoryBench.bytes("unread"));
        bench.run(probe, Link::shutdownOutput);
        assertThat(peer.hasEnded()).isFalse();
        peer.read(6);
        assertThat(peer.hasEnded()).isTrue();
    }

    @Test
    void aWriteToAPeerThatHasClosedSucceedsAndTheNextOneFails() {
        MemoryPeer peer = connect();
        peer.close();
        bench.steps.run();
        bench.write(probe, MemoryBench.bytes("into the void"));
        bench.write(probe, MemoryBench.bytes("once too often"));
        assertThat(probe.log()).containsExactly("opened", "inputEnded", "written", "outputFailed");
        assertThat(probe.cause()).hasMessage("Broken pipe");
        bench.write(probe, MemoryBench.bytes("nothing happens any more"));
        assertThat(probe.log()).hasSize(4);
    }

    @Test
    void aWriteThatWaitsFailsWithThePeersReset() {
        bench.server.pipeCapacity(10).peersRead(false);
        MemoryPeer peer = connect();
        bench.begin(probe, link -> link.setReading(false));
        ByteBuffer data = ByteBuffer.allocate(25);
        bench.write(probe, data);
        peer.reset();
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened", "outputFailed");
        assertThat(probe.cause()).isInstanceOf(SocketException.class).hasMessage("Connection reset by peer");
        assertThat(data.position()).isEqualTo(10);
    }

    @Test
    void b5_aFinAfterThePeersResetIsNoFailure() {
        MemoryPeer peer = connect();
        bench.run(probe, link -> link.setReading(false));
        peer.reset();
        bench.run(probe, Link::shutdownOutput);
        assertThat(probe.log()).containsExactly("opened");
        bench.run(probe, link -> link.setReading(true));
        assertThat(probe.log()).containsExactly("opened", "closed");
        assertThat(probe.cause()).hasMessage("Connection reset");
    }

    @Test
    void b5_aFinToAPeerThatIsGoneIsNoFailure() {
        connect().close();
        bench.run(probe, Link::shutdownOutput);
        bench.run(probe, Link::close);
        assertThat(probe.log()).containsExactly("opened", "inputEnded", "closed");
        assertThat(probe.cause()).isNull();
    }
}
