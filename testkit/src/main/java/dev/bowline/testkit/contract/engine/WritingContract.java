package dev.bowline.testkit.contract.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.spi.Link;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What leaves, and what is told of it. */
interface WritingContract {
    EngineBench bench();

    @Test
    default void b8_oneByteLeavesAtOnce() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        assertThat(link.writeAndWait(ByteBuffer.wrap(new byte[] {42}))).isEqualTo(new WriteEnd("written", 1));
        assertThat(peer.read(1)).containsExactly(42);
    }

    @Test
    default void b1_theSameBufferMayBeWrittenAgainOnceItIsWritten() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        ByteBuffer buffer = ByteBuffer.allocate(1_000);
        for (int i = 0; i < 100; i++) {
            buffer.clear();
            while (buffer.hasRemaining()) {
                buffer.put((byte) i);
            }
            assertThat(link.writeAndWait(buffer.flip()).position()).isEqualTo(1_000);
            assertThat(peer.read(1_000)).containsOnly(i);
        }
    }

    @Test
    default void b1_everyKindOfBufferIsWrittenBetweenItsPositionAndItsLimit() throws Exception {
        byte[] bytes = Bytes.pattern(500_000);
        List<ByteBuffer> buffers = List.of(
                ByteBuffer.wrap(bytes),
                ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
                ByteBuffer.allocateDirect(bytes.length).put(bytes),
                ByteBuffer.allocateDirect(bytes.length).put(bytes).asReadOnlyBuffer(),
                ByteBuffer.wrap(bytes).slice(0, 450_000));
        for (ByteBuffer buffer : buffers) {
            PeerServer server = bench().server();
            ProbedLink link = bench().open(server);
            Peer peer = server.accept();
            CompletableFuture<WriteEnd> end = link.write(buffer.limit(400_000).position(100_000));
            assertThat(peer.read(300_000)).isEqualTo(Arrays.copyOfRange(bytes, 100_000, 400_000));
            assertThat(Waiting.await(end)).isEqualTo(new WriteEnd("written", 400_000));
            link.run(Link::shutdownOutput);
            assertThat(peer.readToEnd()).isEmpty();
        }
    }

    @Test
    default void b7_thePositionOfALargeWriteAdvancesAsASlowPeerTakesIt() throws Exception {
        int size = 10_000_000;
        PeerServer server = bench().server(PeerServer.SMALL_WINDOW);
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        ByteBuffer buffer = Bytes.patternBuffer(size);
        CompletableFuture<WriteEnd> end = link.write(buffer);
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        List<Integer> positions = new ArrayList<>();
        while (taken.size() < size) {
            taken.writeBytes(peer.read(Math.min(100_000, size - taken.size())));
            int position = link.call(l -> buffer.position());
            // It may lag by the slice being written, which is counted when it is done.
            assertThat(position)
                    .as("what was taken")
                    .isGreaterThanOrEqualTo(taken.size() - 2 * LinkRules.LARGEST_CHUNK);
            positions.add(position);
        }
        assertThat(taken.toByteArray()).isEqualTo(Bytes.pattern(size));
        assertThat(Waiting.await(end)).isEqualTo(new WriteEnd("written", size));
        assertThat(positions).isSorted();
        assertThat(positions.stream().distinct().count()).as("steps seen").isGreaterThan(2);
        assertThat(link.count("written")).isOne();
    }

    @Test
    default void b1_writtenInsideWriteLeadsToNoRecursionOfTheEngine() throws Exception {
        int count = 20_000;
        PeerServer server = bench().server();
        Pump pump = new Pump(bench().link(), count);
        pump.link.begin(bench().engine(), server.address()).awaitOpened();
        Peer peer = server.accept();
        CompletableFuture<byte[]> all = Waiting.aside(() -> peer.read(count));
        pump.link.post(pump::turn);
        byte[] bytes = Waiting.await(all);
        for (int i = 0; i < count; i++) {
            assertThat(bytes[i]).isEqualTo((byte) i);
        }
    }

    /** Writes one byte after another: a loop while {@code written} comes inside {@code write}, as core does it. */
    final class Pump {
        final ProbedLink link;
        private final int count;
        private int begun;
        private int ended;
        private boolean turning;

        Pump(ProbedLink link, int count) {
            this.link = link;
            this.count = count;
            link.whenWritten(() -> {
                ended++;
                turn();
            });
        }

        void turn() {
            if (turning) {
                return;
            }
            turning = true;
            for (int batch = 0; batch < 8 && begun == ended && begun < count; batch++) {
                link.link().write(ByteBuffer.wrap(new byte[] {(byte) begun++}));
            }
            turning = false;
            if (begun == ended && begun < count) {
                link.post(this::turn);
            }
        }
    }

    @Test
    default void b5_afterThePeersEndWeGoOnWriting() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        peer.shutdownOutput();
        link.awaitInputEnded();
        for (int i = 0; i < 3; i++) {
            CompletableFuture<WriteEnd> end = link.write(Bytes.patternBuffer(1_000_000));
            assertThat(peer.read(1_000_000)).isEqualTo(Bytes.pattern(1_000_000));
            assertThat(Waiting.await(end).by()).isEqualTo("written");
        }
        link.run(Link::close);
        assertThat(link.awaitClosed()).isEmpty();
        assertThat(peer.readToEnd()).isEmpty();
    }

    /** One native engine lost the tail here: a write that was cut by a full pipe after the peer's FIN. */
    @RepeatedTest(20)
    default void b5_aPartialWriteAfterThePeersEndArrivesWhole() throws Exception {
        int size = 6_000_000;
        PeerServer server = bench().server(4_096);
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        peer.shutdownOutput();
        link.awaitInputEnded();
        ByteBuffer buffer = Bytes.patternBuffer(size);
        CompletableFuture<WriteEnd> end = link.write(buffer);
        boolean waits = link.call(l -> buffer.hasRemaining());
        assertThat(waits).as("the pipe is full").isTrue();
        CompletableFuture<byte[]> all = Waiting.aside(peer::readToEnd);
        assertThat(Waiting.await(end)).isEqualTo(new WriteEnd("written", size));
        link.run(Link::shutdownOutput);
        assertThat(Waiting.await(all)).isEqualTo(Bytes.pattern(size));
    }

    @Test
    default void b5_afterShutdownOutputReadingGoesOn() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        link.writeAndWait(Bytes.patternBuffer(1_000));
        link.run(Link::shutdownOutput);
        assertThat(peer.readToEnd()).isEqualTo(Bytes.pattern(1_000));
        peer.send(Bytes.pattern(3_000_000));
        assertThat(link.awaitReceived(3_000_000)).isEqualTo(Bytes.pattern(3_000_000));
        peer.close();
        link.awaitInputEnded();
        assertThat(link.isClosed()).as("closed, although nobody asked for it").isFalse();
    }

    @Test
    default void b1_twoSidesThatBothWriteFirstDoNotDeadlock() throws Exception {
        int size = 20_000_000;
        PeerServer server = bench().server(PeerServer.SMALL_WINDOW);
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        CompletableFuture<byte[]> theirs = Waiting.aside(() -> {
            peer.send(Bytes.pattern(size));
            return peer.read(size);
        });
        CompletableFuture<WriteEnd> ours = link.write(Bytes.patternBuffer(size));
        assertThat(Waiting.await(theirs)).isEqualTo(Bytes.pattern(size));
        assertThat(link.awaitReceived(size)).isEqualTo(Bytes.pattern(size));
        assertThat(Waiting.await(ours)).isEqualTo(new WriteEnd("written", size));
    }

    @Test
    default void b1_aWriteThatWaitsHoldsUpNeitherTasksNorInputNorOtherLinks() throws Exception {
        PeerServer server = bench().server(PeerServer.SMALL_WINDOW);
        ProbedLink stuck = bench().open(server);
        Peer lazy = server.accept();
        CompletableFuture<WriteEnd> end = stuck.write(Bytes.patternBuffer(40_000_000));
        lazy.send(Bytes.pattern(5_000));
        assertThat(stuck.awaitReceived(5_000)).isEqualTo(Bytes.pattern(5_000));
        for (int i = 0; i < 100; i++) {
            stuck.run(l -> {});
        }
        ProbedLink other = bench().open(server);
        Peer peer = server.accept();
        other.writeAndWait(Bytes.patternBuffer(1_000));
        assertThat(peer.read(1_000)).isEqualTo(Bytes.pattern(1_000));
        assertThat(end).isNotDone();
    }
}
