package dev.bowline.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bowline.ClientEvent;
import dev.bowline.ClientFailedException;
import dev.bowline.ClientState;
import dev.bowline.Delivery;
import dev.bowline.DrainResult;
import dev.bowline.LossReason;
import dev.bowline.LossReport;
import dev.bowline.Reconnect;
import dev.bowline.line.LineClient;
import dev.bowline.testing.FakeLink;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule F2, where the protocol knows that no other attempt has a chance: {@code fail}. */
@Timeout(30)
class FailRulesTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final ClientHarness harness = new ClientHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    private LineClient open(String... messages) throws InterruptedException {
        LineClient client = harness.builder(Delivery.written()).open();
        for (String message : messages) {
            client.send(message);
        }
        return client;
    }

    private void assertThatNothingIsTriedAgain() {
        harness.clock.advance(LONG);
        assertThat(harness.engine.isQuiet()).isTrue();
        assertThat(harness.events(ClientEvent.Waiting.class)).isEmpty();
    }

    private static void assertThatItFailed(LineClient client, String sentence) {
        assertThat(client.state()).isEqualTo(ClientState.FAILED);
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(Duration.ZERO))
                .withMessage(sentence)
                .withCauseInstanceOf(ProtocolException.class);
    }

    private static List<String> text(List<byte[]> messages) {
        return messages.stream().map(bytes -> new String(bytes, UTF_8)).toList();
    }

    @Test
    void f2_theClientEndsForGoodAndHandsBackWhatIsQueued() throws Exception {
        LineClient client = open("m1", "m2");
        CompletableFuture<Void> flushed = client.flush();
        FakeLink link = harness.connect();
        link.receive("fail\r\n");
        ClientHarness.letGo(link);
        assertThatItFailed(client, "127.0.0.1:8001: refused as told; 2 messages undelivered");
        assertThat(flushed).isCompletedExceptionally();
        assertThat(client.drain(LONG))
                .isCompletedWithValueMatching(
                        result -> text(result.undelivered().messages()).equals(List.of("m1\r\n", "m2\r\n")));
        assertThat(link.taken()).isEmpty();
        assertThat(harness.events(ClientEvent.Failed.class)).hasSize(1);
        assertThat(harness.reports())
                .extracting(LossReport::reason)
                .singleElement()
                .isInstanceOfSatisfying(
                        LossReason.GivenUp.class,
                        reason -> assertThat(reason.describe()).isEqualTo("refused as told"));
        assertThatNothingIsTriedAgain();
    }

    @Test
    void f2_theConnectionIsClosedInGoodOrderBehindTheProtocolsOwnWrites() throws Exception {
        open("m1");
        FakeLink link = harness.connect();
        link.receive("say\r\nfail\r\n");
        link.runTasks();
        assertThat(link.taken()).isEqualTo("own\r\n");
        assertThat(link.calls()).contains("fin").doesNotContain("abort");
    }

    @Test
    void b4_anAbortBehindItWaitsForNothingAndTheReasonStays() throws Exception {
        LineClient client = open("m1");
        FakeLink link = harness.connect();
        harness.protocol().giveUp("enough");
        harness.protocol().endNow();
        link.runTasks();
        assertThat(link.calls()).contains("abort");
        link.loseIfReleased();
        assertThatItFailed(client, "127.0.0.1:8001: enough; 1 message undelivered");
    }

    @Test
    void f2_inConnectionLostItPreventsTheNextAttempt() throws Exception {
        harness.whenLost = (protocol, reason) -> protocol.giveUp("enough");
        LineClient client = open("m1");
        ClientHarness.lose(harness.connect());
        assertThatItFailed(client, "127.0.0.1:8001: enough; 1 message undelivered");
        assertThatNothingIsTriedAgain();
    }

    @Test
    void f2_afterALossItCancelsTheNextAttempt() throws Exception {
        LineClient client = open("m1");
        ClientHarness.lose(harness.connect());
        assertThat(client.state()).isEqualTo(ClientState.WAITING);
        harness.protocol().giveUp("enough");
        assertThatItFailed(client, "127.0.0.1:8001: enough; 1 message undelivered");
        harness.clock.advance(LONG);
        assertThat(harness.engine.isQuiet()).isTrue();
    }

    @Test
    void f2_theFirstReasonCounts() throws Exception {
        LineClient client = open();
        FakeLink link = harness.connect();
        harness.protocol().giveUp("first");
        harness.protocol().giveUp("second");
        ClientHarness.letGo(link);
        harness.protocol().giveUp("third");
        assertThatItFailed(client, "127.0.0.1:8001: first");
    }

    @Test
    void f2_whatAFuturesStagesHandOnIsTakenOutOfItsWrapping() throws Exception {
        LineClient client = open();
        FakeLink link = harness.connect();
        harness.protocol().giveUp(new CompletionException(new CompletionException(new ProtocolException("inside"))));
        ClientHarness.letGo(link);
        assertThatItFailed(client, "127.0.0.1:8001: inside");
    }

    @Test
    void f5_whereTheClientLeavesAsItWasAskedToItChangesNothing() throws Exception {
        harness.whenLost = (protocol, reason) -> protocol.giveUp("a request had no reply");
        LineClient client = open();
        FakeLink link = harness.ready();
        CompletableFuture<DrainResult> drained = client.drain(LONG);
        harness.protocol().giveUp("too late");
        ClientHarness.letGo(link);
        assertThat(drained).isCompletedWithValueMatching(DrainResult::isComplete);
        assertThat(client.await(Duration.ZERO)).isTrue();
        harness.protocol().giveUp("long after");
        assertThat(client.state()).isEqualTo(ClientState.ENDED);
    }

    @Test
    void f2_anOldProtocolsWordEndsTheClientThatHasANewConnection() throws Exception {
        LineClient client = open("m1");
        ClientHarness.lose(harness.connect());
        ClientHarness.Obedient old = harness.protocol();
        FakeLink link = harness.readyAgain();
        client.send("m2");
        link.runTasks();
        old.giveUp("enough");
        ClientHarness.letGo(link);
        assertThat(link.taken()).isEqualTo("m1\r\nm2\r\n");
        assertThatItFailed(client, "127.0.0.1:8001: enough");
        assertThat(client.drain(LONG))
                .isCompletedWithValueMatching(result -> result.sent() == 2 && result.isComplete());
    }

    @Test
    void f2_whileAnAttemptIsUnderWayItIsGivenUp() throws Exception {
        LineClient client = open("m1");
        ClientHarness.lose(harness.connect());
        ClientHarness.Obedient old = harness.protocol();
        harness.clock.advance(Duration.ofSeconds(1));
        old.giveUp("enough");
        assertThatItFailed(client, "127.0.0.1:8001: enough; 1 message undelivered");
    }

    @Test
    void f2_withOneAttemptItIsTheReasonToo_alsoAtThePeersEnd() throws Exception {
        harness.whenInputEnds = protocol -> protocol.giveUp("that was all?");
        LineClient client =
                harness.builder(Delivery.written()).reconnect(Reconnect.never()).open();
        ClientHarness.letGo(harness.ready());
        assertThatItFailed(client, "127.0.0.1:8001: that was all?");
    }

    @Test
    void f5_whatIsOnItsWayStillGoesAndTheSumIsExact() throws Exception {
        LineClient client = open("m1", "m2");
        FakeLink link = harness.connect();
        link.takeAtMost(2);
        link.receive("ready\r\nfail\r\n");
        link.takeMore(100);
        link.runTasks();
        ClientHarness.letGo(link);
        assertThat(client.drain(LONG))
                .isCompletedWithValueMatching(result -> result.sent() == 2
                        && result.delivered() == link.taken().lines().count()
                        && result.delivered() + result.undelivered().count() == 2);
        assertThat(client.state()).isEqualTo(ClientState.FAILED);
    }

    @Test
    void f5_aDrainThatIsUnderWayEndsWithIt() throws Exception {
        LineClient client = open("m1");
        FakeLink link = harness.connect();
        CompletableFuture<DrainResult> drained = client.drain(LONG);
        link.receive("fail\r\n");
        ClientHarness.letGo(link);
        assertThat(drained)
                .isCompletedWithValueMatching(result -> result.undelivered().count() == 1);
        assertThatItFailed(client, "127.0.0.1:8001: refused as told; 1 message undelivered");
    }

    @Test
    void f3_whatWasHandedOverAndNotConfirmedIsUncertain() throws Exception {
        LineClient client = harness.builder(Delivery.confirmed()).open();
        client.send("m1");
        FakeLink link = harness.ready();
        link.receive("fail\r\n");
        ClientHarness.letGo(link);
        assertThatItFailed(client, "127.0.0.1:8001: refused as told; 1 message uncertain");
    }

    @Test
    void f2_aConnectionThatIsLostBeforeItIsClosedIsNotTriedAgainEither() throws Exception {
        LineClient client = open("m1");
        FakeLink link = harness.connect();
        link.receive("fail\r\n");
        ClientHarness.lose(link);
        assertThatItFailed(client, "127.0.0.1:8001: refused as told; 1 message undelivered");
        assertThatNothingIsTriedAgain();
    }

    @Test
    void b3_withoutAClientTheConnectionIsClosed() throws Exception {
        List<LossReason> reasons = new ArrayList<>();
        harness.whenLost = (protocol, reason) -> reasons.add(reason);
        FakeLink link = harness.connectWithoutAClient();
        link.receive("fail\r\n");
        ClientHarness.letGo(link);
        assertThat(reasons).singleElement().isInstanceOf(LossReason.GivenUp.class);
    }
}
