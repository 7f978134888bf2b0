package dev.bowline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.bowline.ConnectionLostException;
import dev.bowline.LossReason;
import dev.bowline.testing.FramedHarness;
import java.io.IOException;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** Lines as a stream, over a fake link: demand reaches the link, and the rules of Reactive Streams that the TCK leaves out. */
class LineSubscriptionTest {
    private final PulledLines lines = new PulledLines(LineFormat.crlf(), () -> {});
    private final FramedHarness harness = FramedHarness.open(lines);
    private final RecordingSubscriber subscriber = new RecordingSubscriber();

    private void subscribe() {
        LineSubscription.begin(lines, subscriber);
        harness.link().runTasks();
    }

    private void request(long lines) {
        subscriber.subscription.request(lines);
        harness.link().runTasks();
    }

    @Test
    void c2_nothingIsReadUntilSomethingIsAskedFor() {
        assertThat(harness.link().isReading()).isFalse();
        subscribe();
        assertThat(harness.link().isReading()).isFalse();
        request(1);
        assertThat(harness.link().isReading()).isTrue();
    }

    @Test
    void c2_readingPausesWhenTheDemandIsUsedUpAndGoesOnWithTheNext() {
        subscribe();
        request(2);
        harness.receive("a\r\nb\r\nc\r\nd\r\ne");
        assertThat(subscriber.signals).containsExactly("subscribed", "a", "b");
        assertThat(harness.link().isReading()).isFalse();
        request(1);
        assertThat(subscriber.signals).endsWith("b", "c");
        assertThat(harness.link().isReading()).isFalse();
        request(2);
        assertThat(subscriber.signals).endsWith("c", "d");
        assertThat(harness.link().isReading()).as("one more is wanted").isTrue();
        harness.receive("\r\n");
        assertThat(subscriber.signals).endsWith("d", "e");
    }

    @Test
    void whoAsksForOneInEachLineNeverPausesReading() {
        RecordingSubscriber greedy = new RecordingSubscriber() {
            @Override
            public void onNext(String line) {
                super.onNext(line);
                subscription.request(1);
            }
        };
        LineSubscription.begin(lines, greedy);
        greedy.subscription.request(1);
        harness.link().runTasks();
        harness.link().calls().clear();
        harness.receive("a\r\n".repeat(1000));
        assertThat(greedy.signals).hasSize(1001);
        assertThat(harness.link().calls()).isEmpty();
    }

    @Test
    void unboundedDemandNeverRunsOut() {
        subscribe();
        request(Long.MAX_VALUE);
        request(Long.MAX_VALUE);
        request(3);
        harness.receive("a\r\nb\r\nc\r\n");
        assertThat(subscriber.signals).containsExactly("subscribed", "a", "b", "c");
    }

    @Test
    void thePeersOrderlyEndCompletesAfterAllThatCameBeforeIt() {
        subscribe();
        request(1);
        harness.receive("a\r\nb\r\n");
        harness.endInput();
        assertThat(subscriber.signals).containsExactly("subscribed", "a");
        request(10);
        harness.reason();
        assertThat(subscriber.signals).containsExactly("subscribed", "a", "b", "complete");
    }

    @Test
    void aLossIsAnErrorThatHoldsItsReason() {
        subscribe();
        request(1);
        harness.link().lose(new IOException("reset"));
        assertThat(subscriber.signals).containsExactly("subscribed", "error");
        assertThat(subscriber.error)
                .hasMessage("connection failed: reset")
                .hasCauseInstanceOf(IOException.class)
                .isInstanceOfSatisfying(
                        ConnectionLostException.class,
                        lost -> assertThat(lost.reason()).isInstanceOf(LossReason.Failed.class));
    }

    @Test
    void aLossBeforeTheSubscriptionIsToldInside() {
        harness.link().lose(null);
        LineSubscription.begin(lines, subscriber);
        assertThat(subscriber.signals).containsExactly("subscribed", "complete");
    }

    @Test
    void cancellingClosesInGoodOrderAndSaysNothingMore() throws Exception {
        subscribe();
        request(1);
        lines.send("QUIT");
        subscriber.subscription.cancel();
        subscriber.subscription.cancel();
        harness.link().runTasks();
        assertThat(harness.link().taken()).isEqualTo("QUIT\r\n");
        assertThat(harness.link().calls()).contains("fin");
        harness.receive("a\r\n");
        request(1);
        request(0);
        harness.endInput();
        assertThat(harness.reason()).isEqualTo(new LossReason.ClosedHere());
        assertThat(subscriber.signals).containsExactly("subscribed");
    }

    @Test
    void cancellingInsideALineStopsTheRestOfTheChunk() {
        RecordingSubscriber once = new RecordingSubscriber() {
            @Override
            public void onNext(String line) {
                super.onNext(line);
                subscription.cancel();
            }
        };
        LineSubscription.begin(lines, once);
        once.subscription.request(10);
        harness.link().runTasks();
        harness.receive("a\r\nb\r\n");
        assertThat(once.signals).containsExactly("subscribed", "a");
    }

    @Test
    void aSecondSubscriberIsRefusedAndTheFirstGoesOn() {
        subscribe();
        RecordingSubscriber second = new RecordingSubscriber();
        LineSubscription.begin(lines, second);
        second.subscription.request(1);
        second.subscription.cancel();
        assertThat(second.signals).containsExactly("subscribed", "error");
        assertThat(second.error).isInstanceOf(IllegalStateException.class);
        request(1);
        harness.receive("a\r\n");
        assertThat(subscriber.signals).containsExactly("subscribed", "a");
    }

    @Test
    void whoAsksForNothingIsToldOffAndTheConnectionClosed() {
        subscribe();
        request(-1);
        assertThat(subscriber.signals).containsExactly("subscribed", "error");
        assertThat(subscriber.error)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3.9");
        assertThat(harness.link().calls()).contains("fin");
    }

    @Test
    void signalsFollowOnSubscribeAndNeverComeInsideIt() {
        RecordingSubscriber early = new RecordingSubscriber() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.request(1);
                harness.receive("a\r\n");
                given.request(0);
                harness.link().runTasks();
                super.onSubscribe(given);
            }
        };
        LineSubscription.begin(lines, early);
        assertThat(early.signals).containsExactly("subscribed");
        harness.link().runTasks();
        assertThat(early.signals).containsExactly("subscribed", "a", "error");
    }

    @Test
    void a5_aSubscriberThatThrowsEndsTheConnectionAndHearsNoMore() {
        IllegalStateException thrown = new IllegalStateException("not today");
        RecordingSubscriber broken = new RecordingSubscriber() {
            @Override
            public void onNext(String line) {
                throw thrown;
            }
        };
        LineSubscription.begin(lines, broken);
        broken.subscription.request(1);
        harness.link().runTasks();
        harness.receive("a\r\n");
        assertThat(harness.reason()).isEqualTo(new LossReason.ProtocolFailure(thrown));
        assertThat(broken.signals).containsExactly("subscribed");
    }

    @Test
    void d2_aLineThatIsTooLongIsOneError_beforeTheConnectionIsOver() {
        subscribe();
        request(2);
        harness.receive("a\r\n" + "x".repeat(20_000));
        assertThat(subscriber.signals).hasSize(3).startsWith("subscribed", "a");
        harness.link().endInput();
        harness.link().loseIfReleased();
        assertThat(harness.reason()).isEqualTo(new LossReason.TooLong(16_384));
        assertThat(subscriber.signals).hasSize(3);
    }

    @Test
    void aSubscriberThatThrowsWhenItSubscribesCountsAsCancelled() {
        RecordingSubscriber broken = new RecordingSubscriber() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                throw new IllegalStateException("not today");
            }
        };
        assertThatIllegalStateException().isThrownBy(() -> LineSubscription.begin(lines, broken));
        harness.link().runTasks();
        assertThat(harness.link().calls()).contains("fin");
    }

    @Test
    void noSubscriberIsNone() {
        assertThatNullPointerException().isThrownBy(() -> LineSubscription.begin(lines, null));
        subscribe();
        assertThat(subscriber.signals).containsExactly("subscribed");
    }
}
