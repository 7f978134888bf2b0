package dev.bowline.testkit.contract.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.spi.EngineOptions;
import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One at a time, in order, each seeing what the one before did. */
interface EventSideContract {
    EngineBench bench();

    @Test
    default void a4_tasksRunInTheOrderGiven() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            link.post(() -> ran.add(number));
        }
        List<Integer> order = link.call(l -> List.copyOf(ran));
        assertThat(order).hasSize(1_000).isSorted();
    }

    @Test
    default void a4_tasksOfManyThreadsAllRunEachThreadsInItsOrder() throws Exception {
        int threads = 8;
        int each = 2_000;
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        // Without any synchronisation: that is the engine's promise.
        int[] next = new int[threads];
        List<String> wrong = new ArrayList<>();
        List<CompletableFuture<Integer>> givers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            givers.add(Waiting.aside(() -> {
                for (int i = 0; i < each; i++) {
                    int number = i;
                    link.bareLink().execute(() -> {
                        if (next[thread]++ != number) {
                            wrong.add(thread + "/" + number);
                        }
                    });
                }
                return each;
            }));
        }
        for (CompletableFuture<Integer> giver : givers) {
            Waiting.await(giver);
        }
        int[] seen = link.call(l -> next.clone());
        assertThat(seen).containsOnly(each);
        assertThat(wrong).isEmpty();
    }

    @Test
    default void a4_aTaskGivenOnTheEventSideRunsLater() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        List<String> order = new ArrayList<>();
        link.run(l -> {
            l.execute(() -> order.add("given"));
            order.add("giver");
        });
        List<String> seen = link.call(l -> List.copyOf(order));
        assertThat(seen).containsExactly("giver", "given");
    }

    @Test
    default void c1_aTaskThatKeepsGivingItselfHoldsUpNoInput() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        Link bare = link.bareLink();
        boolean[] enough = new boolean[1];
        bare.execute(new Runnable() {
            @Override
            public void run() {
                if (!enough[0]) {
                    bare.execute(this);
                }
            }
        });
        // An engine that lets tasks go first even for a second at a time does not come through this.
        for (int i = 1; i <= 200; i++) {
            peer.send(new byte[] {(byte) i});
            assertThat(link.awaitReceived(i)).hasSize(i);
        }
        link.run(l -> enough[0] = true);
    }

    @Test
    default void a4_aTaskThatThrowsEndsNeitherTheLinkNorItsNeighbours() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        link.bareLink().execute(() -> {
            throw new IllegalStateException("thrown by a test, on purpose");
        });
        link.writeAndWait(Bytes.patternBuffer(10));
        assertThat(peer.read(10)).isEqualTo(Bytes.pattern(10));
        peer.send(Bytes.pattern(10));
        link.awaitReceived(10);
        bench().open(server);
    }

    @Test
    default void a4_tasksRunAfterClosedToo() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        link.run(Link::abort);
        link.awaitClosed();
        for (int i = 0; i < 100; i++) {
            link.run(l -> {});
        }
        List<String> order = new ArrayList<>();
        CountDownLatch ran = new CountDownLatch(1);
        link.bareLink().execute(() -> order.add("first"));
        link.bareLink().execute(() -> {
            order.add("second");
            ran.countDown();
        });
        ran.await();
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    default void a4_tasksAndReportsSeeEachOthersWrites() throws Exception {
        PeerServer server = bench().server();
        Counter counter = new Counter();
        bench().engine().open(server.address(), LinkOptions.named("counter"), counter);
        Link link = Waiting.await(counter.opened);
        Peer peer = server.accept();
        CompletableFuture<Peer> echoed = Waiting.aside(() -> {
            peer.echo();
            return peer;
        });
        int tasks = 20_000;
        for (int i = 0; i < tasks; i++) {
            link.execute(counter::task);
        }
        CompletableFuture<Long> steps = new CompletableFuture<>();
        link.execute(() -> steps.complete(counter.steps));
        assertThat(Waiting.await(steps)).isGreaterThanOrEqualTo(tasks);
        CompletableFuture<Boolean> sum = new CompletableFuture<>();
        link.execute(() -> sum.complete(counter.steps == counter.tasks + counter.reports));
        assertThat(Waiting.await(sum)).isTrue();
        link.execute(counter::finish);
        Waiting.await(echoed);
        peer.close();
        Waiting.await(counter.ended);
        assertThat(counter.bytesBack).isEqualTo(counter.bytesOut);
    }

    /** Counts on plain fields: a step lost or torn is a step that did not see the one before. */
    final class Counter implements LinkHandler {
        final CompletableFuture<Link> opened = new CompletableFuture<>();
        final CompletableFuture<Void> ended = new CompletableFuture<>();
        private boolean writing;
        private long steps;
        private long tasks;
        private long reports;
        private long bytesOut;
        private long bytesBack;

        void task() {
            steps++;
            tasks++;
            if (!writing) {
                writing = true;
                bytesOut += 10;
                opened.join().write(ByteBuffer.allocate(10));
            }
        }

        void finish() {
            if (writing) {
                opened.join().execute(this::finish);
            } else {
                opened.join().shutdownOutput();
            }
        }

        @Override
        public void opened(Link link) {
            steps++;
            reports++;
            opened.complete(link);
        }

        @Override
        public void openFailed(IOException cause) {
            opened.completeExceptionally(cause);
        }

        @Override
        public void received(ByteBuffer data) {
            steps++;
            reports++;
            bytesBack += data.remaining();
        }

        @Override
        public void written() {
            steps++;
            reports++;
            writing = false;
        }

        @Override
        public void outputFailed(IOException cause) {
            ended.completeExceptionally(cause);
        }

        @Override
        public void inputEnded() {
            ended.complete(null);
        }

        @Override
        public void closed(@Nullable IOException cause) {
            ended.completeExceptionally(new IOException("closed", cause));
        }
    }

    @Test
    default void h1_twoHundredLinksOfOneEngineEchoAtOnce() throws Exception {
        int count = 200;
        int rounds = 20;
        byte[] message = Bytes.pattern(3_000);
        PeerServer server = bench().server();
        var engine = bench().engine(new EngineOptions(3));
        List<ProbedLink> links = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ProbedLink link = bench().link().oneOfMany();
            new Rounds(link, message, rounds);
            links.add(link.begin(engine, server.address()));
        }
        for (int i = 0; i < count; i++) {
            server.accept().echoAside();
        }
        for (ProbedLink link : links) {
            assertThat(link.awaitClosed()).isEmpty();
            byte[] received = link.receivedBytes();
            assertThat(received).hasSize(rounds * message.length);
            assertThat(received).endsWith(message);
        }
    }

    /** Sends a message, waits until it is back and {@code written} was told (in either order), and again. */
    final class Rounds {
        private final ProbedLink link;
        private final byte[] message;
        private int left;
        private int missing;
        private boolean writing;

        Rounds(ProbedLink link, byte[] message, int rounds) {
            this.link = link;
            this.message = message;
            left = rounds;
            link.whenOpened(l -> next());
            link.whenWritten(() -> {
                writing = false;
                next();
            });
            link.whenReceived(bytes -> {
                missing -= bytes.length;
                next();
            });
        }

        private void next() {
            if (missing == 0 && !writing) {
                if (left-- > 0) {
                    missing = message.length;
                    writing = true;
                    link.link().write(ByteBuffer.wrap(message));
                } else {
                    link.link().close();
                }
            }
        }
    }
}
