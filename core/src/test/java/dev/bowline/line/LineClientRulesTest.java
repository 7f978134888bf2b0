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
import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.QueueClosedException;
import dev.bowline.testing.FakeLink;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What a client does with messages: rules E5, E7, F1 and F4. */
class LineClientRulesTest extends GreeterFixture {
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
