package dev.bowline.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ConnectOptions;
import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.LossReason.TimedOut.Timer;
import dev.bowline.testing.RecordingProtocol;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rules B7 and C4: output that nobody takes, and input that never comes. */
class TimeoutRulesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final ConnectOptions IDLE =
            ConnectOptions.DEFAULT.withIdleTimeout(LIMIT).withWriteStall(Duration.ZERO);

    private final RecordingProtocol protocol = new RecordingProtocol();

    private ConnectionHarness open() {
        return ConnectionHarness.timed(protocol, ConnectOptions.DEFAULT);
    }

    private ConnectionHarness openIdle() {
        return ConnectionHarness.timed(protocol, IDLE);
    }

    private static void pass(ConnectionHarness harness, Duration time) {
        harness.clock.advance(time);
        harness.link.runTasks();
    }

    private void assertTimedOut(ConnectionHarness harness, Timer timer) {
        assertThat(harness.link.calls()).containsExactly("abort");
        harness.link.loseIfReleased();
        assertThat(protocol.reason()).isEqualTo(new LossReason.TimedOut(timer, LIMIT, "RecordingProtocol"));
        assertThat(harness.clock.waiting()).isZero();
    }

    @Test
    void b7_outputThatNobodyTakesForSixtySecondsEndsTheConnection() {
        ConnectionHarness harness = open();
        harness.link.takeAtMost(0);
        harness.write("hello");
        pass(harness, LIMIT.minus(MOMENT));
        assertThat(harness.link.calls()).isEmpty();
        pass(harness, MOMENT);
        assertTimedOut(harness, Timer.WRITE_STALL);
    }

    @Test
    void b7_theLimitRunsFromTheFirstByteThatWaits() {
        ConnectionHarness harness = open();
        harness.write("taken at once");
        pass(harness, Duration.ofSeconds(5));
        harness.link.takeAtMost(0);
        harness.write("hello");
        pass(harness, LIMIT.minus(MOMENT));
        assertThat(harness.link.calls()).isEmpty();
        pass(harness, MOMENT);
        assertTimedOut(harness, Timer.WRITE_STALL);
    }

    @Test
    void b7_aPeerThatTakesAByteNowAndThenIsNotStalled() {
        ConnectionHarness harness = open();
        harness.link.takeAtMost(0);
        harness.write("hello, world");
        for (int i = 0; i < 11; i++) {
            pass(harness, Duration.ofSeconds(40));
            harness.link.takeMore(1);
        }
        assertThat(harness.link.calls()).isEmpty();
        // That the last byte went is found a quarter of the limit later at most, and counts from there.
        for (int i = 0; i < 5; i++) {
            pass(harness, LIMIT.dividedBy(4));
        }
        assertTimedOut(harness, Timer.WRITE_STALL);
    }

    @Test
    void b7_aCloseThatThePeerDoesNotLetFinishEnds() {
        ConnectionHarness harness = open();
        harness.link.takeAtMost(2);
        harness.write("hello");
        harness.close();
        pass(harness, LIMIT);
        // Not "closed here", which would say that all was sent.
        assertTimedOut(harness, Timer.WRITE_STALL);
    }

    @Test
    void b7_zeroMeansNever() {
        ConnectionHarness harness =
                ConnectionHarness.timed(protocol, ConnectOptions.DEFAULT.withWriteStall(Duration.ZERO));
        harness.link.takeAtMost(0);
        harness.write("hello");
        assertThat(harness.clock.waiting()).isZero();
        pass(harness, Duration.ofDays(1));
        assertThat(harness.link.calls()).isEmpty();
    }

    @Test
    void b7_whatIsTakenAtOnceLeavesNoTimerBehind() {
        ConnectionHarness harness = open();
        for (int i = 0; i < 1_000; i++) {
            harness.write("hello");
        }
        assertThat(harness.clock.waiting()).isZero();
    }

    @Test
    void b7_whatIsTakenLaterLeavesNoTimerBehindEither() {
        ConnectionHarness harness = open();
        for (int i = 0; i < 1_000; i++) {
            harness.link.takeAtMost(0);
            harness.write("hello");
            harness.link.takeMore(5);
        }
        assertThat(harness.clock.waiting()).isOne();
        pass(harness, LIMIT.dividedBy(4));
        assertThat(harness.clock.waiting()).isZero();
    }

    @Test
    void c4_nothingReceivedForTheGivenTimeEndsTheConnection() {
        ConnectionHarness harness = openIdle();
        pass(harness, Duration.ofSeconds(30));
        harness.link.receive("hello");
        pass(harness, LIMIT.minus(MOMENT));
        assertThat(harness.link.calls()).isEmpty();
        pass(harness, MOMENT);
        assertTimedOut(harness, Timer.IDLE);
    }

    @Test
    void c4_aPeerThatSaysNothingAtAllIsIdle() {
        ConnectionHarness harness = openIdle();
        pass(harness, LIMIT);
        assertTimedOut(harness, Timer.IDLE);
    }

    @Test
    void c4_whatIsSentDoesNotCount() {
        ConnectionHarness harness = openIdle();
        pass(harness, LIMIT.minus(MOMENT));
        harness.write("hello");
        pass(harness, MOMENT);
        assertTimedOut(harness, Timer.IDLE);
    }

    @Test
    void c4_timeDuringWhichReadingIsPausedDoesNotCount() {
        ConnectionHarness harness = openIdle();
        Connection connection = harness.connection;
        connection.pauseReading();
        harness.link.runTasks();
        pass(harness, Duration.ofHours(1));
        assertThat(harness.link.calls()).containsExactly("pause");
        connection.resumeReading();
        harness.link.runTasks();
        pass(harness, LIMIT.minus(MOMENT));
        assertThat(harness.link.calls()).containsExactly("pause", "resume");
        pass(harness, MOMENT);
        assertThat(harness.link.calls()).endsWith("abort");
    }

    @Test
    void c4_noIdleTimeoutByDefault() {
        ConnectionHarness harness = open();
        assertThat(harness.clock.waiting()).isZero();
        pass(harness, Duration.ofDays(365));
        assertThat(harness.link.calls()).isEmpty();
    }

    @Test
    void c4_aConnectionThatClosesIsNotIdle() {
        ConnectionHarness harness = openIdle();
        harness.close();
        pass(harness, Duration.ofSeconds(10));
        assertThat(harness.link.calls()).containsExactly("fin", "close");
        harness.link.loseIfReleased();
        assertThat(protocol.reason()).isEqualTo(new LossReason.ClosedHere());
    }
}
