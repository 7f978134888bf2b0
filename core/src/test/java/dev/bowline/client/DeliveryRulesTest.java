package dev.bowline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bowline.ClientEvent;
import dev.bowline.Delivery;
import dev.bowline.DrainResult;
import dev.bowline.LossReport;
import dev.bowline.NotDeliveredException;
import dev.bowline.line.LineClient;
import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.WhenFull;
import dev.bowline.testing.FakeLink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule F3, and what E3, F5 and F7 say of it. */
@Timeout(30)
class DeliveryRulesTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final ClientHarness harness = new ClientHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    private LineClient open(Delivery delivery) {
        return harness.builder(delivery).open();
    }

    private static void send(LineClient client, int from, int to) throws InterruptedException {
        for (int i = from; i <= to; i++) {
            client.send("m" + i);
        }
    }

    private static String lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i <= to; i++) {
            lines.append('m').append(i).append("\r\n");
        }
        return lines.toString();
    }

    private static List<String> texts(DrainResult.Leftover leftover) {
        return leftover.messages().stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).replace("\r\n", ""))
                .toList();
    }

    private static void assertReport(LossReport report, long handedOver, long confirmed) {
        assertThat(report.handedOver()).isEqualTo(handedOver);
        assertThat(report.confirmed()).isEqualTo(confirmed);
        assertThat(report.uncertain()).isEqualTo(handedOver - confirmed);
    }

    // ---- written ----

    @Test
    void f3_whatWasWrittenIsNeverSentTwice_whateverWasConfirmed() throws Exception {
        LineClient client = open(Delivery.written());
        send(client, 1, 4);
        FakeLink first = harness.connect();
        first.takeAtMost(10); // two and a half messages
        first.receive("ready\r\n");
        first.receive("ok 1\r\n");
        ClientHarness.lose(first);
        FakeLink second = harness.readyAgain();
        assertThat(second.taken()).isEqualTo(lines(3, 4));
        assertReport(harness.reports().get(0), 2, 1);
        assertThat(client.counters().delivered()).isEqualTo(4);
        assertThat(client.counters().resent()).isZero();
        assertThat(client.counters().confirmed()).isOne();
    }

    // ---- confirmed ----

    @Test
    void f3_whatIsNotConfirmedIsSentAgainInOrderAndWhole() throws Exception {
        LineClient client = open(Delivery.confirmed());
        send(client, 1, 5);
        FakeLink first = harness.connect();
        first.takeAtMost(14); // three and a half
        first.receive("ready\r\n");
        first.receive("ok 1\r\n");
        assertThat(client.counters().delivered()).isOne();
        ClientHarness.lose(first);
        FakeLink second = harness.readyAgain();
        assertThat(second.taken()).isEqualTo(lines(2, 5));
        second.receive("ok 4\r\n");
        assertReport(harness.reports().get(0), 3, 1);
        assertThat(client.counters().delivered()).isEqualTo(5);
        assertThat(client.counters().resent()).as("the second and the third").isEqualTo(2);
        assertThat(client.counters().waiting()).isZero();
    }

    @Test
    void f3_aFlushEndsWithTheLastConfirmation() throws Exception {
        LineClient client = open(Delivery.confirmed());
        send(client, 1, 2);
        CompletableFuture<Void> flushed = client.flush();
        FakeLink link = harness.ready();
        link.receive("ok 1\r\n");
        assertThat(flushed).isNotDone();
        link.receive("ok 1\r\n");
        assertThat(flushed).isCompleted();
    }

    @Test
    void f3_moreThanWasGivenIsRefusedAndForgetsNothing() throws Exception {
        for (Delivery delivery : List.of(Delivery.written(), Delivery.confirmed())) {
            try (ClientHarness own = new ClientHarness()) {
                LineClient client = own.builder(delivery).open();
                send(client, 1, 2);
                FakeLink link = own.ready();
                link.receive("say\r\n");
                link.receive("ok 3\r\nok 0\r\nok 2\r\nok 1\r\n");
                assertThat(own.refusals)
                        .containsExactly(
                                "confirm(3): of the queued messages given to this connection only 2 are not confirmed"
                                        + " yet",
                                "1 message or more is confirmed, not 0",
                                "confirm(1): of the queued messages given to this connection only 0 are not confirmed"
                                        + " yet");
                assertThat(client.counters().confirmed()).isEqualTo(2);
            }
        }
    }

    @Test
    void f3_aConfirmationProvesThatTheOperatingSystemTookIt() throws Exception {
        LineClient client = open(Delivery.confirmed());
        send(client, 1, 3);
        FakeLink link = harness.connect();
        link.takeAtMost(0); // the link has not said yet that anything was written
        link.receive("ready\r\n");
        link.receive("ok 2\r\n");
        assertThat(client.counters().delivered()).isEqualTo(2);
        assertThat(client.counters().handedOver()).isEqualTo(2);
        link.takeMore(Integer.MAX_VALUE);
        assertThat(client.counters().handedOver()).isEqualTo(3);
        ClientHarness.lose(link);
        assertReport(harness.reports().get(0), 3, 2);
        assertThat(harness.readyAgain().taken()).isEqualTo(lines(3, 3));
    }

    @Test
    void a4_onceLostAProtocolsConfirmAndReadyDoNothing() throws Exception {
        LineClient client = open(Delivery.confirmed());
        send(client, 1, 2);
        FakeLink first = harness.ready();
        ClientHarness.Obedient lost = harness.protocol();
        ClientHarness.lose(first);
        harness.clock.advance(Duration.ofSeconds(1));
        FakeLink second = harness.connect();
        lost.answered(2);
        lost.readyAgain();
        first.runTasks();
        second.runTasks();
        assertThat(second.taken()).isEmpty();
        assertThat(harness.refusals).isEmpty();
        assertThat(client.counters().delivered()).isZero();
    }

    @Test
    void f3_atMostAWindowOfMessagesIsUnconfirmed() throws Exception {
        LineClient client = open(Delivery.confirmed().withWindow(3));
        send(client, 1, 5);
        FakeLink link = harness.ready();
        assertThat(link.taken()).isEqualTo(lines(1, 3));
        link.receive("ok 1\r\n");
        assertThat(link.taken()).isEqualTo(lines(1, 4));
        link.receive("ok 3\r\n");
        assertThat(link.taken()).isEqualTo(lines(1, 5));
        client.send("m6");
        link.runTasks();
        assertThat(link.taken()).isEqualTo(lines(1, 6));
        send(client, 7, 9);
        link.runTasks();
        assertThat(link.taken()).isEqualTo(lines(1, 7));
    }

    @Test
    void f3_theWindowIsAThousandUnlessToldOtherwise() throws Exception {
        LineClient client = open(Delivery.confirmed());
        send(client, 1, 1_200);
        assertThat(harness.ready().taken()).isEqualTo(lines(1, 1_000));
    }

    @Test
    void f3_aConnectionThatConfirmedNothingHalvesTheNextOnesWindow() throws Exception {
        LineClient client = open(Delivery.confirmed().withWindow(5));
        send(client, 1, 9);
        FakeLink link = harness.ready();
        assertThat(link.taken()).isEqualTo(lines(1, 5));
        ClientHarness.lose(link);
        link = harness.readyAgain();
        assertThat(link.taken()).isEqualTo(lines(1, 2));
        ClientHarness.lose(link);
        link = harness.readyAgain();
        assertThat(link.taken()).isEqualTo(lines(1, 1));
        ClientHarness.lose(link);
        link = harness.readyAgain();
        assertThat(link.taken()).as("never less than one").isEqualTo(lines(1, 1));
        link.receive("ok 1\r\n");
        assertThat(link.taken()).as("one confirmed, two on their way").isEqualTo(lines(1, 3));
        ClientHarness.lose(link);
        link = harness.readyAgain();
        assertThat(link.taken()).as("it confirmed something").isEqualTo(lines(2, 3));
    }

    @Test
    void f3_aConnectionThatWasGivenNothingHalvesNothing() throws Exception {
        LineClient client = open(Delivery.confirmed().withWindow(4));
        send(client, 1, 9);
        for (int i = 0; i < 5; i++) {
            ClientHarness.lose(harness.connect());
            harness.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(harness.ready().taken()).isEqualTo(lines(1, 4));
    }

    @Test
    void f3_theResendMaximumTurnsAPoisonMessageUncertain() throws Exception {
        LineClient client = open(Delivery.confirmed().withWindow(1).withResendMaximum(2));
        send(client, 1, 2);
        CompletableFuture<Void> flushed = client.flush();
        ClientHarness.lose(harness.ready());
        ClientHarness.lose(harness.readyAgain());
        assertThat(flushed).isNotDone();
        ClientHarness.lose(harness.readyAgain());
        assertThat(flushed).isCompletedExceptionally();
        FakeLink link = harness.readyAgain();
        assertThat(link.taken()).isEqualTo(lines(2, 2));
        assertThat(client.counters().uncertain()).isOne();
        assertThat(client.counters().resent()).isEqualTo(2);
        link.receive("ok 1\r\n");
        CompletableFuture<DrainResult> drained = client.drain(LIMIT);
        ClientHarness.letGo(link);
        assertThat(texts(drained.join().uncertain())).containsExactly("m1");
        assertThat(drained.join().sent()).isEqualTo(2);
    }

    @Test
    void f3_whatWasCutOffMidWriteIsNoResendOfIt() throws Exception {
        LineClient client = open(Delivery.confirmed().withWindow(1).withResendMaximum(1));
        client.send("m1");
        for (int i = 0; i < 5; i++) {
            FakeLink link = harness.connect();
            link.takeAtMost(2);
            link.receive("ready\r\n");
            ClientHarness.lose(link);
            harness.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(harness.ready().taken()).isEqualTo("m1\r\n");
        assertThat(client.counters().uncertain()).isZero();
    }

    @Test
    void f3_withoutResendingTheUncertainLeavesAndTheRestIsSent() throws Exception {
        LineClient client = open(Delivery.confirmed().withoutResending());
        send(client, 1, 5);
        CompletableFuture<Void> flushed = client.flush();
        FakeLink first = harness.connect();
        first.takeAtMost(14); // three and a half
        first.receive("ready\r\n");
        first.receive("ok 1\r\n");
        ClientHarness.lose(first);
        assertThat(flushed)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(NotDeliveredException.class);
        FakeLink second = harness.readyAgain();
        assertThat(second.taken()).isEqualTo(lines(4, 5));
        second.receive("ok 2\r\n");
        CompletableFuture<DrainResult> drained = client.drain(LIMIT);
        ClientHarness.letGo(second);
        assertThat(texts(drained.join().uncertain())).containsExactly("m2", "m3");
        assertThat(drained.join().delivered()).isEqualTo(3);
        assertThat(drained.join().sent()).isEqualTo(5);
        assertThat(harness.events(ClientEvent.Dropped.class))
                .extracting(ClientEvent.Dropped::uncertain)
                .containsExactly(true, true);
        assertThat(harness.reports().get(0).uncertain()).isEqualTo(2);
    }

    @Test
    void f5_atTheEndWhatWasHandedOverIsUncertainAndTheRestUndelivered() throws Exception {
        LineClient client = open(Delivery.confirmed());
        send(client, 1, 4);
        FakeLink first = harness.connect();
        first.takeAtMost(8); // two
        first.receive("ready\r\n");
        ClientHarness.lose(first); // both may have arrived
        harness.clock.advance(Duration.ofSeconds(1));
        CompletableFuture<DrainResult> drained = client.drain(LIMIT);
        FakeLink second = harness.connect();
        harness.clock.advance(LIMIT);
        second.runTasks();
        assertThat(drained)
                .as("nothing is handed back before the connection is over")
                .isNotDone();
        second.loseIfReleased();
        DrainResult result = drained.join();
        assertThat(texts(result.uncertain())).containsExactly("m1", "m2");
        assertThat(texts(result.undelivered())).containsExactly("m3", "m4");
        assertThat(result.sent()).isEqualTo(4);
    }

    @Test
    void f5_aDrainConnectsReadsAndConfirmsAsBefore() throws Exception {
        LineClient client = open(Delivery.confirmed());
        send(client, 1, 2);
        CompletableFuture<DrainResult> drained = client.drain(LIMIT);
        ClientHarness.lose(harness.ready());
        FakeLink second = harness.readyAgain();
        assertThat(second.taken()).isEqualTo(lines(1, 2));
        second.receive("ok 2\r\n");
        assertThat(second.calls()).containsExactly("fin");
        ClientHarness.letGo(second);
        assertThat(drained.join().isComplete()).isTrue();
        assertThat(drained.join().delivered()).isEqualTo(2);
        assertThat(harness.events(ClientEvent.Waiting.class))
                .as("none after the last")
                .hasSize(1);
    }

    // ---- drops, and what is told ----

    @Test
    void e3_whatTheQueueDropsIsCountedAndFailsTheFlushesThatCoverIt() throws Exception {
        LineClient client = harness.builder(Delivery.confirmed())
                .queue(MemoryQueue.builder()
                        .maxMessages(3)
                        .whenFull(WhenFull.DROP_OLDEST)
                        .build())
                .open();
        send(client, 1, 3);
        CompletableFuture<Void> flushed = client.flush();
        client.send("m4");
        assertThat(client.counters().dropped()).isOne();
        assertThat(flushed)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(NotDeliveredException.class);
        FakeLink first = harness.connect();
        first.takeAtMost(4);
        first.receive("ready\r\n");
        ClientHarness.lose(first); // the second is handed over, and comes back
        send(client, 5, 6);
        assertThat(client.counters().uncertain())
                .as("a dropped message that was handed over")
                .isOne();
        assertThat(client.counters().dropped()).isEqualTo(2);
        assertThat(harness.events(ClientEvent.Dropped.class))
                .extracting(ClientEvent.Dropped::uncertain)
                .containsExactly(false, true, false);
        assertThat(client.counters().sent()).isEqualTo(6);
    }

    @Test
    void f7_anObserverHearsItAllInOrder() throws Exception {
        LineClient client = open(Delivery.written());
        send(client, 1, 2);
        FakeLink link = harness.ready();
        ClientHarness.lose(link);
        harness.clock.advance(Duration.ofSeconds(1));
        CompletableFuture<DrainResult> drained = client.drain(LIMIT);
        assertThat(drained).isDone();
        assertThat(harness.events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Connecting", "Connected", "Ready", "Delivered", "Lost", "Waiting", "Connecting");
        assertThat(harness.events(ClientEvent.Delivered.class)).containsExactly(new ClientEvent.Delivered(2));
    }

    @Test
    void f7_anObserverThatThrowsDisturbsNobody() throws Exception {
        LineClient client = harness.builder(Delivery.written())
                .observer(event -> {
                    throw new IllegalStateException("an observer's own trouble");
                })
                .observer(harness.events::add)
                .open();
        client.send("m1");
        assertThat(harness.ready().taken()).isEqualTo(lines(1, 1));
        assertThat(harness.events(ClientEvent.Ready.class)).hasSize(2);
    }

    @Test
    void f3_optionsThatMeanNothingAreRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Delivery.written().withWindow(5))
                .withMessage("a window is for Delivery.confirmed() only");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Delivery.confirmed().withWindow(0))
                .withMessage("a window has room for 1 message or more, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Delivery.confirmed().withResendMaximum(0))
                .withMessage("a message is sent again 1 time or more, not 0; withoutResending() is for none");
    }
}
