package dev.bowline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bowline.ClientEvent;
import dev.bowline.ClientFailedException;
import dev.bowline.Delivery;
import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.NotDeliveredException;
import dev.bowline.line.DelegatingQueue;
import dev.bowline.line.LineClient;
import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.WhenFull;
import dev.bowline.testing.FakeLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules F4, F5 and F7: every future ends, and every message is in one account, whatever the end is. */
@Timeout(30)
class ClientAccountRulesTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final ClientHarness harness = new ClientHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    private static void send(LineClient client, String... messages) throws InterruptedException {
        for (String message : messages) {
            client.send(message);
        }
    }

    /** Ends once all is delivered. */
    private static DrainResult end(LineClient client, FakeLink link) {
        CompletableFuture<DrainResult> drained = client.drain(LIMIT);
        ClientHarness.letGo(link);
        return drained.join();
    }

    @Test
    void f4_aFlushFailsWithTheFirstUncertainMessageThatItCovers() throws Exception {
        LineClient client =
                harness.builder(Delivery.confirmed().withoutResending()).open();
        send(client, "m1", "m2");
        CompletableFuture<Void> flushed = client.flush();
        send(client, "m3", "m4");
        ClientHarness.lose(harness.ready());
        assertThat(flushed)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(NotDeliveredException.class);
        send(client, "m5");
        CompletableFuture<Void> later = client.flush();
        harness.readyAgain().receive("ok 1\r\n");
        assertThat(later).isCompleted();
    }

    @Test
    void f5_aClientThatLeftSomethingUncertainSaysSoAndNothingElse() throws Exception {
        LineClient client =
                harness.builder(Delivery.confirmed().withoutResending()).open();
        send(client, "m1");
        ClientHarness.lose(harness.ready());
        send(client, "m2");
        FakeLink link = harness.readyAgain();
        link.receive("ok 1\r\n");
        DrainResult result = end(client, link);
        assertThat(result.delivered()).isOne();
        assertThat(result.uncertain().count()).isOne();
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(Duration.ZERO))
                .withMessage("127.0.0.1:8001: not all was delivered; 1 message uncertain");
    }

    @Test
    void f5_whatAQueueCanNotGiveBackIsCountedAllTheSame() throws Exception {
        boolean[] broken = {false};
        LineClient client = harness.builder(Delivery.written())
                .queue(new DelegatingQueue(MemoryQueue.builder().build()) {
                    @Override
                    public int take(Taker taker) throws IOException {
                        if (broken[0]) {
                            throw new IOException("disk full");
                        }
                        return super.take(taker);
                    }
                })
                .open();
        send(client, "m1", "m2", "m3");
        broken[0] = true;
        FakeLink link = harness.connect();
        CompletableFuture<DrainResult> drained = client.drain(LIMIT);
        harness.clock.advance(LIMIT);
        link.runTasks();
        link.loseIfReleased();
        assertThat(drained.join().undelivered().count()).isEqualTo(3);
        assertThat(drained.join().undelivered().messages()).isEmpty();
        assertThat(drained.join().sent()).isEqualTo(3);
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(Duration.ZERO))
                .withMessageContaining("the queue failed: java.io.IOException: disk full");
    }

    @Test
    void e8_aDurableQueueKeepsWhatIsLeftAndItsCountIsHandedBack() throws Exception {
        MemoryQueue kept = MemoryQueue.builder().build();
        LineClient client = harness.builder(Delivery.confirmed())
                .queue(new DelegatingQueue(kept) {
                    @Override
                    public boolean isDurable() {
                        return true;
                    }

                    @Override
                    public void close() {
                        // It stays on disk.
                    }
                })
                .open();
        send(client, "m1", "m2", "m3");
        FakeLink link = harness.connect();
        link.takeAtMost(4);
        link.receive("ready\r\n");
        CompletableFuture<DrainResult> drained = client.drain(LIMIT);
        harness.clock.advance(LIMIT);
        link.runTasks();
        link.loseIfReleased();
        assertThat(drained.join().uncertain()).isEqualTo(new Leftover(1, List.of()));
        assertThat(drained.join().undelivered()).isEqualTo(new Leftover(2, List.of()));
        assertThat(kept.size().messages()).isEqualTo(3);
    }

    @Test
    void f5_finishIsHeardAlsoWhenTheConnectionIsLostAlready() throws Exception {
        LineClient client = harness.builder(Delivery.written()).open();
        ClientHarness.lose(harness.ready());
        harness.protocol().end();
        assertThat(client.await(Duration.ZERO)).isTrue();
        harness.clock.advance(LIMIT);
        assertThat(harness.engine.isQuiet()).isTrue();
    }

    @Test
    void f7_countersStayExactWhenTheClientHasEnded() throws Exception {
        LineClient client = harness.builder(Delivery.written())
                .queue(MemoryQueue.builder()
                        .maxMessages(2)
                        .whenFull(WhenFull.DROP_NEWEST)
                        .build())
                .open();
        send(client, "m1", "m2", "m3");
        FakeLink link = harness.connect();
        link.takeAtMost(4);
        link.receive("ready\r\n");
        CompletableFuture<DrainResult> drained = client.drain(LIMIT);
        harness.clock.advance(LIMIT);
        link.runTasks();
        link.loseIfReleased();
        assertThat(drained.join().sent()).isEqualTo(3);
        assertThat(client.counters().sent()).isEqualTo(3);
        assertThat(client.counters().delivered()).isOne();
        assertThat(client.counters().undelivered()).isOne();
        assertThat(client.counters().dropped()).isOne();
        assertThat(client.counters().waiting()).isZero();
    }

    @Test
    void f5_whatAQueueDroppedBeforeItWasTheClientsIsNotInItsAccount() throws Exception {
        MemoryQueue queue = MemoryQueue.builder()
                .maxMessages(1)
                .whenFull(WhenFull.DROP_NEWEST)
                .build();
        queue.add(ByteBuffer.wrap(new byte[] {'m', '\n'}), Duration.ZERO);
        queue.add(ByteBuffer.wrap(new byte[] {'n', '\n'}), Duration.ZERO);
        LineClient client = harness.builder(Delivery.written()).queue(queue).open();
        CompletableFuture<Void> flushed = client.flush();
        FakeLink link = harness.ready();
        assertThat(flushed).isCompleted();
        assertThat(client.counters().dropped()).isZero();
        assertThat(end(client, link)).isEqualTo(new DrainResult(1, 0, Leftover.NONE, Leftover.NONE));
    }

    @Test
    void f7_eachObserverReadsADroppedMessageForItself() throws Exception {
        List<String> read = new ArrayList<>();
        LineClient.Builder builder = harness.builder(Delivery.written())
                .queue(MemoryQueue.builder()
                        .maxMessages(1)
                        .whenFull(WhenFull.DROP_OLDEST)
                        .build());
        for (int observer = 0; observer < 2; observer++) {
            builder.observer(event -> {
                if (event instanceof ClientEvent.Dropped dropped) {
                    read.add(StandardCharsets.UTF_8.decode(dropped.message()).toString());
                }
            });
        }
        send(builder.open(), "m1", "m2");
        assertThat(read).containsExactly("m1\r\n", "m1\r\n");
    }
}
