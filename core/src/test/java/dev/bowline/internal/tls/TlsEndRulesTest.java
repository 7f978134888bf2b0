package dev.bowline.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.LossReason;
import dev.bowline.LossReport;
import dev.bowline.testing.RecordingProtocol;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a protected connection ends, in good order or cut off, and what is sent until then: rule G3, and what it adds to B3, B5 and B7. */
class TlsEndRulesTest {
    private static final String TLS_1_2 = "TLSv1.2";
    private static final String TLS_1_3 = "TLSv1.3";

    private final RecordingProtocol protocol = new RecordingProtocol();

    @Test
    void g3_anEndWithoutTheWordForItIsATruncation() throws Exception {
        TlsHarness harness = TlsHarness.open(TLS_1_3, protocol);
        harness.peer.say("half a st");
        harness.carry();
        harness.link.endInput();
        assertThat(harness.link.calls()).containsExactly("abort");
        harness.link.loseIfReleased();
        assertThat(protocol.events()).containsExactly("made", "data half a st", "lost");
        assertThat(harness.reports).containsExactly(new LossReport(new LossReason.Truncated(), 0, 0));
    }

    @Test
    void g3_anEndAmidARecordIsATruncation() throws Exception {
        TlsHarness harness = TlsHarness.open(TLS_1_3, protocol);
        harness.peer.say("whole").say("cut").endOutput();
        byte[] records = harness.peer.take();
        harness.link.receive(Arrays.copyOf(records, records.length - 1));
        harness.link.endInput();
        harness.link.loseIfReleased();
        assertThat(protocol.received()).isEqualTo("wholecut");
        assertThat(protocol.reason()).isEqualTo(new LossReason.Truncated());
    }

    @Test
    void g3_aTruncationWaitsForInputThatAPauseHoldsBack() throws Exception {
        protocol.on("data one", connection -> connection.pauseReading());
        TlsHarness harness = TlsHarness.open(TLS_1_3, protocol);
        harness.peer.say("one");
        harness.carry();
        harness.peer.say("two");
        harness.carry();
        harness.link.endInput();
        assertThat(harness.link.calls()).containsExactly("pause");
        harness.connection.resumeReading();
        harness.link.runTasks();
        harness.link.loseIfReleased();
        assertThat(protocol.events()).containsExactly("made", "data one", "data two", "lost");
        assertThat(protocol.reason()).isEqualTo(new LossReason.Truncated());
    }

    @Test
    void g3_whoClosedFirstIsNotTruncatedByAPeerThatJustEnds() throws Exception {
        TlsHarness harness = TlsHarness.open(TLS_1_3, protocol);
        harness.connection.close();
        harness.link.runTasks();
        harness.link.endInput();
        harness.link.loseIfReleased();
        assertThat(protocol.reason()).isEqualTo(new LossReason.ClosedHere());
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void b3_closeSaysGoodbyeThenFinAndWaitsForThePeersEnd(String version) throws Exception {
        TlsHarness harness = TlsHarness.open(version, protocol);
        harness.write("last words");
        harness.connection.close();
        harness.link.runTasks();
        assertThat(harness.link.calls()).containsExactly("fin");
        harness.peer.hear(harness.takeFromLink());
        assertThat(harness.peer.heard()).isEqualTo("last words");
        assertThat(harness.peer.heardTheEnd()).isTrue();
        harness.peer.endOutput();
        harness.carry();
        assertThat(harness.link.calls()).containsExactly("fin", "close");
        harness.link.loseIfReleased();
        assertThat(protocol.reason()).isEqualTo(new LossReason.ClosedHere());
    }

    @Test
    void b3_theTenSecondsForThePeersEndBeginWhenTheGoodbyeIsOut() throws Exception {
        TlsHarness harness = TlsHarness.open(TLS_1_3, protocol);
        harness.link.takeAtMost(0);
        harness.connection.close();
        harness.link.runTasks();
        harness.clock.advance(Duration.ofSeconds(30));
        harness.link.runTasks();
        assertThat(harness.link.calls()).isEmpty();
        harness.link.takeMore(Integer.MAX_VALUE);
        assertThat(harness.link.calls()).containsExactly("fin");
        harness.clock.advance(Duration.ofSeconds(9));
        harness.link.runTasks();
        assertThat(harness.link.calls()).containsExactly("fin");
        harness.clock.advance(Duration.ofSeconds(1));
        harness.link.runTasks();
        assertThat(harness.link.calls()).containsExactly("fin", "close");
    }

    @Test
    void b7_aPeerThatTakesNotEvenTheGoodbyeIsStalled() throws Exception {
        TlsHarness harness = TlsHarness.open(TLS_1_3, protocol);
        harness.link.takeAtMost(0);
        harness.connection.close();
        harness.link.runTasks();
        harness.clock.advance(Duration.ofSeconds(75));
        harness.link.runTasks();
        assertThat(harness.link.calls()).containsExactly("abort");
        harness.link.loseIfReleased();
        assertThat(protocol.reason()).isInstanceOf(LossReason.TimedOut.class);
    }

    @Test
    void b7_aPeerThatTakesPartsOfARecordIsNotStalled() throws Exception {
        TlsHarness harness = TlsHarness.open(TLS_1_3, protocol);
        harness.link.takeAtMost(0);
        harness.write("x".repeat(10_000));
        for (int i = 0; i < 5; i++) {
            harness.clock.advance(Duration.ofSeconds(50));
            harness.link.runTasks();
            harness.link.takeMore(1);
        }
        assertThat(harness.link.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void b3_aLargeWriteArrivesWhole(String version) throws Exception {
        TlsHarness harness = TlsHarness.open(version, protocol);
        String large = "0123456789".repeat(100_000);
        harness.link.takeAtMost(100_000);
        harness.write("<");
        harness.connection.write(TlsHarness.bytes(large));
        harness.connection.write(TlsHarness.bytes(">"));
        harness.connection.close();
        harness.link.runTasks();
        harness.link.takeMore(500_000);
        harness.link.takeMore(Integer.MAX_VALUE);
        harness.carryToPeer();
        assertThat(harness.peer.heard()).isEqualTo("<" + large + ">");
        assertThat(harness.peer.heardTheEnd()).isTrue();
    }

    @Test
    void b5_pendingOutputIsStillSentWhenThePeerHasEnded() throws Exception {
        protocol.on("ended", connection -> connection.write(TlsHarness.bytes("an answer")));
        TlsHarness harness = TlsHarness.open(TLS_1_3, protocol);
        harness.peer.endOutput();
        harness.carry();
        assertThat(harness.peer.heard()).isEqualTo("an answer");
        assertThat(harness.peer.heardTheEnd()).isTrue();
    }

    @Test
    void b5_beforeTls13ThePeersEndIsTheEndOfBothDirections() throws Exception {
        TlsHarness harness = TlsHarness.open(TLS_1_2, protocol);
        harness.link.takeAtMost(0);
        harness.write("x".repeat(200_000));
        harness.peer.endOutput();
        harness.link.receive(harness.peer.take());
        harness.link.takeMore(Integer.MAX_VALUE);
        harness.link.loseIfReleased();
        assertThat(protocol.events()).containsExactly("made", "writable false", "ended", "lost");
        assertThat(protocol.reason()).isEqualTo(new LossReason.ClosedByPeer());
        harness.carryToPeer();
        assertThat(harness.peer.heardTheEnd()).isTrue();
    }

    @Test
    void b5_aHalfCloseLeavesTheOtherDirectionOpen() throws Exception {
        TlsHarness harness = TlsHarness.open(TLS_1_3, protocol);
        harness.write("asked");
        harness.connection.shutdownOutput();
        harness.link.runTasks();
        harness.carry();
        assertThat(harness.link.calls()).containsExactly("fin");
        assertThat(harness.peer.heardTheEnd()).isTrue();
        harness.peer.say("answered").endOutput();
        harness.carry();
        assertThat(protocol.events()).containsExactly("made", "data answered", "ended");
        assertThat(harness.link.calls()).containsExactly("fin", "close");
    }

    /** Else a peer that went on would stop the reading, and its FIN or RST would go unseen (rule C1). */
    @Test
    void c1_whatComesBehindTheGoodbyeIsNotKept() throws Exception {
        TlsHarness harness = TlsHarness.open(TLS_1_3, protocol.keepOpen());
        harness.link.receive(harness.peer.endOutput().take());
        byte[] more = new byte[100_000];
        harness.receive(more, 10_000);
        assertThat(harness.link.isReading()).isTrue();
        assertThat(protocol.events()).containsExactly("made", "ended");
        harness.write("still here");
        assertThat(protocol.reason()).isNull();
    }
}
