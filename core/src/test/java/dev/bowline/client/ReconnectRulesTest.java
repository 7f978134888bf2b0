package dev.bowline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bowline.Backoff;
import dev.bowline.ClientEvent;
import dev.bowline.ClientFailedException;
import dev.bowline.ClientState;
import dev.bowline.Delivery;
import dev.bowline.DrainResult;
import dev.bowline.Reconnect;
import dev.bowline.line.LineClient;
import dev.bowline.testing.FakeLink;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule F2. */
@Timeout(30)
class ReconnectRulesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ClientHarness harness = new ClientHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    private LineClient open(Reconnect policy) {
        return harness.builder(Delivery.written()).reconnect(policy).open();
    }

    /** A policy that says which delay it was asked for: 1 s for the first, 2 s for the second, and so on. */
    private static Reconnect counted() {
        return Reconnect.after(Duration::ofSeconds);
    }

    private List<Duration> delays() {
        return harness.events(ClientEvent.Waiting.class).stream()
                .map(ClientEvent.Waiting::delay)
                .toList();
    }

    private void refuse() throws InterruptedException {
        harness.engine.next().fail(new ConnectException("Connection refused"));
    }

    @Test
    void f2_theFirstAttemptIsTriedAgainLikeAnyOther() throws Exception {
        LineClient client = open(counted());
        client.send("m1");
        refuse();
        assertThat(client.state()).isEqualTo(ClientState.WAITING);
        harness.clock.advance(SECOND.minusNanos(1));
        assertThat(harness.engine.isQuiet()).isTrue();
        harness.clock.advance(Duration.ofNanos(1));
        assertThat(harness.ready().taken()).isEqualTo("m1\r\n");
        assertThat(client.counters().attempts()).isEqualTo(2);
        assertThat(client.counters().connections()).isOne();
    }

    @Test
    void f2_everyLossReconnects_theProtocolsOwnCloseToo() throws Exception {
        LineClient client = open(Reconnect.fixed(SECOND));
        FakeLink closedByPeer = harness.ready();
        ClientHarness.letGo(closedByPeer);
        FakeLink closedHere = harness.readyAgain();
        closedHere.receive("close\r\n");
        ClientHarness.letGo(closedHere);
        FakeLink thrown = harness.readyAgain();
        thrown.receive("throw\r\n");
        thrown.loseIfReleased();
        FakeLink reset = harness.readyAgain();
        ClientHarness.lose(reset);
        client.send("still there");
        assertThat(harness.readyAgain().taken()).isEqualTo("still there\r\n");
        assertThat(client.counters().losses()).isEqualTo(4);
        assertThat(client.counters().reconnects()).isEqualTo(4);
    }

    @Test
    void f2_onlyTheClientsEndEndsIt_alsoWhileItWaits() throws Exception {
        LineClient client = open(Reconnect.fixed(SECOND));
        refuse();
        CompletableFuture<DrainResult> drained = client.drain(SECOND);
        assertThat(drained).isCompleted();
        harness.clock.advance(SECOND.multipliedBy(10));
        assertThat(harness.engine.isQuiet()).isTrue();
        assertThat(client.state()).isEqualTo(ClientState.ENDED);
        assertThat(client.await(Duration.ZERO)).isTrue();
    }

    @Test
    void f2_aServerThatAcceptsAndDropsIsBackedOffToo() throws Exception {
        LineClient client = open(counted());
        for (int i = 1; i <= 4; i++) {
            ClientHarness.letGo(harness.ready());
            harness.clock.advance(Duration.ofSeconds(i));
        }
        assertThat(delays()).extracting(Duration::toSeconds).containsExactly(1L, 2L, 3L, 4L);
        assertThat(client.state()).isEqualTo(ClientState.CONNECTING);
    }

    @Test
    void f2_theCountStartsAgainAfterTenSecondsOfReadiness() throws Exception {
        open(counted());
        refuse();
        harness.clock.advance(SECOND);
        FakeLink tooShort = harness.ready();
        harness.clock.advance(Duration.ofMillis(9_999));
        ClientHarness.lose(tooShort);
        harness.clock.advance(Duration.ofSeconds(2));
        FakeLink neverReady = harness.connect();
        harness.clock.advance(Duration.ofSeconds(20));
        ClientHarness.lose(neverReady);
        harness.clock.advance(Duration.ofSeconds(3));
        FakeLink longEnough = harness.ready();
        harness.clock.advance(Duration.ofSeconds(10));
        ClientHarness.lose(longEnough);
        assertThat(delays()).extracting(Duration::toSeconds).containsExactly(1L, 2L, 3L, 1L);
        assertThat(harness.events(ClientEvent.Connecting.class))
                .extracting(ClientEvent.Connecting::attempt)
                .containsExactly(1, 2, 3, 4);
        harness.clock.advance(SECOND);
        assertThat(harness.events(ClientEvent.Connecting.class).get(4).attempt())
                .isOne();
    }

    @Test
    void f2_theCountStartsAgainWhenAMessageIsConfirmed_inBothModes() throws Exception {
        for (Delivery delivery : List.of(Delivery.written(), Delivery.confirmed())) {
            try (ClientHarness own = new ClientHarness()) {
                LineClient client = own.builder(delivery).reconnect(counted()).open();
                client.send("m1");
                own.engine.next().fail(new ConnectException("Connection refused"));
                own.clock.advance(SECOND);
                FakeLink link = own.ready();
                link.receive("ok 1\r\n");
                ClientHarness.lose(link);
                assertThat(own.events(ClientEvent.Waiting.class))
                        .extracting(waiting -> waiting.delay().toSeconds())
                        .containsExactly(1L, 1L);
            }
        }
    }

    @Test
    void f2_pastTheMaximumOfAttemptsTheClientFailsAndHandsBackWhatIsLeft() throws Exception {
        LineClient client = open(counted().withMaxAttempts(3));
        client.send("m1");
        CompletableFuture<Void> flushed = client.flush();
        refuse();
        harness.clock.advance(SECOND);
        ClientHarness.letGo(harness.connect());
        assertThat(client.state()).isEqualTo(ClientState.WAITING);
        harness.clock.advance(SECOND.multipliedBy(2));
        refuse();
        assertThat(client.state()).isEqualTo(ClientState.FAILED);
        assertThat(flushed).isCompletedExceptionally();
        DrainResult result = client.drain(SECOND).join();
        assertThat(result.undelivered().messages())
                .extracting(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .containsExactly("m1\r\n");
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(Duration.ZERO))
                .withMessage(
                        "gave up after 3 attempts: connection refused by 127.0.0.1:8001;" + " 1 message undelivered");
        assertThat(harness.events(ClientEvent.Failed.class)).hasSize(1);
    }

    @Test
    void f2_neverMeansOneAttempt() throws Exception {
        LineClient refused = open(Reconnect.never());
        refuse();
        assertThat(refused.state()).isEqualTo(ClientState.FAILED);
        LineClient lost = open(Reconnect.never());
        FakeLink link = harness.ready();
        harness.clock.advance(SECOND.multipliedBy(20));
        ClientHarness.letGo(link);
        assertThat(lost.state()).isEqualTo(ClientState.ENDED);
        assertThat(harness.events(ClientEvent.Waiting.class)).isEmpty();
    }

    @Test
    void f2_withOneAttemptAPeerThatLeavesBeforeReadyIsAFailure() throws Exception {
        LineClient client = open(Reconnect.never());
        ClientHarness.letGo(harness.connect());
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(Duration.ZERO))
                .withMessage("127.0.0.1:8001: closed by the peer");
        assertThat(harness.events(ClientEvent.Failed.class)).hasSize(1);
    }

    @Test
    void f2_anOwnFunctionThatFailsEndsTheClientWithItsException() throws Exception {
        LineClient client = open(Reconnect.after(attempt -> {
            throw new UnsupportedOperationException("no idea");
        }));
        refuse();
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(Duration.ZERO))
                .withMessageContaining("the reconnect policy failed")
                .withCauseInstanceOf(UnsupportedOperationException.class);
        LineClient negative = open(Reconnect.after(attempt -> SECOND.negated()));
        refuse();
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> negative.await(Duration.ZERO))
                .withMessageContaining("a reconnect policy's delay is zero or more, not PT-1S");
    }

    @Test
    void f2_delaysGrowByHalfUpToTheCapWithFullJitter() {
        Backoff backoff = Backoff.standard().withRandom(new Random(42));
        double bound = 1_000;
        for (int attempt = 1; attempt <= 200; attempt++) {
            double longest = 0;
            double shortest = Double.MAX_VALUE;
            for (int i = 0; i < 400; i++) {
                double millis = backoff.before(attempt).toNanos() / 1e6;
                longest = Math.max(longest, millis);
                shortest = Math.min(shortest, millis);
            }
            assertThat(longest).isBetween(0.95 * bound, bound);
            assertThat(shortest).isBetween(0.0, 0.05 * bound);
            bound = Math.min(60_000, 1.5 * bound);
        }
    }

    @Test
    void f2_aSeedGivesTheSameDelaysEachTime() {
        List<List<Duration>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            Backoff backoff = Backoff.standard().withRandom(new Random(7));
            runs.add(List.of(backoff.before(1), backoff.before(2), backoff.before(3)));
        }
        assertThat(runs.get(0)).isEqualTo(runs.get(1));
    }

    @Test
    void f2_wrongNumbersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.standard().withFactor(0.5))
                .withMessage("a backoff's factor is 1 or more: 0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.standard().withFirst(Duration.ZERO))
                .withMessage("the first delay of a backoff is positive: PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.standard().withCap(SECOND.negated()))
                .withMessage("the cap of a backoff is positive: PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reconnect.fixed(SECOND.negated()))
                .withMessage("a delay is not negative: PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reconnect.exponential().withMaxAttempts(0))
                .withMessage("at least one attempt is made, not 0");
    }

    /** A thousand clients whose server is gone for forty seconds; by seed. Their attempts, tenth of a second by tenth. */
    @Test
    void f2_aThousandClientsDoNotComeBackInOneBurst() throws Exception {
        for (int client = 0; client < 1_000; client++) {
            harness.builder(Delivery.written())
                    .reconnect(Reconnect.after(Backoff.standard().withRandom(new Random(client))))
                    .open();
        }
        List<Integer> attempts = new ArrayList<>();
        for (int slot = 0; slot < 400; slot++) {
            int count = 0;
            while (!harness.engine.isQuiet()) {
                refuse();
                count++;
            }
            attempts.add(count);
            harness.clock.advance(Duration.ofMillis(100));
        }
        assertThat(attempts.get(0))
                .as("the first attempts are the clients' beginning")
                .isEqualTo(1_000);
        String histogram = histogram(attempts);
        assertThat(attempts.subList(1, 400)).as(histogram).allMatch(count -> count < 220);
        assertThat(attempts.subList(300, 400)).as(histogram).allMatch(count -> count < 60);
    }

    /** A line a second. */
    private static String histogram(List<Integer> perTenthOfASecond) {
        StringBuilder lines = new StringBuilder();
        for (int second = 0; second < perTenthOfASecond.size() / 10; second++) {
            int sum = perTenthOfASecond.subList(10 * second, 10 * second + 10).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            lines.append(String.format(Locale.ROOT, "%n%2d s %5d %s", second, sum, "#".repeat(sum / 20)));
        }
        return lines.toString();
    }
}
