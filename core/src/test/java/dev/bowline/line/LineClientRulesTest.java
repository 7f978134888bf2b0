package dev.bowline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.ClientFailedException;
import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.Endpoint;
import dev.bowline.Reconnect;
import dev.bowline.Transport;
import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.QueueClosedException;
import dev.bowline.queue.QueueFullException;
import dev.bowline.testing.FakeEngine;
import dev.bowline.testing.FakeLink;
import dev.bowline.testing.ManualClock;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client over an engine and a clock that a test controls: rules E3 to E5, E7, F1, F4 and F5. */
@Timeout(30)
class LineClientRulesTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final FakeEngine engine = new FakeEngine();
    private final ManualClock clock = new ManualClock();
    private final Transport transport =
            Transport.builder().engine(engine).scheduler(clock).open();
    private final List<String> received = new ArrayList<>();
    private Reaction reaction = (protocol, line) -> {};

    private interface Reaction {
        void react(Greeter protocol, String line) throws Exception;
    }

    private class Greeter extends LineProtocol {
        @Override
        protected void connectionMade() {
            sendLine("hello");
        }

        @Override
        protected void lineReceived(String line) throws Exception {
            received.add(line);
            if (line.equals("welcome")) {
                ready();
            } else if (line.equals("bye")) {
                finish();
            }
            reaction.react(this, line);
        }
    }

    /** Tells how long it was asked to wait, where it can't. */
    private static final class WaitingAnywhere extends DelegatingQueue {
        WaitingAnywhere(MessageQueue inner) {
            super(inner);
        }

        @Override
        public long add(ByteBuffer message, Duration wait) throws IOException, InterruptedException {
            if (!wait.isZero()) {
                throw new IllegalStateException("was to wait for " + wait);
            }
            return super.add(message, wait);
        }
    }

    private LineClient.Builder builder() {
        return LineClient.builder(Endpoint.parse("127.0.0.1:8001"), Greeter::new)
                .transport(transport)
                .reconnect(Reconnect.never());
    }

    private static List<String> lines(DrainResult result) {
        return result.undelivered().messages().stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).replace("\r\n", ""))
                .toList();
    }

    /** Lets the link end as the peer would, once the connection has begun to close. */
    private static void letGo(FakeLink link) {
        link.runTasks();
        link.endInput();
        link.loseIfReleased();
    }

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void f1_sendWorksFromTheMomentTheClientExistsAndWaitsForReady() throws Exception {
        LineClient client = builder().open();
        client.send("m1");
        FakeLink link = engine.next().succeed();
        client.send("m2");
        link.runTasks();
        assertThat(link.taken()).isEqualTo("hello\r\n");
        link.receive("welcome\r\n");
        client.send("m3");
        link.runTasks();
        assertThat(link.taken()).isEqualTo("hello\r\nm1\r\nm2\r\nm3\r\n");
        CompletableFuture<DrainResult> drained = client.drain(LIMIT);
        letGo(link);
        assertThat(drained.join()).isEqualTo(new DrainResult(3, 0, Leftover.NONE, Leftover.NONE));
        assertThat(client.await(Duration.ZERO)).isTrue();
    }

    @Test
    void f1_sendRawSendsBytesAsTheyAre() throws Exception {
        LineClient client = builder().open();
        FakeLink link = engine.next().succeed();
        link.receive("welcome\r\n");
        client.sendRaw(ByteBuffer.wrap("a\rb\nc".getBytes(StandardCharsets.UTF_8)));
        client.send(ByteBuffer.wrap("line".getBytes(StandardCharsets.UTF_8)));
        link.runTasks();
        assertThat(link.taken()).isEqualTo("hello\r\na\rb\ncline\r\n");
        assertThatThrownBy(() -> client.sendRaw(ByteBuffer.allocate(0))).isInstanceOf(IllegalArgumentException.class);
        CompletableFuture<DrainResult> unused = client.drain(LIMIT);
        letGo(link);
    }

    @Test
    void f4_flushCoversWhatIsQueuedNowAndNothingLater() throws Exception {
        LineClient client = builder().open();
        assertThat(client.flush()).as("nothing is queued").isCompleted();
        client.send("m1");
        CompletableFuture<Void> first = client.flush();
        FakeLink link = engine.next().succeed();
        assertThat(first).isNotDone();
        link.receive("welcome\r\n");
        assertThat(first).isCompleted();
        link.takeAtMost(0);
        client.send("m2");
        link.runTasks();
        CompletableFuture<Void> second = client.flush();
        assertThat(second).as("taken, but not delivered").isNotDone();
        link.lose(new IOException("reset"));
        assertThat(second).isCompletedExceptionally();
        assertThat(first).isCompleted();
    }

    @Test
    void f4_aFlushAfterTheFailureFailsIfSomethingWasHandedBack() throws Exception {
        LineClient client = builder().open();
        client.send("m1");
        engine.next().fail(new ConnectException("Connection refused"));
        assertThat(client.drain(LIMIT).get().undelivered().messages()).hasSize(1);
        assertThat(client.flush()).isCompletedExceptionally();
        assertThat(client.flush()).as("asked again").isCompletedExceptionally();
    }

    @Test
    void f4_aQueueThatFailsEndsTheClientLoudly() throws Exception {
        MemoryQueue inner = MemoryQueue.builder().build();
        boolean[] broken = {false};
        LineClient client = builder()
                .queue(new DelegatingQueue(inner) {
                    @Override
                    public int take(Taker taker) throws IOException {
                        if (broken[0]) {
                            throw new IOException("disk full");
                        }
                        return super.take(taker);
                    }
                })
                .open();
        client.send("m1");
        FakeLink link = engine.next().succeed();
        broken[0] = true;
        link.receive("welcome\r\n");
        link.loseIfReleased();
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(LIMIT))
                .withMessageContaining("the queue failed: java.io.IOException: disk full");
        assertThat(client.drain(LIMIT)).isDone();
    }

    @Test
    void a2_aSupplierThatReturnsNullIsAFactoryWithoutAProtocol() throws Exception {
        LineClient client = LineClient.builder(Endpoint.parse("127.0.0.1:8001"), () -> null)
                .transport(transport)
                .reconnect(Reconnect.never())
                .open();
        FakeLink link = engine.next().succeed();
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(LIMIT))
                .withMessage("127.0.0.1:8001: the factory returned no protocol");
        link.lose(null);
    }

    @Test
    void f4_joiningAFutureInACallbackThrowsInsteadOfHanging() throws Exception {
        LineClient[] client = new LineClient[1];
        List<Throwable> thrown = new ArrayList<>();
        reaction = (protocol, line) -> {
            client[0].offer("queued, not yet delivered");
            for (Runnable join : List.<Runnable>of(
                    () -> client[0].flush().join(),
                    () -> client[0].flush().thenRun(() -> {}).join(),
                    () -> client[0].drain(LIMIT).join())) {
                try {
                    join.run();
                } catch (IllegalStateException refused) {
                    thrown.add(refused);
                }
            }
            try {
                client[0].await(LIMIT);
            } catch (IllegalStateException refused) {
                thrown.add(refused);
            }
            client[0].close();
        };
        client[0] = builder().open();
        FakeLink link = engine.next().succeed();
        link.receive("anything\r\n");
        assertThat(thrown).hasSize(4);
        clock.advance(LIMIT);
        link.runTasks();
        link.loseIfReleased();
    }

    /** A queue that knows where it must not wait, and one that leaves that to its client. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void e3_inACallbackNothingWaitsForRoom(boolean ownQueue) throws Exception {
        MemoryQueue small = MemoryQueue.builder().maxMessages(1).build();
        LineClient client = builder()
                .queue(ownQueue ? small : new WaitingAnywhere(small))
                .sendWait(Duration.ofDays(1))
                .open();
        List<Object> outcomes = new ArrayList<>();
        reaction = (protocol, line) -> {
            outcomes.add(client.offer("fits"));
            outcomes.add(client.offer("does not"));
            try {
                client.send("does not");
            } catch (QueueFullException full) {
                outcomes.add(full.getClass());
            }
        };
        FakeLink link = engine.next().succeed();
        link.receive("go\r\n");
        assertThat(outcomes).containsExactly(true, false, QueueFullException.class);
        link.lose(null);
    }

    @Test
    void e3_aContinuationOfAFutureIsACallbackToo() throws Exception {
        LineClient client = builder()
                .queue(MemoryQueue.builder().maxMessages(1).build())
                .sendWait(Duration.ofDays(1))
                .open();
        client.send("m1");
        List<Object> outcomes = new ArrayList<>();
        CompletableFuture<Void> unused = client.flush().thenRun(() -> {
            client.offer("m2");
            try {
                client.send("m3");
            } catch (QueueFullException | InterruptedException full) {
                outcomes.add(full.getClass());
            }
        });
        FakeLink link = engine.next().succeed();
        link.receive("welcome\r\n");
        assertThat(outcomes).containsExactly(QueueFullException.class);
        link.lose(null);
    }

    @Test
    void e5_whatALossCutOffIsHandedBackWholeAndNothingTwice() throws Exception {
        LineClient client = builder().open();
        client.send("one");
        client.send("two");
        client.send("three");
        FakeLink link = engine.next().succeed();
        link.takeAtMost(7);
        link.receive("welcome\r\n");
        link.lose(new IOException("reset"));
        assertThat(link.taken()).isEqualTo("hello\r\none\r\ntw");
        DrainResult result = client.drain(LIMIT).join();
        assertThat(result.delivered()).isEqualTo(1);
        assertThat(lines(result)).containsExactly("two", "three");
        assertThat(result.sent()).isEqualTo(3);
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(Duration.ZERO))
                .withMessage("127.0.0.1:8001: connection failed: reset; 2 messages undelivered");
    }

    @Test
    void e7_onceTheClientEndsASendIsNotSwallowed() throws Exception {
        LineClient client = builder().open();
        engine.next().fail(new ConnectException("Connection refused"));
        assertThatExceptionOfType(ClientFailedException.class).isThrownBy(() -> client.await(LIMIT));
        assertThatExceptionOfType(QueueClosedException.class)
                .isThrownBy(() -> client.send("late"))
                .withMessageContaining("127.0.0.1:8001")
                .withMessageContaining("connection refused")
                .withMessageContaining("the message was not taken");
        assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> client.offer("late"));
    }

    @Test
    void f5_drainDeliversWhatIsQueuedBeforeItCloses() throws Exception {
        LineClient client = builder().open();
        client.send("m1");
        CompletableFuture<DrainResult> drained = client.drain(LIMIT);
        assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> client.send("m2"));
        FakeLink link = engine.next().succeed();
        link.receive("welcome\r\n");
        assertThat(link.taken()).isEqualTo("hello\r\nm1\r\n");
        assertThat(drained).as("the connection is still there").isNotDone();
        letGo(link);
        assertThat(drained).isCompletedWithValue(new DrainResult(1, 0, Leftover.NONE, Leftover.NONE));
    }

    @Test
    void f5_whenTheLimitPassesTheConnectionIsAbortedAndTheRestHandedBack() throws Exception {
        LineClient client = builder().open();
        client.send("m1");
        FakeLink link = engine.next().succeed();
        CompletableFuture<DrainResult> drained = client.drain(LIMIT);
        CompletableFuture<DrainResult> again = client.drain(Duration.ofDays(1));
        clock.advance(LIMIT);
        link.runTasks();
        assertThat(drained).as("nothing is handed back before the end").isNotDone();
        assertThat(link.calls()).containsExactly("abort");
        link.lose(null);
        assertThat(lines(drained.join())).containsExactly("m1");
        assertThat(again.join()).as("one result for every caller").isEqualTo(drained.join());
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(Duration.ZERO))
                .withMessage("127.0.0.1:8001: not all was delivered in time; 1 message undelivered");
    }

    @Test
    void f5_aDrainWithNothingToDeliverCancelsTheAttempt() throws Exception {
        LineClient client = builder().open();
        FakeEngine.Opening opening = engine.next();
        DrainResult result = client.drain(LIMIT).join();
        assertThat(opening.isCancelled()).isTrue();
        assertThat(result.isComplete()).isTrue();
        assertThat(client.await(Duration.ZERO)).isTrue();
    }

    @Test
    void f5_finishFromTheProtocolEndsTheClient() throws Exception {
        LineClient client = builder().open();
        client.send("m1");
        FakeLink link = engine.next().succeed();
        link.receive("welcome\r\nbye\r\n");
        letGo(link);
        assertThat(client.await(LIMIT)).isTrue();
        assertThat(link.taken()).isEqualTo("hello\r\nm1\r\n");
    }

    @Test
    void f5_closeWithinTheLimitHasItsOwnTime() throws Exception {
        LineClient client = builder().open();
        FakeLink link = engine.next().succeed();
        CompletableFuture<DrainResult> drained = client.drain(Duration.ofSeconds(1));
        link.runTasks();
        assertThat(link.calls()).containsExactly("fin");
        clock.advance(Duration.ofSeconds(5));
        link.runTasks();
        assertThat(link.calls()).as("the drain's limit is not the close's").containsExactly("fin");
        letGo(link);
        assertThat(drained).isDone();
    }

    @Test
    void f5_theUsersHandOnAFutureDoesNotReachTheClient() throws Exception {
        LineClient client = builder().open();
        client.send("m1");
        CompletableFuture<DrainResult> mine = client.drain(LIMIT);
        mine.cancel(true);
        FakeLink link = engine.next().succeed();
        link.receive("welcome\r\n");
        letGo(link);
        assertThat(client.drain(LIMIT).join().delivered()).isEqualTo(1);
    }

    @Test
    void f1_afterThePeersEndQueuedMessagesWaitAndAreHandedBack() throws Exception {
        LineClient client = builder().open();
        FakeLink link = engine.next().succeed();
        link.takeAtMost(0);
        link.receive("welcome\r\n");
        client.send("m1");
        link.endInput();
        client.send("m2");
        link.runTasks();
        link.takeMore(Integer.MAX_VALUE);
        link.loseIfReleased();
        DrainResult result = client.drain(LIMIT).join();
        assertThat(link.taken()).isEqualTo("hello\r\n");
        assertThat(lines(result)).containsExactly("m1", "m2");
    }

    @Test
    void everyFutureEndsWhenTheTransportIsClosed() throws Exception {
        LineClient client = builder().open();
        client.send("m1");
        engine.next();
        CompletableFuture<Void> flushed = client.flush();
        transport.close();
        assertThat(lines(client.drain(LIMIT).join())).containsExactly("m1");
        assertThatExceptionOfType(CompletionException.class).isThrownBy(flushed::join);
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(Duration.ZERO))
                .withMessageContaining("the transport was closed; 1 message undelivered");
    }

    @Test
    void aProtocolFailureEndsTheClientWithIt() throws Exception {
        reaction = (protocol, line) -> {
            throw new IllegalArgumentException("what is " + line);
        };
        LineClient client = builder().open();
        FakeLink link = engine.next().succeed();
        link.receive("this\r\n");
        link.loseIfReleased();
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(LIMIT))
                .withMessage("127.0.0.1:8001: the protocol failed: IllegalArgumentException: what is this")
                .withCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void awaitReturnsFalseWhileTheClientLives() throws Exception {
        LineClient client = builder().open();
        assertThat(client.await(Duration.ZERO)).isFalse();
        engine.next().fail(new IOException("no"));
    }

    @Test
    void aTransportThatWasGivenIsNotClosed() throws Exception {
        LineClient client = builder().open();
        engine.next();
        client.close();
        assertThat(engine.isClosed()).isFalse();
    }

    @Test
    void withoutATransportTheErrorNamesTheArtifacts() {
        assertThatIllegalStateException()
                .isThrownBy(() -> LineClient.open("127.0.0.1:8001", Greeter::new))
                .withMessageContaining("dev.bowline:bowline-transport-nio");
    }
}
