package dev.bowline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bowline.ClientFailedException;
import dev.bowline.ConnectOptions;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.Reconnect;
import dev.bowline.Transport;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The transport as a whole, with core above it. */
class MemoryTransportTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final MemoryTransport memory = MemoryTransport.open();

    @AfterEach
    void close() {
        memory.close();
    }

    /** Ready at once; what it is sent, it notes. */
    private static class Notes extends LineProtocol {
        final List<String> lines = new ArrayList<>();

        @Override
        protected void connectionMade() {
            ready();
        }

        @Override
        protected void lineReceived(String line) {
            lines.add(line);
        }
    }

    private LineClient client(MemoryServer server, LineProtocol protocol) {
        return client(server.endpoint(), protocol);
    }

    private LineClient client(Endpoint endpoint, LineProtocol protocol) {
        return LineClient.builder(endpoint, () -> protocol)
                .transport(memory.transport())
                .reconnect(Reconnect.never())
                .open();
    }

    @Test
    void noThreadIsStartedByAnythingThatAClientDoes() throws Exception {
        List<String> threads = new ArrayList<>();
        MemoryServer server = memory.listen("echo.example:7");
        LineClient client = client(server, new Notes() {
            @Override
            protected void connectionMade() {
                threads.add(Thread.currentThread().getName());
                super.connectionMade();
            }
        });
        client.send("hello");
        assertThat(server.hasCaller()).isFalse();
        memory.run();
        assertThat(server.accept().readLines()).containsExactly("hello");
        memory.close();
        assertThat(threads).containsExactly(Thread.currentThread().getName());
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("bowline-memory"));
    }

    @Test
    void stepsTakenOneByOneLeadToTheSameAsRun() throws Exception {
        MemoryServer server = memory.listen("127.0.0.1:8001");
        Notes notes = new Notes();
        LineClient client = client(server, notes);
        client.send("x");
        int steps = 0;
        while (memory.step()) {
            steps++;
        }
        MemoryPeer peer = server.accept();
        assertThat(peer.readLines()).containsExactly("x");
        assertThat(steps).isGreaterThan(3);
        peer.send("a line that comes byte by byte\r\n");
        memory.chunkSize(1);
        while (memory.step()) {
            steps++;
        }
        assertThat(notes.lines).containsExactly("a line that comes byte by byte");
        assertThat(steps).isGreaterThan(32);
    }

    @Test
    void aChunkHasOneByteTo65536() {
        assertThatIllegalArgumentException().isThrownBy(() -> memory.chunkSize(0));
        assertThatIllegalArgumentException().isThrownBy(() -> memory.chunkSize(65_537));
    }

    // ---- names and addresses ----

    @Test
    void a2_aNameThatWasNeverSetDoesNotResolve() {
        LineClient client = client(new Endpoint.Tcp("nobody.example", 1), new Notes());
        memory.run();
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(Duration.ZERO))
                .withMessageContaining("the name 'nobody.example' does not resolve");
    }

    @Test
    void a2_whereNobodyListensTheClientIsRefused() {
        LineClient client = client(new Endpoint.Tcp("localhost", 8001), new Notes());
        memory.run();
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(Duration.ZERO))
                .withMessageContaining("connection refused by 127.0.0.1:8001");
    }

    @Test
    void a7_theAddressesOfANameAreTriedInTheOrderOfTheTable() throws Exception {
        memory.host("Two.example", "10.0.0.1", "::1");
        MemoryServer second = memory.listen("[::1]:80");
        Notes notes = new Notes();
        client(new Endpoint.Tcp("two.EXAMPLE", 80), notes);
        memory.run();
        assertThat(second.accept().remoteAddress())
                .isEqualTo(new InetSocketAddress(InetAddress.getByName("::1"), 49152));
    }

    @Test
    void a7_namesAreResolvedAnewAtEveryAttempt() {
        MemoryServer old = memory.listen("10.0.0.1:80");
        MemoryServer moved = memory.listen("10.0.0.2:80");
        Endpoint endpoint = new Endpoint.Tcp("moving.example", 80);
        memory.host("moving.example", "10.0.0.1");
        client(endpoint, new Notes());
        memory.run();
        memory.host("moving.example", "10.0.0.2");
        client(endpoint, new Notes());
        memory.run();
        assertThat(old.hasCaller()).isTrue();
        assertThat(moved.hasCaller()).isTrue();
    }

    @Test
    void aServersNameIsGivenAnAddressOrHasItsOwn() {
        MemoryServer given = memory.listen("given.example:25");
        assertThat(given.endpoint()).isEqualTo(new Endpoint.Tcp("given.example", 25));
        assertThat(given.address().toString()).isEqualTo("given.example/127.1.0.1:25");
        memory.host("own.example", "10.1.2.3");
        assertThat(memory.listen("own.example:25").address().toString()).isEqualTo("own.example/10.1.2.3:25");
        memory.host("two.example", "10.0.0.1", "10.0.0.2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> memory.listen("two.example:80"))
                .withMessageContaining("two.example has 2 addresses");
        memory.host("none.example");
        assertThatIllegalArgumentException().isThrownBy(() -> memory.listen("none.example:80"));
        assertThatIllegalArgumentException().isThrownBy(() -> memory.host("x.example", "1.2.3.256"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> memory.listen(InetSocketAddress.createUnresolved("x.example", 1)));
    }

    @Test
    void portNoughtIsAFreeOne() {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        assertThat(memory.listen(any).endpoint()).isEqualTo(new Endpoint.Tcp("127.0.0.1", 8001));
        assertThat(memory.listen(any).endpoint()).isEqualTo(new Endpoint.Tcp("127.0.0.1", 8002));
    }

    @Test
    void aFreePortIsNotTheOneThatAServerHasJustLeft() {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        MemoryServer gone = memory.listen(any);
        gone.close();
        assertThat(memory.listen(any).endpoint()).isNotEqualTo(gone.endpoint());
    }

    // ---- time ----

    @Test
    void a7_anAttemptThatIsNotAnsweredTimesOutWhenTheTestSaysSo() throws Exception {
        MemoryServer server = memory.listen("silent.example:80").answering(false);
        LineClient client = client(server, new Notes());
        memory.advance(ConnectOptions.DEFAULT.connectTimeout().minusNanos(1));
        assertThat(client.await(Duration.ZERO)).isFalse();
        memory.advance(Duration.ofNanos(1));
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(Duration.ZERO))
                .withMessageContaining("silent.example:80 did not answer within 30 s");
    }

    @Test
    void whatHappensInASecondIsOverBeforeTheNextBegins() {
        Transport transport = memory.transport();
        List<Long> seconds = new ArrayList<>();
        Runnable tick = new Runnable() {
            @Override
            public void run() {
                // By way of a step, as all that a timer sets going.
                transport.schedule(Duration.ZERO, () -> {
                    seconds.add(memory.clock().nanoTime() / SECOND.toNanos());
                    transport.schedule(SECOND, this);
                });
            }
        };
        tick.run();
        memory.advance(Duration.ofMillis(3_500));
        assertThat(seconds).containsExactly(0L, 1L, 2L, 3L);
        assertThat(memory.clock().nanoTime()).isEqualTo(Duration.ofMillis(3_500).toNanos());
    }

    @Test
    void withoutADelayNoTimeHasToPass() {
        List<String> ran = new ArrayList<>();
        memory.transport().schedule(Duration.ZERO, () -> ran.add("ran"));
        memory.transport().schedule(Duration.ZERO, () -> ran.add("cancelled")).cancel();
        memory.transport().schedule(SECOND, () -> ran.add("later"));
        memory.run();
        assertThat(ran).containsExactly("ran");
    }

    @Test
    void aTransportThatEndsForgetsItsOwnTimersOnly() {
        List<String> ran = new ArrayList<>();
        Transport second = memory.builder().open();
        memory.transport().schedule(SECOND, () -> ran.add("first"));
        second.schedule(SECOND, () -> ran.add("second"));
        second.schedule(SECOND, () -> ran.add("cancelled")).cancel();
        assertThat(memory.clock().waiting()).isEqualTo(2);
        second.close();
        assertThat(memory.clock().waiting()).isEqualTo(1);
        memory.advance(SECOND);
        assertThat(ran).containsExactly("first");
    }

    // ---- what waits ----

    @Test
    void f4_runGoesOnUntilTheFutureIsComplete() throws Exception {
        MemoryServer server = memory.listen("sink.example:9");
        LineClient client = client(server, new Notes());
        client.send("x".repeat(10_000));
        memory.run(client.flush());
        assertThat(client.flush()).isCompleted();
        assertThat(memory.run(CompletableFuture.completedFuture("at once"))).isEqualTo("at once");
    }

    @Test
    void f4_runSaysSoWhenTheFutureCannotComplete() throws Exception {
        MemoryServer server = memory.listen("silent.example:9").answering(false);
        LineClient client = client(server, new Notes());
        client.send("x");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> memory.run(client.flush()))
                .withMessageContaining("the next timer is due in PT30S");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> MemoryTransport.open().run(new CompletableFuture<>()))
                .withMessageContaining("it is the peer's turn");
    }

    @Test
    void f4_runThrowsWhatTheFutureFailedWith() throws Exception {
        LineClient client = client(new Endpoint.Tcp("localhost", 9), new Notes());
        client.send("x");
        assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> memory.run(client.flush()));
    }

    @Test
    void closeEndsClientsAttemptsAndConnectionsAtOnce() throws Exception {
        MemoryServer server = memory.listen("server.example:80");
        LineClient connected = client(server, new Notes());
        memory.run();
        MemoryPeer peer = server.accept();
        LineClient hanging = client(memory.listen("silent.example:80").answering(false), new Notes());
        hanging.send("never sent");
        memory.run();
        LineClient begun = client(server, new Notes());
        long before = memory.clock().nanoTime();

        memory.close();

        assertThat(memory.clock().nanoTime()).isEqualTo(before);
        assertThat(peer.wasReset()).isTrue();
        assertThat(connected.await(Duration.ZERO)).isTrue();
        assertThatExceptionOfType(ClientFailedException.class).isThrownBy(() -> hanging.await(Duration.ZERO));
        assertThatExceptionOfType(ClientFailedException.class).isThrownBy(() -> begun.await(Duration.ZERO));
        // These return: nothing is left to wait for.
        connected.close();
        memory.transport().close();
        memory.close();
        assertThatIllegalStateException().isThrownBy(() -> client(server, new Notes()));
    }

    @Test
    void closeInsideACallbackOnlyBegins() {
        MemoryServer server = memory.listen("server.example:80");
        List<String> order = new ArrayList<>();
        LineClient client = client(server, new Notes() {
            @Override
            protected void connectionMade() {
                memory.close();
                order.add("close returned");
            }

            @Override
            public void connectionLost(LossReason reason) {
                order.add("lost");
            }
        });
        memory.run();
        assertThat(order).containsExactly("close returned", "lost");
        assertThat(client.drain(Duration.ZERO)).isDone();
    }

    // ---- on a thread of its own ----

    @Test
    void drivenEverythingThatBlocksWorksAsWithSockets() throws Exception {
        MemoryServer server = memory.listen("server.example:80");
        memory.drive();
        memory.drive();
        Notes notes = new Notes() {
            @Override
            protected void lineReceived(String line) {
                super.lineReceived(line);
                finish();
            }
        };
        try (LineClient client = client(server, notes)) {
            client.send("hello");
            client.flush().get();
            MemoryPeer peer = server.awaitPeer();
            peer.send("answer\r\n").close();
            assertThat(client.await(Duration.ofSeconds(30))).isTrue();
        }
        assertThat(notes.lines).containsExactly("answer");
        memory.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("bowline-memory"));
    }

    @Test
    void aSecondTransportIsOnTheSameNetwork() throws Exception {
        MemoryServer server = memory.listen("server.example:80");
        memory.drive();
        try (Transport second = memory.builder()
                .resolver(host -> List.of(InetAddress.getByName("10.0.0.7")))
                .open()) {
            MemoryServer elsewhere = memory.listen("10.0.0.7:80");
            LineClient client = LineClient.builder(server.endpoint(), Notes::new)
                    .transport(second)
                    .open();
            MemoryPeer peer = elsewhere.awaitPeer();
            second.close();
            assertThat(client.drain(Duration.ZERO)).isDone();
            assertThat(peer.wasReset()).isTrue();
        }
        assertThat(server.hasCaller()).isFalse();
    }
}
