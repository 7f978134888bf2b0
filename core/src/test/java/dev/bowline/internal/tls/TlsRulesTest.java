package dev.bowline.internal.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.LossReason;
import dev.bowline.LossReport;
import dev.bowline.TlsException.Problem;
import dev.bowline.internal.connection.OutboundSource;
import dev.bowline.internal.connection.ProtocolSide;
import dev.bowline.testing.QueueSource;
import dev.bowline.testing.RecordingProtocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules G1 and G3 for a connection that is protected from its beginning, byte by byte. */
class TlsRulesTest {
    private static final String TLS_1_2 = "TLSv1.2";
    private static final String TLS_1_3 = "TLSv1.3";

    private final RecordingProtocol protocol = new RecordingProtocol();

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    private void greet(String text) {
        protocol.on("made", connection -> connection.write(bytes(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void g1_theProtocolHearsOfTheConnectionWhenTheHandshakeIsOver(String version) throws Exception {
        greet("hello");
        TlsHarness harness = TlsHarness.begun(version, protocol);
        assertThat(protocol.events()).isEmpty();
        harness.carry();
        assertThat(protocol.events()).containsExactly("made");
        assertThat(harness.peer.heard()).isEqualTo("hello");
        assertThat(harness.connection.tlsSession().orElseThrow().getProtocol()).isEqualTo(version);
        assertThat(harness.link.taken()).doesNotContain("hello");
    }

    @Test
    void b8_theEndOfTheHandshakeAndTheGreetingLeaveTogether() throws Exception {
        greet("hello");
        TlsHarness harness = TlsHarness.begun(TLS_1_3, protocol);
        harness.carry();
        assertThat(harness.link.writes())
                .as("the client's hello, then all the rest")
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, 1",
        "TLSv1.3, 1",
        "TLSv1.2, 2",
        "TLSv1.3, 2",
        "TLSv1.2, 3",
        "TLSv1.3, 3",
        "TLSv1.2, 5",
        "TLSv1.3, 5",
        "TLSv1.2, 17",
        "TLSv1.3, 17",
        "TLSv1.2, 1000",
        "TLSv1.3, 1000"
    })
    void g3_everyRecordInChunksOfAnySizeGivesTheSame(String version, int chunk) throws Exception {
        greet("hello");
        TlsHarness harness = TlsHarness.begun(version, protocol);
        harness.carry(chunk);
        harness.peer.say("one").say("two");
        harness.carry(chunk);
        harness.peer.say("three").endOutput();
        harness.carry(chunk);
        assertThat(String.join(" ", protocol.events())).startsWith("made data").endsWith("ended");
        assertThat(received()).isEqualTo("onetwothree");
        assertThat(harness.peer.heardTheEnd()).isTrue();
    }

    private String received() {
        StringBuilder all = new StringBuilder();
        protocol.events().stream()
                .filter(event -> event.startsWith("data "))
                .forEach(event -> all.append(event.substring(5)));
        return all.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void g3_everyRecordSplitAtEveryByteGivesTheSame(String version) throws Exception {
        TlsHarness measured = TlsHarness.begun(version, new RecordingProtocol());
        byte[] first = measured.carryToPeer();
        for (int split = 1; split < first.length; split += 1) {
            RecordingProtocol made = new RecordingProtocol();
            TlsHarness harness = TlsHarness.begun(version, made);
            byte[] flight = harness.carryToPeer();
            int at = Math.min(split, flight.length - 1);
            harness.link.receive(Arrays.copyOf(flight, at));
            harness.link.receive(Arrays.copyOfRange(flight, at, flight.length));
            harness.carry();
            assertThat(made.events()).as("split at " + split).containsExactly("made");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void g3_severalRecordsInOneChunkAreDeliveredTogether(String version) throws Exception {
        TlsHarness harness = TlsHarness.open(version, protocol);
        harness.peer.say("one").say("two").say("three");
        harness.carry();
        assertThat(protocol.events()).containsExactly("made", "data onetwothree");
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void g3_dataAndTheEndInOneChunkAreBothSeen(String version) throws Exception {
        TlsHarness harness = TlsHarness.open(version, protocol);
        harness.peer.say("last words").endOutput();
        harness.carry();
        assertThat(protocol.events()).containsExactly("made", "data last words", "ended");
        assertThat(harness.peer.heardTheEnd()).isTrue();
        assertThat(harness.link.calls()).containsExactly("fin", "close");
        harness.link.loseIfReleased();
        assertThat(protocol.reason()).isEqualTo(new LossReason.ClosedByPeer());
    }

    @Test
    void g3_aKeyUpdateIsAnsweredAndNothingIsLost() throws Exception {
        TlsHarness harness = TlsHarness.open(TLS_1_3, protocol);
        for (int i = 0; i < 3; i++) {
            harness.peer.shakeAgain().say("after " + i + ";");
            harness.carry();
            harness.write("own " + i + ";");
            harness.carry();
        }
        assertThat(received()).isEqualTo("after 0;after 1;after 2;");
        assertThat(harness.peer.heard()).isEqualTo("own 0;own 1;own 2;");
    }

    @Test
    void g3_keyUpdatesWithoutEndAreReadOnlyAsFarAsTheyCanBeAnswered() throws Exception {
        TlsHarness harness = TlsHarness.open(TLS_1_3, protocol);
        harness.link.takeAtMost(0);
        harness.write("stuck");
        for (int i = 0; i < 200; i++) {
            harness.peer.shakeAgain();
            harness.link.receive(harness.peer.take());
        }
        harness.peer.say("and data" + ".".repeat(100_000));
        harness.receive(harness.peer.take(), 1_000);
        assertThat(received()).isEmpty();
        assertThat(harness.link.calls()).as("what waits is bounded").containsExactly("pause");
        harness.link.takeMore(Integer.MAX_VALUE);
        harness.carry();
        assertThat(harness.link.isReading()).isTrue();
        assertThat(received()).isEqualTo("and data" + ".".repeat(100_000));
        assertThat(harness.peer.heard()).isEqualTo("stuck");
    }

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
        assertThat(received()).isEqualTo("wholecut");
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
        harness.connection.write(bytes(large));
        harness.connection.write(bytes(">"));
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
        protocol.on("ended", connection -> connection.write(bytes("an answer")));
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

    @Test
    void g3_aHandshakeThatTakesTooLongFails() throws Exception {
        TlsHarness harness = TlsHarness.begun(TLS_1_3, protocol);
        harness.clock.advance(TlsHarness.LIMIT);
        harness.link.runTasks();
        assertThat(harness.failure().problem()).isEqualTo(Problem.HANDSHAKE_TIMED_OUT);
        assertThat(harness.link.calls()).containsExactly("close");
        harness.link.loseIfReleased();
        assertThat(harness.clock.waiting()).isZero();
        assertThat(protocol.events()).isEmpty();
    }

    @Test
    void g3_theHandshakesTimeoutEndsWithIt() throws Exception {
        TlsHarness harness = TlsHarness.open(TLS_1_3, protocol);
        harness.clock.advance(TlsHarness.LIMIT.multipliedBy(10));
        harness.link.runTasks();
        assertThat(harness.link.calls()).isEmpty();
    }

    @Test
    void g1_aPeerThatSpeaksInTheClearFailsTheHandshake() throws Exception {
        TlsHarness harness = TlsHarness.begun(TLS_1_3, protocol);
        harness.link.receive("220 mail.example ESMTP\r\n");
        assertThat(harness.failure().problem()).isEqualTo(Problem.NOT_TLS);
        assertThat(harness.link.calls()).containsExactly("close");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void g1_aPeerThatEndsAmidTheHandshakeFailsIt(boolean byReset) throws Exception {
        TlsHarness harness = TlsHarness.begun(TLS_1_3, protocol);
        byte[] flight = harness.carryToPeer();
        harness.link.receive(Arrays.copyOf(flight, 50));
        if (byReset) {
            harness.link.lose(new IOException("Connection reset"));
        } else {
            harness.link.endInput();
            harness.link.loseIfReleased();
        }
        assertThat(harness.failure()).hasMessageContaining("localhost");
        assertThat(protocol.events()).isEmpty();
    }

    @Test
    void g3_renegotiationIsRefused() throws Exception {
        TlsHarness harness = TlsHarness.open(TLS_1_2, protocol);
        harness.peer.say("before").shakeAgain();
        harness.link.receive(harness.peer.take());
        harness.link.loseIfReleased();
        assertThat(received()).isEqualTo("before");
        assertThat(protocol.reason())
                .isInstanceOfSatisfying(
                        LossReason.TlsFailed.class,
                        failed -> assertThat(failed.cause().problem()).isEqualTo(Problem.RENEGOTIATION));
    }

    @Test
    void g3_aBrokenRecordFailsTheConnectionAndThePeerIsTold() throws Exception {
        TlsHarness harness = TlsHarness.open(TLS_1_3, protocol);
        harness.peer.say("before").say("spoilt").say("behind");
        byte[] records = harness.peer.take();
        records[records.length / 2] ^= 1;
        harness.takeFromLink();
        harness.link.receive(records);
        assertThat(harness.link.calls()).containsExactly("close");
        harness.link.loseIfReleased();
        assertThat(received()).isEqualTo("before");
        assertThat(protocol.reason()).isInstanceOf(LossReason.TlsFailed.class);
        assertThat(harness.takeFromLink()).as("an alert, too").isNotEmpty();
    }

    /** Nobody can read a part of a record: what is in it was not handed over. */
    @Test
    void e5_onlyMessagesInWholeRecordsCountAsHandedOver() throws Exception {
        QueueSource queue = new QueueSource();
        for (int i = 0; i < 40; i++) {
            queue.add("m".repeat(3_000));
        }
        protocol.on("made", connection -> ProtocolSide.of(connection).ready(OutboundSource.ALL));
        TlsHarness harness = TlsHarness.begun(TLS_1_3, protocol, queue);
        byte[] answer = harness.carryToPeer();
        harness.link.takeAtMost(0);
        harness.link.receive(answer);
        harness.link.takeMore(50_000);
        int whole = plainInWholeRecords(harness.takeFromLink());
        harness.link.lose(new IOException("Connection reset"));
        assertThat(whole).isBetween(30_000, 49_000);
        assertThat(queue.handedOver()).isEqualTo(whole / 3_000);
        assertThat(queue.left()).hasSize(40 - whole / 3_000);
    }

    /** How many bytes the records of TLS 1.3 protect that are there to their ends; the handshake's few are no message more. */
    private static int plainInWholeRecords(byte[] taken) {
        int header = 5;
        int overhead = 1 + 16; // what kind of record it is, and the tag
        ByteBuffer records = ByteBuffer.wrap(taken);
        int plain = 0;
        while (records.remaining() >= header) {
            int length = Short.toUnsignedInt(records.getShort(records.position() + 3));
            if (records.remaining() < header + length) {
                return plain;
            }
            records.position(records.position() + header + length);
            plain += length - overhead;
        }
        return plain;
    }

    @Test
    void b4_abortInTheFirstCallbackSendsNothingMore() throws Exception {
        protocol.on("made", connection -> {
            connection.write(bytes("never"));
            connection.abort();
        });
        TlsHarness harness = TlsHarness.begun(TLS_1_3, protocol);
        harness.carry();
        assertThat(harness.link.calls()).containsExactly("abort");
        harness.link.loseIfReleased();
        assertThat(protocol.events()).containsExactly("made", "lost");
    }
}
