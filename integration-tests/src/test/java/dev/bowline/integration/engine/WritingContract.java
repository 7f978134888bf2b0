package dev.bowline.integration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.integration.engine.ProbedLink.WriteEnd;
import dev.bowline.spi.Link;
import java.io.ByteArrayOutputStream;
import java.net.ServerSocket;
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
    default void oneByteLeavesAtOnce() throws Exception {
        ServerSocket server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = bench().accept(server);
        assertThat(link.writeAndWait(ByteBuffer.wrap(new byte[] {42}))).isEqualTo(new WriteEnd("written", 1));
        assertThat(peer.read(1)).containsExactly(42);
    }

    @Test
    default void theSameBufferMayBeWrittenAgainOnceItIsWritten() throws Exception {
        ServerSocket server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = bench().accept(server);
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
    default void everyKindOfBufferIsWrittenBetweenItsPositionAndItsLimit() throws Exception {
        byte[] bytes = EngineBench.pattern(500_000);
        List<ByteBuffer> buffers = List.of(
                ByteBuffer.wrap(bytes),
                ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
                ByteBuffer.allocateDirect(bytes.length).put(bytes),
                ByteBuffer.allocateDirect(bytes.length).put(bytes).asReadOnlyBuffer(),
                ByteBuffer.wrap(bytes).slice(0, 450_000));
        for (ByteBuffer buffer : buffers) {
            ServerSocket server = bench().server();
            ProbedLink link = bench().open(server);
            Peer peer = bench().accept(server);
            CompletableFuture<WriteEnd> end = link.write(buffer.limit(400_000).position(100_000));
            assertThat(peer.read(300_000)).isEqualTo(Arrays.copyOfRange(bytes, 100_000, 400_000));
            assertThat(ProbedLink.await(end)).isEqualTo(new WriteEnd("written", 400_000));
            link.run(Link::shutdownOutput);
            assertThat(peer.readToEnd()).isEmpty();
        }
    }

    @Test
    default void b7_thePositionOfALargeWriteAdvancesAsASlowPeerTakesIt() throws Exception {
        int size = 10_000_000;
        ServerSocket server = bench().server(EngineBench.SMALL_WINDOW);
        ProbedLink link = bench().open(server);
        Peer peer = bench().accept(server);
        ByteBuffer buffer = EngineBench.patternBuffer(size);
        CompletableFuture<WriteEnd> end = link.write(buffer);
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        List<Integer> positions = new ArrayList<>();
        while (taken.size() < size) {
            taken.writeBytes(peer.read(Math.min(100_000, size - taken.size())));
            int position = link.call(l -> buffer.position());
            // It may lag by the slice being written, which is counted when it is done.
            assertThat(position)
                    .as("what was taken")
                    .isGreaterThanOrEqualTo(taken.size() - 2 * ProbedLink.LARGEST_CHUNK);
            positions.add(position);
        }
        assertThat(taken.toByteArray()).isEqualTo(EngineBench.pattern(size));
        assertThat(ProbedLink.await(end)).isEqualTo(new WriteEnd("written", size));
        assertThat(positions).isSorted();
        assertThat(positions.stream().distinct().count()).as("steps seen").isGreaterThan(2);
        assertThat(link.log().stream().filter("written"::equals)).hasSize(1);
    }

    @Test
    default void writtenInsideWriteLeadsToNoRecursionOfTheEngine() throws Exception {
        int count = 20_000;
        ServerSocket server = bench().server();
        Pump pump = new Pump(bench().link(), count);
        pump.link.begin(bench().engine(), server.getLocalSocketAddress()).awaitOpened();
        Peer peer = bench().accept(server);
        CompletableFuture<byte[]> all = EngineBench.aside(() -> peer.read(count));
        pump.link.post(pump::turn);
        byte[] bytes = ProbedLink.await(all);
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
        ServerSocket server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = bench().accept(server);
        peer.shutdownOutput();
        link.awaitInputEnded();
        for (int i = 0; i < 3; i++) {
            CompletableFuture<WriteEnd> end = link.write(EngineBench.patternBuffer(1_000_000));
            assertThat(peer.read(1_000_000)).isEqualTo(EngineBench.pattern(1_000_000));
            assertThat(ProbedLink.await(end).by()).isEqualTo("written");
        }
        link.run(Link::close);
        assertThat(link.awaitClosed()).isEmpty();
        assertThat(peer.readToEnd()).isEmpty();
    }

    /** One native engine lost the tail here: a write that was cut by a full pipe after the peer's FIN. */
    @RepeatedTest(20)
    default void b5_aPartialWriteAfterThePeersEndArrivesWhole() throws Exception {
        int size = 6_000_000;
        ServerSocket server = bench().server(4_096);
        ProbedLink link = bench().open(server);
        Peer peer = bench().accept(server);
        peer.shutdownOutput();
        link.awaitInputEnded();
        ByteBuffer buffer = EngineBench.patternBuffer(size);
        CompletableFuture<WriteEnd> end = link.write(buffer);
        boolean waits = link.call(l -> buffer.hasRemaining());
        assertThat(waits).as("the pipe is full").isTrue();
        CompletableFuture<byte[]> all = EngineBench.aside(peer::readToEnd);
        assertThat(ProbedLink.await(end)).isEqualTo(new WriteEnd("written", size));
        link.run(Link::shutdownOutput);
        assertThat(ProbedLink.await(all)).isEqualTo(EngineBench.pattern(size));
    }

    @Test
    default void b5_afterShutdownOutputReadingGoesOn() throws Exception {
        ServerSocket server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = bench().accept(server);
        link.writeAndWait(EngineBench.patternBuffer(1_000));
        link.run(Link::shutdownOutput);
        assertThat(peer.readToEnd()).isEqualTo(EngineBench.pattern(1_000));
        peer.send(EngineBench.pattern(3_000_000));
        assertThat(link.awaitReceived(3_000_000)).isEqualTo(EngineBench.pattern(3_000_000));
        peer.close();
        link.awaitInputEnded();
        assertThat(link.isClosed()).as("closed, although nobody asked for it").isFalse();
    }

    @Test
    default void twoSidesThatBothWriteFirstDoNotDeadlock() throws Exception {
        int size = 20_000_000;
        ServerSocket server = bench().server(EngineBench.SMALL_WINDOW);
        ProbedLink link = bench().open(server);
        Peer peer = bench().accept(server);
        CompletableFuture<byte[]> theirs = EngineBench.aside(() -> {
            peer.send(EngineBench.pattern(size));
            return peer.read(size);
        });
        CompletableFuture<WriteEnd> ours = link.write(EngineBench.patternBuffer(size));
        assertThat(ProbedLink.await(theirs)).isEqualTo(EngineBench.pattern(size));
        assertThat(link.awaitReceived(size)).isEqualTo(EngineBench.pattern(size));
        assertThat(ProbedLink.await(ours)).isEqualTo(new WriteEnd("written", size));
    }

    @Test
    default void aWriteThatWaitsHoldsUpNeitherTasksNorInputNorOtherLinks() throws Exception {
        ServerSocket server = bench().server(EngineBench.SMALL_WINDOW);
        ProbedLink stuck = bench().open(server);
        Peer lazy = bench().accept(server);
        CompletableFuture<WriteEnd> end = stuck.write(EngineBench.patternBuffer(40_000_000));
        lazy.send(EngineBench.pattern(5_000));
        assertThat(stuck.awaitReceived(5_000)).isEqualTo(EngineBench.pattern(5_000));
        for (int i = 0; i < 100; i++) {
            stuck.run(l -> {});
        }
        ProbedLink other = bench().open(server);
        Peer peer = bench().accept(server);
        other.writeAndWait(EngineBench.patternBuffer(1_000));
        assertThat(peer.read(1_000)).isEqualTo(EngineBench.pattern(1_000));
        assertThat(end).isNotDone();
    }
}
