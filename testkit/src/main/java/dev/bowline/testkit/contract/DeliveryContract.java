package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ClientEvent;
import dev.bowline.Delivery;
import dev.bowline.DrainResult;
import dev.bowline.LossReason;
import dev.bowline.LossReason.TimedOut.Timer;
import dev.bowline.LossReport;
import dev.bowline.NotDeliveredException;
import dev.bowline.Reconnect;
import dev.bowline.line.LineClient;
import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.WhenFull;
import dev.bowline.testkit.ManualClock;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.EventLog;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What counts as delivered (F3), how many may go (F1), which silence ends a connection (F6), and what is told (F7). */
public abstract class DeliveryContract extends TransportContract {
    /** For a transport's own class. */
    protected DeliveryContract() {}

    private static final Duration LONG = Duration.ofHours(1);

    private final BlockingQueue<LossReport> reports = new LinkedBlockingQueue<>();

    /** Made by the latest connection. */
    private final BlockingQueue<Obedient> protocols = new LinkedBlockingQueue<>();

    private LineClient.Builder staying(PeerServer server, Delivery delivery) {
        return client(server.endpoint(), () -> {
                    Obedient made = new Obedient();
                    protocols.add(made);
                    return made;
                })
                .reconnect(Reconnect.fixed(Duration.ZERO))
                .delivery(delivery)
                .observer(event -> {
                    if (event instanceof ClientEvent.Lost lost) {
                        reports.add(lost.report());
                    }
                });
    }

    private LineClient open(PeerServer server, Delivery delivery) {
        return keepBriefly(staying(server, delivery).open());
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(Waiting.patienceSeconds(), TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came");
        }
        return next;
    }

    private static void sendFive(LineClient client) throws InterruptedException {
        for (String message : List.of("m1", "m2", "m3", "m4", "m5")) {
            client.send(message);
        }
    }

    /** The peer gets these lines, and nothing more before the protocol's own answer to what it says then. */
    private static void assertGetsOnly(Peer peer, String... lines) {
        assertThat(peer.readLines(lines.length)).containsExactly(lines);
        peer.send("say\r\n");
        assertThat(peer.readLine()).isEqualTo("own");
    }

    @BeforeEach
    void forget() {
        reports.clear();
        protocols.clear();
    }

    @Test
    void f3_whatIsNotConfirmedIsSentAgainInOrder() throws Exception {
        PeerServer server = server();
        LineClient client = open(server, Delivery.confirmed());
        sendFive(client);
        Peer first = server.accept().send("ready\r\n");
        assertThat(first.readLines(5)).containsExactly("m1", "m2", "m3", "m4", "m5");
        first.send("ok 2\r\nsay\r\n");
        assertThat(first.readLine()).isEqualTo("own");
        assertThat(client.counters().delivered()).isEqualTo(2);
        first.reset();
        Peer second = server.accept().send("ready\r\n");
        assertThat(second.readLines(3)).containsExactly("m3", "m4", "m5");
        LossReport report = next(reports);
        assertThat(report.handedOver()).isEqualTo(5);
        assertThat(report.confirmed()).isEqualTo(2);
        assertThat(report.uncertain()).isEqualTo(3);
        CompletableFuture<Void> flushed = client.flush();
        second.send("ok 3\r\n");
        Waiting.await(flushed);
        assertThat(client.counters().resent()).isEqualTo(3);
        assertThat(client.counters().delivered()).isEqualTo(5);
    }

    @Test
    void f3_whatWasWrittenIsNeverSentTwice() throws Exception {
        PeerServer server = server();
        LineClient client = open(server, Delivery.written());
        client.send("once");
        Peer first = server.accept().send("ready\r\n");
        assertThat(first.readLine()).isEqualTo("once");
        Waiting.await(client.flush());
        first.reset();
        Peer second = server.accept().send("ready\r\n");
        client.send("and then");
        assertThat(second.readLine()).isEqualTo("and then");
        LossReport report = next(reports);
        assertThat(report.handedOver()).isOne();
        assertThat(report.uncertain()).isOne();
        assertThat(client.counters().resent()).isZero();
    }

    @Test
    void f3_atMostAWindowOfMessagesIsUnconfirmed() throws Exception {
        PeerServer server = server();
        LineClient client = open(server, Delivery.confirmed().withWindow(2));
        sendFive(client);
        Peer peer = server.accept().send("ready\r\n");
        assertGetsOnly(peer, "m1", "m2");
        peer.send("ok 1\r\n");
        assertGetsOnly(peer, "m3");
        peer.send("ok 2\r\n");
        assertGetsOnly(peer, "m4", "m5");
    }

    @Test
    void f3_aConnectionThatConfirmedNothingHalvesTheNextOnesWindow() throws Exception {
        PeerServer server = server();
        LineClient client = open(server, Delivery.confirmed().withWindow(4));
        sendFive(client);
        Peer first = server.accept().send("ready\r\n");
        assertGetsOnly(first, "m1", "m2", "m3", "m4");
        first.reset();
        Peer second = server.accept().send("ready\r\n");
        assertGetsOnly(second, "m1", "m2");
        second.reset();
        Peer third = server.accept().send("ready\r\n");
        assertGetsOnly(third, "m1");
        third.send("ok 1\r\n");
        assertGetsOnly(third, "m2", "m3");
    }

    @Test
    void f3_withoutResendingTheUncertainLeavesAndTheRestIsSent() throws Exception {
        PeerServer server = server();
        LineClient client = open(server, Delivery.confirmed().withWindow(3).withoutResending());
        sendFive(client);
        CompletableFuture<Void> flushed = client.flush();
        Peer first = server.accept().send("ready\r\n");
        assertGetsOnly(first, "m1", "m2", "m3");
        first.send("ok 1\r\n");
        assertGetsOnly(first, "m4");
        first.reset();
        assertThat(Waiting.awaitFailure(flushed)).isInstanceOf(NotDeliveredException.class);
        Peer second = server.accept().send("ready\r\n");
        assertThat(second.readLine()).isEqualTo("m5");
        CompletableFuture<DrainResult> drained = client.drain(LONG);
        second.send("ok 1\r\n");
        assertThat(second.readToEnd()).isEmpty();
        second.close();
        DrainResult result = Waiting.await(drained);
        assertThat(Bytes.lines(result.uncertain().messages())).containsExactly("m2", "m3", "m4");
        assertThat(result.delivered()).isEqualTo(2);
        assertThat(result.sent()).isEqualTo(5);
    }

    @Test
    void f3_theResendMaximumTurnsAPoisonMessageUncertain() throws Exception {
        PeerServer server = server();
        LineClient client = open(server, Delivery.confirmed().withWindow(1).withResendMaximum(1));
        client.send("poison");
        client.send("harmless");
        for (int i = 0; i < 2; i++) {
            Peer peer = server.accept().send("ready\r\n");
            assertThat(peer.readLine()).isEqualTo("poison");
            peer.reset();
        }
        assertThat(server.accept().send("ready\r\n").readLine()).isEqualTo("harmless");
        assertThat(client.counters().uncertain()).isOne();
    }

    @Test
    void f3_confirmingMoreThanWasGivenIsAFailureOfTheProtocol() throws Exception {
        PeerServer server = server();
        LineClient client = open(server, Delivery.confirmed());
        client.send("m1");
        Peer peer = server.accept().send("ready\r\n");
        assertThat(peer.readLine()).isEqualTo("m1");
        peer.send("say\r\nok 2\r\n");
        assertThat(next(reports).reason()).isInstanceOf(LossReason.ProtocolFailure.class);
        assertThat(server.accept().send("ready\r\n").readLine())
                .as("nothing was forgotten")
                .isEqualTo("m1");
    }

    @Test
    void f5_aDrainWaitsForConfirmations() throws Exception {
        PeerServer server = server();
        LineClient client = open(server, Delivery.confirmed());
        client.send("m1");
        Peer peer = server.accept().send("ready\r\n");
        assertThat(peer.readLine()).isEqualTo("m1");
        CompletableFuture<DrainResult> drained = client.drain(LONG);
        assertGetsOnly(peer);
        assertThat(drained).isNotDone();
        peer.send("ok 1\r\n");
        assertThat(peer.readToEnd()).isEmpty();
        peer.close();
        assertThat(Waiting.await(drained).delivered()).isOne();
    }

    @Test
    void f5_whatWasHandedOverAndNotConfirmedIsUncertainAtTheEnd() throws Exception {
        PeerServer server = server();
        LineClient client = open(server, Delivery.confirmed().withWindow(2));
        sendFive(client);
        Peer peer = server.accept().send("ready\r\n");
        assertThat(peer.readLines(2)).containsExactly("m1", "m2");
        DrainResult result = Waiting.await(client.drain(Duration.ofMillis(20)));
        assertThat(Bytes.lines(result.uncertain().messages())).containsExactly("m1", "m2");
        assertThat(Bytes.lines(result.undelivered().messages())).containsExactly("m3", "m4", "m5");
        assertThat(result.sent()).isEqualTo(5);
    }

    @Test
    void f1_readyForSomeLetsSoManyGo() throws Exception {
        PeerServer server = server();
        LineClient client = open(server, Delivery.written());
        sendFive(client);
        Peer peer = server.accept().send("ready 1\r\n");
        assertGetsOnly(peer, "m1");
        peer.send("ready 1\r\nready 1\r\n");
        assertGetsOnly(peer, "m2", "m3");
        peer.send("ready\r\n");
        assertThat(peer.readLines(2)).containsExactly("m4", "m5");
    }

    @Test
    void f6_aProtocolThatIsNeverReadyLosesItsConnection() throws Exception {
        PeerServer server = server();
        ManualClock clock = new ManualClock();
        keepBriefly(
                staying(server, Delivery.written()).transport(transport(clock)).open());
        Peer peer = server.accept();
        assertGetsOnly(peer);
        clock.awaitTimer(Duration.ofSeconds(30));
        clock.advance(Duration.ofSeconds(30));
        LossReason reason = next(reports).reason();
        assertThat(reason).isEqualTo(new LossReason.TimedOut(Timer.NOT_READY, Duration.ofSeconds(30), "Obedient"));
        assertThat(reason.describe()).isEqualTo("Obedient never called ready() within 30 s");
        assertThat(peer.countToEnd().byReset()).isTrue();
    }

    @Test
    void f6_aConnectionThatConfirmsNothingIsLost() throws Exception {
        PeerServer server = server();
        ManualClock clock = new ManualClock();
        LineClient client = keepBriefly(staying(server, Delivery.confirmed())
                .transport(transport(clock))
                .open());
        client.send("m1");
        Peer peer = server.accept().send("ready\r\n");
        assertThat(peer.readLine()).isEqualTo("m1");
        Obedient protocol = next(protocols);
        pass(clock, protocol, Duration.ofSeconds(59));
        assertThat(protocol.isLost()).isFalse();
        while (reports.isEmpty()) {
            pass(clock, protocol, Duration.ofSeconds(1));
        }
        assertThat(next(reports).reason())
                .isEqualTo(new LossReason.TimedOut(Timer.NOT_CONFIRMED, Duration.ofSeconds(60), "Obedient"));
    }

    /** In steps, and the event side sees each: a limit is looked at several times while it runs. */
    private static void pass(ManualClock clock, Obedient protocol, Duration time) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Waiting.patienceSeconds());
        for (long seconds = time.toSeconds(); seconds > 0; seconds--) {
            clock.advance(Duration.ofSeconds(1));
            EventLog seen = new EventLog();
            protocol.link().execute(() -> seen.add("seen"));
            while (seen.events().isEmpty() && !protocol.isLost()) {
                assertThat(System.nanoTime()).as("the event side is alive").isLessThan(deadline);
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void e3_whatAFullQueueDropsIsCountedAndTold() throws Exception {
        PeerServer server = server();
        BlockingQueue<ClientEvent.Dropped> dropped = new LinkedBlockingQueue<>();
        LineClient client = keepBriefly(staying(server, Delivery.written())
                .queue(MemoryQueue.builder()
                        .maxMessages(3)
                        .whenFull(WhenFull.DROP_OLDEST)
                        .build())
                .observer(event -> {
                    if (event instanceof ClientEvent.Dropped drop) {
                        dropped.add(drop);
                    }
                })
                .open());
        sendFive(client);
        assertThat(Bytes.text(next(dropped).message())).isEqualTo("m1\r\n");
        assertThat(Bytes.text(next(dropped).message())).isEqualTo("m2\r\n");
        CompletableFuture<DrainResult> drained = client.drain(LONG);
        Peer peer = server.accept().send("ready\r\n");
        assertThat(peer.readLinesToEnd()).containsExactly("m3", "m4", "m5");
        peer.close();
        assertThat(Waiting.await(drained).dropped()).isEqualTo(2);
        assertThat(Waiting.await(drained).sent()).isEqualTo(5);
    }

    @Test
    void f7_countersAreExactAfterAnyNumberOfLosses() throws Exception {
        PeerServer server = server();
        LineClient client = open(server, Delivery.confirmed());
        long rounds = 20;
        for (int round = 0; round < rounds; round++) {
            client.send("confirmed " + round);
            client.send("resent " + round);
            Peer peer = server.accept().send("ready\r\n");
            peer.readLines(round == 0 ? 2 : 3);
            peer.send("ok " + (round == 0 ? 1 : 2) + "\r\nsay\r\n");
            assertThat(peer.readLine()).isEqualTo("own");
            peer.reset();
            next(reports);
        }
        assertThat(client.counters().losses()).isEqualTo(rounds);
        assertThat(client.counters().delivered()).isEqualTo(2 * rounds - 1);
        assertThat(client.counters().confirmed()).isEqualTo(2 * rounds - 1);
        assertThat(client.counters().resent()).isEqualTo(rounds - 1);
        assertThat(client.counters().handedOver()).isEqualTo(3 * rounds - 1);
        assertThat(client.counters().waiting()).isOne();
        assertThat(client.counters().sent()).isEqualTo(2 * rounds);
    }
}
