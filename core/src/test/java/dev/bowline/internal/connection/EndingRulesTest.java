package dev.bowline.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.LossReport;
import dev.bowline.testing.RecordingProtocol;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a connection ends: rules A3 to A6 and B3 to B5, over a link that a test controls. */
class EndingRulesTest {
    private final RecordingProtocol protocol = new RecordingProtocol();

    private static LossReason reasonOf(ConnectionHarness harness) {
        assertThat(harness.reports).hasSize(1);
        return harness.reports.get(0).reason();
    }

    @Test
    void a3_theProtocolHearsOfTheLossBeforeTheFactoryAndBothOnce() {
        List<Integer> reportsSeen = new ArrayList<>();
        ConnectionHarness[] harness = new ConnectionHarness[1];
        protocol.on("lost", connection -> reportsSeen.add(harness[0].reports.size()));
        harness[0] = ConnectionHarness.open(protocol);
        harness[0].link.receive("last words");
        harness[0].link.lose(null);
        assertThat(protocol.events()).containsExactly("made", "data last words", "lost");
        assertThat(reportsSeen).containsExactly(0);
        assertThat(harness[0].reports).containsExactly(new LossReport(new LossReason.ClosedByPeer(), 0, 0));
    }

    @Test
    void a3_anExceptionOutOfConnectionLostDoesNotSkipTheFactory() {
        protocol.on("lost", connection -> {
            throw new IllegalStateException("in connectionLost");
        });
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.lose(new IOException("reset"));
        assertThat(reasonOf(harness)).isInstanceOf(LossReason.Failed.class).isEqualTo(protocol.reason());
    }

    @Test
    void a3_whatAPauseHeldBackIsNotDeliveredAtTheLoss() {
        protocol.on("made", Connection::pauseReading);
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.receive("held");
        harness.link.lose(null);
        assertThat(protocol.events()).containsExactly("made", "lost");
    }

    @Test
    void a4_afterTheLossNothingIsCalledAndWritesDoNothing() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.lose(null);
        assertThat(harness.write("x")).isFalse();
        harness.connection.execute(() -> protocol.events().add("task"));
        harness.connection.schedule(
                Duration.ofSeconds(1), () -> protocol.events().add("timer"));
        harness.connection.ready(OutboundSource.ALL);
        harness.connection.close();
        harness.connection.abort();
        harness.connection.resumeReading();
        harness.link.runTasks();
        harness.clock.advance(Duration.ofMinutes(1));
        harness.link.runTasks();
        assertThat(protocol.events()).containsExactly("made", "lost");
        assertThat(harness.link.calls()).isEmpty();
        assertThat(harness.link.taken()).isEmpty();
    }

    @Test
    void a4_aTimerDiesWithTheConnection() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.connection.schedule(
                Duration.ofSeconds(5), () -> protocol.events().add("timer"));
        assertThat(harness.clock.waiting()).isEqualTo(1);
        harness.link.lose(null);
        assertThat(harness.clock.waiting()).isZero();
    }

    @Test
    void a4_aTimerRunsOnTheEventSideAndNotIfCancelledThere() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.connection.schedule(
                Duration.ofSeconds(1), () -> protocol.events().add("timer"));
        var cancelled = harness.connection.schedule(
                Duration.ofSeconds(1), () -> protocol.events().add("cancelled"));
        harness.clock.advance(Duration.ofSeconds(1));
        assertThat(protocol.events()).as("not yet: the event side has not run").containsExactly("made");
        cancelled.cancel();
        harness.link.runTasks();
        assertThat(protocol.events()).containsExactly("made", "timer");
    }

    @Test
    void a5_anExceptionOutOfACallbackAbortsWithItAsTheReason() {
        IllegalStateException thrown = new IllegalStateException("in a callback");
        protocol.on("data x", connection -> {
            connection.write(ConnectionHarness.bytes("never sent"));
            throw thrown;
        });
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.receive("x");
        harness.link.loseIfReleased();
        assertThat(harness.link.calls()).containsExactly("abort");
        assertThat(harness.link.taken()).isEmpty();
        assertThat(reasonOf(harness)).isEqualTo(new LossReason.ProtocolFailure(thrown));
    }

    @Test
    void a5_anExceptionOutOfATaskOrATimerDoesTheSame() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.connection.schedule(Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("in a timer");
        });
        harness.clock.advance(Duration.ofSeconds(1));
        harness.link.runTasks();
        harness.link.loseIfReleased();
        assertThat(reasonOf(harness)).isInstanceOf(LossReason.ProtocolFailure.class);
    }

    @Test
    void a5_anExceptionOutOfInputEndedIsTheReasonToo() {
        IllegalStateException thrown = new IllegalStateException("at the peer's end");
        protocol.on("ended", connection -> {
            throw thrown;
        });
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.endInput();
        harness.link.loseIfReleased();
        assertThat(reasonOf(harness)).isEqualTo(new LossReason.ProtocolFailure(thrown));
    }

    @Test
    void a6_theReasonIsWhatHappenedFirst() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.close();
        harness.abort();
        harness.link.lose(new IOException("reset, later"));
        assertThat(reasonOf(harness)).isEqualTo(new LossReason.ClosedHere());
    }

    @Test
    void a6_abortedHere() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.abort();
        harness.link.loseIfReleased();
        assertThat(reasonOf(harness)).isEqualTo(new LossReason.AbortedHere());
    }

    @Test
    void a6_theOrderlyEndOfThePeer() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.endInput();
        harness.link.loseIfReleased();
        assertThat(reasonOf(harness)).isEqualTo(new LossReason.ClosedByPeer());
    }

    @Test
    void b3_closeSendsWhatWasWrittenThenFinThenWaitsForThePeersEnd() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.takeAtMost(3);
        harness.write("abcdef");
        harness.close();
        assertThat(harness.link.calls()).as("output pending").isEmpty();
        harness.link.takeMore(3);
        assertThat(harness.link.taken()).isEqualTo("abcdef");
        assertThat(harness.link.calls()).containsExactly("fin");
        harness.link.receive("discarded");
        assertThat(harness.link.calls()).containsExactly("fin");
        harness.link.endInput();
        assertThat(harness.link.calls()).containsExactly("fin", "close");
        harness.link.lose(null);
        assertThat(protocol.events()).containsExactly("made", "lost");
    }

    @Test
    void b3_closeWaitsTenSecondsForThePeersEndAndNoLonger() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.close();
        harness.clock.advance(Duration.ofMillis(9_999));
        harness.link.runTasks();
        assertThat(harness.link.calls()).containsExactly("fin");
        harness.clock.advance(Duration.ofMillis(1));
        harness.link.runTasks();
        assertThat(harness.link.calls()).as("in good order, no reset").containsExactly("fin", "close");
    }

    @Test
    void b3_aPausedConnectionThatClosesReadsAgainToDiscard() {
        protocol.on("made", Connection::pauseReading);
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        assertThat(harness.link.isReading()).isFalse();
        harness.close();
        assertThat(harness.link.isReading()).isTrue();
        harness.link.receive("discarded");
        harness.link.endInput();
        assertThat(harness.link.calls()).containsExactly("pause", "fin", "resume", "close");
        assertThat(protocol.events()).containsExactly("made");
    }

    @Test
    void b4_abortDropsPendingOutputOnceAndForAll() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.takeAtMost(2);
        harness.write("abcdef");
        harness.write("ghi");
        harness.abort();
        harness.abort();
        harness.close();
        assertThat(harness.link.calls()).containsExactly("abort");
        harness.link.lose(null);
        assertThat(harness.link.taken()).isEqualTo("ab");
    }

    @Test
    void b4_abortAlsoEndsACloseUnderWay() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.close();
        harness.abort();
        assertThat(harness.link.calls()).containsExactly("fin", "abort");
    }

    @Test
    void b5_shutdownOutputSendsFinAfterPendingOutputAndReadsOn() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.takeAtMost(1);
        harness.write("ab");
        harness.connection.shutdownOutput();
        harness.link.runTasks();
        assertThat(harness.link.calls()).isEmpty();
        harness.link.takeMore(1);
        assertThat(harness.link.calls()).containsExactly("fin");
        assertThat(harness.write("refused")).isFalse();
        harness.link.receive("still read");
        harness.link.endInput();
        assertThat(harness.link.calls()).as("both directions are over").containsExactly("fin", "close");
        assertThat(protocol.events()).containsExactly("made", "data still read", "ended");
    }

    @Test
    void b5_thePeersEndClosesAfterPendingOutputIsSent() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.takeAtMost(1);
        harness.write("abc");
        harness.link.endInput();
        assertThat(harness.link.calls()).isEmpty();
        harness.link.takeMore(2);
        assertThat(harness.link.taken()).isEqualTo("abc");
        assertThat(harness.link.calls()).containsExactly("fin", "close");
    }

    @Test
    void b5_aProtocolThatOverridesInputEndedGoesOnTalking() {
        protocol.keepOpen();
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.endInput();
        assertThat(harness.write("still here")).isTrue();
        assertThat(harness.link.taken()).isEqualTo("still here");
        harness.close();
        assertThat(harness.link.calls()).containsExactly("fin", "close");
        harness.link.lose(null);
        assertThat(reasonOf(harness)).isEqualTo(new LossReason.ClosedByPeer());
    }

    @Test
    void a3_aFailedWriteDoesNotLoseInputThatArrived() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.takeAtMost(1);
        harness.write("abc");
        harness.link.failOutput("broken pipe");
        assertThat(harness.write("refused")).isFalse();
        harness.link.receive("arrived before");
        assertThat(harness.link.calls()).isEmpty();
        harness.link.endInput();
        assertThat(harness.link.calls()).containsExactly("abort");
        harness.link.lose(null);
        assertThat(protocol.events()).containsExactly("made", "data arrived before", "ended", "lost");
        assertThat(reasonOf(harness))
                .isInstanceOfSatisfying(
                        LossReason.Failed.class,
                        failed -> assertThat(failed.cause()).hasMessage("broken pipe"));
    }

    @Test
    void a3_afterAFailedWriteTheInputHasTenSecondsToEnd() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.failOutput("broken pipe");
        harness.clock.advance(Duration.ofSeconds(10));
        harness.link.runTasks();
        assertThat(harness.link.calls()).containsExactly("abort");
    }

    @Test
    void a2_anUnwantedConnectionIsDroppedWithoutAWord() {
        ConnectionHarness harness = ConnectionHarness.unwanted();
        assertThat(harness.link.calls()).containsExactly("abort");
        harness.link.lose(null);
        assertThat(harness.reports).isEmpty();
    }
}
