package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.ClientFailedException;
import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.LossReason;
import dev.bowline.Reconnect;
import dev.bowline.line.LineClient;
import dev.bowline.queue.QueueClosedException;
import dev.bowline.testkit.ManualClock;
import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.LogCapture;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.Waiting;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/** Flushing (F4) and draining (F5). */
public abstract class DrainContract extends TransportContract {
    /** For a transport's own class. */
    protected DrainContract() {}

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Greets, and is never ready. */
    private static class Never extends RecordingLines {
        @Override
        protected void connectionMade() {
            sendLine("hello");
        }
    }

    @Test
    void f4_aFlushOfNothingIsComplete() throws Exception {
        PeerServer server = server();
        LineClient client = keep(client(server.endpoint(), Never::new).open());
        assertThat(client.flush()).isCompleted();
    }

    @Test
    void f4_aFlushEndsWhenAllThatWasQueuedIsDelivered() throws Exception {
        PeerServer server = serverWithSmallWindow();
        LineClient client = keep(client(server.endpoint(), RecordingLines::new).open());
        client.send("first");
        CompletableFuture<Void> first = client.flush();
        Waiting.await(first);
        client.sendRaw(ByteBuffer.wrap(Bytes.pattern(12_000_000)));
        CompletableFuture<Void> second = client.flush();
        Peer peer = server.accept();
        assertThat(peer.readLine()).isEqualTo("first");
        assertThat(second).as("the pipe is far too small for it").isNotDone();
        assertThat(peer.read(12_000_000)).isEqualTo(Bytes.pattern(12_000_000));
        Waiting.await(second);
        assertThat(client.flush()).isCompleted();
    }

    @Test
    void f4_aFlushCoversOnlyWhatWasQueuedBefore() throws Exception {
        PeerServer server = serverWithSmallWindow();
        LineClient client = keep(client(server.endpoint(), RecordingLines::new).open());
        client.send("first");
        CompletableFuture<Void> flushed = client.flush();
        client.sendRaw(ByteBuffer.wrap(Bytes.pattern(12_000_000)));
        Waiting.await(flushed);
        assertThat(client.flush()).isNotDone();
        assertThat(server.accept().readLine()).isEqualTo("first");
    }

    @Test
    void f4_aFlushFailsWhenWhatItCoversIsHandedBack() throws Exception {
        PeerServer server = server();
        LineClient client = keep(client(server.endpoint(), Never::new).open());
        client.send("m1");
        CompletableFuture<Void> flushed = client.flush();
        CompletableFuture<String> derived = flushed.thenApply(unused -> "flushed");
        server.accept().close();
        assertThat(Waiting.awaitFailure(flushed)).isInstanceOf(QueueClosedException.class);
        assertThatThrownBy(derived::join).isInstanceOf(CompletionException.class);
    }

    @Test
    void f4_whoeverCompletesAFlushSpoilsItForNobodyElse() throws Exception {
        PeerServer server = server();
        LineClient client = keep(client(server.endpoint(), Never::new).open());
        client.send("m1");
        client.flush().complete(null);
        client.drain(LONG).complete(new DrainResult(99, 0, Leftover.NONE, Leftover.NONE));
        CompletableFuture<Void> flushed = client.flush();
        CompletableFuture<DrainResult> drained = client.drain(LONG);
        assertThat(flushed).isNotDone();
        server.accept().close();
        assertThat(Waiting.await(drained).sent()).isOne();
        assertThat(flushed).isCompletedExceptionally();
    }

    @Test
    @Needs(Capability.HALF_CLOSE)
    void f5_aDrainDeliversWhatIsQueuedThenClosesInGoodOrder() throws Exception {
        PeerServer server = server();
        LineClient client = keep(client(server.endpoint(), RecordingLines::new).open());
        for (String message : Bytes.messages(2_000)) {
            client.send(message);
        }
        CompletableFuture<DrainResult> drained = client.drain(LONG);
        assertThatThrownBy(() -> client.send("late")).isInstanceOf(QueueClosedException.class);
        Peer peer = server.accept();
        assertThat(peer.readLinesToEnd()).isEqualTo(Bytes.messages(2_000));
        assertThat(drained).as("the connection is not closed yet").isNotDone();
        peer.close();
        DrainResult result = Waiting.await(drained);
        assertThat(result).isEqualTo(new DrainResult(2_000, 0, Leftover.NONE, Leftover.NONE));
        assertThat(result.isComplete()).isTrue();
        assertThat(client.await(Duration.ZERO)).isTrue();
    }

    @Test
    void f5_aDrainOfNothingEndsAnAttemptAtOnce() throws Exception {
        PeerServer silent = silentServer();
        LineClient client = keep(client(silent.endpoint(), RecordingLines::new).open());
        assertThat(Waiting.await(client.drain(LONG))).isEqualTo(new DrainResult(0, 0, Leftover.NONE, Leftover.NONE));
        assertThat(client.await(Duration.ZERO)).isTrue();
    }

    @Test
    void f5_atTheLimitTheConnectionIsAbortedAndTheRestHandedBack() throws Exception {
        PeerServer server = server();
        ManualClock clock = new ManualClock();
        LineClient client = client(server, clock);
        for (String message : Bytes.messages(5)) {
            client.send(message);
        }
        Peer peer = server.accept();
        assertThat(peer.readLine()).isEqualTo("hello");
        CompletableFuture<DrainResult> drained = client.drain(LIMIT);
        clock.awaitTimer(LIMIT);
        clock.advance(LIMIT.minusMillis(1));
        assertThat(clock.isWaiting(Duration.ofMillis(1))).isTrue();
        assertThat(drained).isNotDone();
        clock.advance(Duration.ofMillis(1));
        DrainResult result = Waiting.await(drained);
        assertThat(Bytes.lines(result.undelivered().messages())).isEqualTo(Bytes.messages(5));
        assertThat(result.sent()).isEqualTo(5);
        assertThat(peer.countToEnd()).isEqualTo(new Peer.InputEnd(0, true));
        assertThatThrownBy(() -> client.await(Duration.ZERO))
                .isInstanceOf(ClientFailedException.class)
                .hasMessageContaining("in time");
    }

    @Test
    void f5_aPeerThatTakesOnlySomeGetsAnExactAccount() throws Exception {
        PeerServer server = serverWithSmallWindow();
        LineClient client = keep(client(server.endpoint(), RecordingLines::new).open());
        int count = 12;
        for (int i = 0; i < count; i++) {
            client.sendRaw(ByteBuffer.wrap(Bytes.pattern(1_000_000)));
        }
        Peer peer = server.accept();
        peer.read(1_000_000);
        DrainResult result = Waiting.await(client.drain(Duration.ofMillis(50)));
        assertThat(result.sent()).isEqualTo(count);
        assertThat(result.delivered()).isGreaterThanOrEqualTo(1);
        assertThat(result.undelivered().messages())
                .hasSize(count - (int) result.delivered())
                .isNotEmpty();
        assertThat(result.undelivered().messages()).allMatch(message -> message.length == 1_000_000);
        assertThat(1_000_000 + peer.countToEnd().count()).isLessThan((result.delivered() + 1) * 1_000_000);
    }

    @Test
    void f5_everyCallerGetsTheSameResultAndTheNearestLimitHolds() throws Exception {
        PeerServer server = server();
        ManualClock clock = new ManualClock();
        LineClient client = client(server, clock);
        client.send("m1");
        CompletableFuture<DrainResult> patient = client.drain(LONG);
        CompletableFuture<DrainResult> hasty = client.drain(LIMIT);
        CompletableFuture<DrainResult> middling = client.drain(LIMIT.multipliedBy(2));
        clock.awaitTimer(LIMIT);
        clock.advance(LIMIT);
        DrainResult result = Waiting.await(hasty);
        assertThat(Waiting.await(patient)).isSameAs(result);
        assertThat(Waiting.await(middling)).isSameAs(result);
        assertThat(Waiting.await(client.drain(LIMIT))).isSameAs(result);
        assertThat(clock.isWaiting(LIMIT)).as("no timer outlives the client").isFalse();
    }

    @Test
    void f5_nothingIsHandedBackBeforeTheConnectionIsOver() throws Exception {
        PeerServer server = server();
        ManualClock clock = new ManualClock();
        CompletableFuture<DrainResult> result = new CompletableFuture<>();
        RecordingLines protocol = new Never() {
            @Override
            public void connectionLost(LossReason reason) throws Exception {
                lines().add(result.isDone() ? "too late" : "in time");
                super.connectionLost(reason);
            }
        };
        LineClient client = keep(LineClient.builder(server.endpoint(), () -> protocol)
                .connectOptions(options())
                .transport(transport(clock))
                .reconnect(Reconnect.never())
                .open());
        client.send("m1");
        assertThat(server.accept().readLine()).isEqualTo("hello");
        CompletableFuture<Boolean> told = client.drain(LIMIT).thenApply(result::complete);
        clock.advance(LIMIT);
        Waiting.await(told);
        assertThat(protocol.lines().events()).containsExactly("in time");
    }

    @Test
    void f5_closeDrainsForTenSecondsAndWarnsOfWhatIsLeft() throws Exception {
        PeerServer server = server();
        ManualClock clock = new ManualClock();
        LineClient client = client(server, clock);
        client.send("m1");
        assertThat(server.accept().readLine()).isEqualTo("hello");
        try (LogCapture logged = new LogCapture()) {
            CompletableFuture<Void> closed = Waiting.aside(() -> {
                client.close();
                return null;
            });
            clock.awaitTimer(Duration.ofSeconds(10));
            assertThat(closed).isNotDone();
            clock.advance(Duration.ofSeconds(10));
            Waiting.await(closed);
            assertThat(Waiting.await(client.drain(LONG)).undelivered().messages())
                    .hasSize(1);
            assertThat(logged.of(Level.WARNING)).hasSize(1);
        }
    }

    @Test
    void f5_closeSaysNothingWhenNothingIsLeft() throws Exception {
        PeerServer server = server();
        LineClient client = client(server.endpoint(), RecordingLines::new).open();
        client.send("m1");
        Peer peer = server.accept();
        CompletableFuture<List<String>> lines = Waiting.aside(() -> {
            List<String> all = peer.readLinesToEnd();
            peer.close();
            return all;
        });
        try (LogCapture logged = new LogCapture()) {
            client.close();
            client.close();
            assertThat(logged.of(Level.WARNING)).isEmpty();
        }
        assertThat(Waiting.await(lines)).containsExactly("m1");
        assertThat(client.await(Duration.ZERO)).isTrue();
    }

    /** A client whose protocol is never ready, and whose time is the test's. */
    private LineClient client(PeerServer server, ManualClock clock) {
        return keep(LineClient.builder(server.endpoint(), Never::new)
                .connectOptions(options())
                .transport(transport(clock))
                .reconnect(Reconnect.never())
                .open());
    }
}
