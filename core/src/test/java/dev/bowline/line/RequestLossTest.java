package dev.bowline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.LossReason;
import dev.bowline.LossReason.TimedOut.Timer;
import dev.bowline.OutputFullException;
import dev.bowline.testing.FramedHarness;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Requests that get no reply: too late, never sent, or nobody knows. */
class RequestLossTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration TICK = Duration.ofNanos(1);

    private final Asking protocol = new Asking();
    private final FramedHarness harness = FramedHarness.open(protocol);

    static Throwable failureOf(CompletableFuture<?> failed) {
        assertThat(failed).isCompletedExceptionally();
        try {
            return new AssertionError("it ended in " + failed.get());
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            return e;
        }
    }

    private static NoReplyException noReply(CompletableFuture<?> failed) {
        return (NoReplyException) failureOf(failed);
    }

    private String sent() {
        harness.link().runTasks();
        return harness.link().taken();
    }

    // ---- time ----

    @Test
    void f6_aReplyThatDoesNotComeInTimeAbortsTheConnectionThenAndNotBefore() {
        CompletableFuture<String> first = protocol.ask("one");
        CompletableFuture<String> second = protocol.ask("two");
        harness.advance(LIMIT.minus(TICK));
        assertThat(harness.link().calls()).isEmpty();
        harness.advance(TICK);
        assertThat(harness.link().calls()).containsExactly("abort");
        assertThat(harness.reason()).isEqualTo(new LossReason.TimedOut(Timer.NO_REPLY, LIMIT, "Asking"));
        assertThat(noReply(first))
                .hasMessage("the request got no reply, and may have been executed: no reply was complete within 30 s");
        assertThat(noReply(second).neverSent()).isFalse();
        assertThat(protocol.unanswered).isEqualTo(2);
    }

    @Test
    void aReplyThatComesTooLateIsNobodys() {
        CompletableFuture<String> first = protocol.ask("one");
        harness.advance(LIMIT);
        CompletableFuture<String> second = protocol.ask("two");
        harness.receive("1\r\n");
        harness.link().loseIfReleased();
        assertThat(first).isCompletedExceptionally();
        assertThat(noReply(second).neverSent()).isTrue();
    }

    @Test
    void theTimeOfAReplyBeginsWhenTheOneBeforeIsComplete() {
        protocol.say("one");
        CompletableFuture<String> second = protocol.ask("two");
        harness.advance(LIMIT.minus(TICK));
        harness.receive("1\r\n");
        harness.advance(LIMIT.minus(TICK));
        assertThat(second).isNotDone();
        assertThat(harness.link().calls()).isEmpty();
        harness.advance(TICK);
        assertThat(harness.link().calls()).containsExactly("abort");
    }

    @Test
    void aReplyThatNeverEndsIsTooLateHoweverManyLinesCome() {
        var unused = protocol.ask("one", ReplyParser.linesThrough(line -> false));
        for (int second = 0; second < 30; second++) {
            assertThat(harness.link().calls()).isEmpty();
            harness.receive("more\r\n");
            harness.advance(Duration.ofSeconds(1));
        }
        assertThat(harness.link().calls()).containsExactly("abort");
    }

    @Test
    void eachRequestHasTheLimitThatWasSetWhenItWasMade() {
        protocol.within(Duration.ofMinutes(10));
        protocol.say("slow");
        protocol.within(Duration.ofSeconds(1));
        protocol.say("fast");
        harness.advance(Duration.ofMinutes(9));
        harness.receive("done\r\n");
        harness.advance(Duration.ofSeconds(1).minus(TICK));
        assertThat(harness.link().calls()).isEmpty();
        harness.advance(TICK);
        assertThat(harness.reason())
                .isEqualTo(new LossReason.TimedOut(Timer.NO_REPLY, Duration.ofSeconds(1), "Asking"));
    }

    @Test
    void withoutALimitAReplyMayTakeForEver() {
        protocol.within(Duration.ZERO);
        CompletableFuture<String> reply = protocol.ask("one");
        assertThat(harness.clock().waiting()).isZero();
        harness.advance(Duration.ofDays(1000));
        harness.receive("1\r\n");
        assertThat(reply).isCompletedWithValue("1");
    }

    @Test
    void theLongestLimitThereIsCanBeSet() {
        protocol.within(Duration.ofSeconds(Long.MAX_VALUE));
        harness.advance(Duration.ofDays(1));
        CompletableFuture<String> reply = protocol.ask("one");
        harness.advance(Duration.ofDays(1000));
        harness.receive("1\r\n");
        assertThat(reply).isCompletedWithValue("1");
    }

    @Test
    void aThousandRequestsAndRepliesSetOneTimer() {
        for (int i = 0; i < 1000; i++) {
            protocol.say("one");
            harness.advance(Duration.ofMillis(1));
            harness.receive("1\r\n");
            assertThat(harness.clock().waiting()).isEqualTo(1);
        }
        harness.advance(LIMIT);
        assertThat(harness.clock().waiting()).as("nothing is due").isZero();
        assertThat(harness.link().calls()).isEmpty();
    }

    // ---- loss ----

    @Test
    void whatWasWrittenMayHaveBeenExecutedAndWhatWaitedWasNeverSent() {
        protocol.pipelining(1);
        CompletableFuture<String> written = protocol.ask("one");
        CompletableFuture<String> waiting = protocol.ask("two");
        assertThat(sent()).isEqualTo("one\r\n");
        harness.link().lose(new IOException("reset"));
        assertThat(noReply(written).neverSent()).isFalse();
        assertThat(noReply(written))
                .hasMessage("the request got no reply, and may have been executed: connection failed: reset")
                .hasRootCauseMessage("reset");
        assertThat(noReply(waiting).neverSent()).isTrue();
        assertThat(noReply(waiting)).hasMessage("the request was never sent: connection failed: reset");
        assertThat(noReply(waiting).reason()).containsInstanceOf(LossReason.Failed.class);
        assertThat(protocol.unanswered).isEqualTo(2);
    }

    @Test
    void aRequestOnAConnectionThatIsLostFailsAtOnce() {
        harness.link().lose(null);
        assertThat(noReply(protocol.ask("late"))).hasMessage("the request was never sent: closed by the peer");
        assertThat(noReply(protocol.greeting())).hasMessageContaining("closed by the peer");
    }

    @Test
    void b2_aRequestOnAConnectionThatIsClosingFailsAtOnce() {
        harness.connection().close();
        NoReplyException refused = noReply(protocol.ask("late"));
        assertThat(refused).hasMessage("the request was never sent: the connection is closing");
        assertThat(refused.neverSent()).isTrue();
        assertThat(refused.reason()).isEmpty();
        assertThat(sent()).isEmpty();
    }

    @Test
    void a3_whatIsUnansweredFailsAfterConnectionLostAlsoWhenThatThrows() {
        List<String> order = new ArrayList<>();
        Asking throwing = new Asking() {
            @Override
            protected void connectionLost(LossReason reason, int unanswered) {
                order.add(unanswered + " unanswered");
                throw new IllegalStateException("not today");
            }
        };
        FramedHarness each = FramedHarness.open(throwing);
        var unused = throwing.ask("one").whenComplete((reply, failed) -> order.add("failed"));
        each.link().lose(null);
        assertThat(order).containsExactly("1 unanswered", "failed");
    }

    @Test
    void b5_atThePeersEndWhatIsUnansweredFails() {
        CompletableFuture<String> reply = protocol.ask("one");
        harness.endInput();
        assertThat(harness.reason()).isEqualTo(new LossReason.ClosedByPeer());
        assertThat(noReply(reply).reason()).contains(new LossReason.ClosedByPeer());
    }

    @Test
    void aGreetingThatDoesNotComeIsNoRequest() {
        CompletableFuture<String> greeting = protocol.greeting();
        harness.link().lose(null);
        assertThat(noReply(greeting)).hasMessage("the server did not say what was awaited: closed by the peer");
    }

    @Test
    void aContinuationOfAFailureCanMakeNoRequestHere() {
        List<CompletableFuture<String>> again = new ArrayList<>();
        var unused = protocol.ask("one").whenComplete((reply, failed) -> again.add(protocol.ask("again")));
        harness.link().lose(null);
        assertThat(noReply(again.get(0)).neverSent()).isTrue();
    }

    // ---- how many at once ----

    @Test
    void requestsWaitForRoomInThePipelineAndGoInOrder() {
        protocol.pipelining(2);
        List<CompletableFuture<String>> replies = new ArrayList<>();
        for (String line : List.of("one", "two", "three", "four")) {
            replies.add(protocol.ask(line));
        }
        assertThat(sent()).isEqualTo("one\r\ntwo\r\n");
        harness.receive("1\r\n");
        assertThat(sent()).isEqualTo("one\r\ntwo\r\nthree\r\n");
        harness.receive("2\r\n3\r\n");
        assertThat(sent()).endsWith("three\r\nfour\r\n");
        harness.receive("4\r\n");
        assertThat(replies).extracting(CompletableFuture::join).containsExactly("1", "2", "3", "4");
    }

    @Test
    void aWiderPipelineTakesMoreAtOnce() {
        protocol.pipelining(1);
        protocol.say("one");
        protocol.say("two");
        protocol.say("three");
        protocol.pipelining(3);
        assertThat(sent()).isEqualTo("one\r\ntwo\r\nthree\r\n");
    }

    @Test
    void theTimeOfARequestThatWaitsDoesNotRun() {
        protocol.pipelining(1);
        protocol.say("one");
        CompletableFuture<String> second = protocol.ask("two");
        harness.advance(LIMIT.minus(TICK));
        harness.receive("1\r\n");
        harness.advance(LIMIT.minus(TICK));
        harness.receive("2\r\n");
        assertThat(second).isCompletedWithValue("2");
    }

    @Test
    void aThousandMayBeOnTheirWayUnlessToldOtherwise() {
        for (int i = 0; i < 1001; i++) {
            protocol.say("x");
        }
        assertThat(sent()).hasSize(1000 * "x\r\n".length());
    }

    @Test
    void whatWaitsIsBounded() {
        protocol.pipelining(1);
        protocol.say("first");
        String line = "x".repeat(16_384);
        int room = 16 * 1024 * 1024 / (line.length() + 2 + 64);
        for (int i = 0; i < room; i++) {
            protocol.say(line);
        }
        assertThatExceptionOfType(OutputFullException.class).isThrownBy(() -> protocol.ask(line));
        harness.receive("1\r\n");
        CompletableFuture<String> again = protocol.ask(line);
        assertThat(again).as("there is room again").isNotDone();
        assertThatThrownBy(() -> protocol.ask(line)).isInstanceOf(OutputFullException.class);
    }

    @Test
    void b2_whatWaitsWhenTheOutputIsShutFailsAsNeverSent() {
        protocol.pipelining(1);
        CompletableFuture<String> first = protocol.ask("one");
        CompletableFuture<String> second = protocol.ask("two");
        harness.connection().shutdownOutput();
        harness.receive("1\r\n");
        assertThat(first).isCompletedWithValue("1");
        assertThat(noReply(second)).hasMessage("the request was never sent: the connection is closing");
    }
}
