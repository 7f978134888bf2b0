package dev.bowline.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.LossReason;
import dev.bowline.TlsException.Problem;
import dev.bowline.internal.connection.OutboundSource;
import dev.bowline.internal.connection.ProtocolSide;
import dev.bowline.testing.QueueSource;
import dev.bowline.testing.RecordingProtocol;
import java.io.IOException;
import java.nio.ByteBuffer;
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

    private void greet(String text) {
        protocol.on("made", connection -> connection.write(TlsHarness.bytes(text)));
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
        assertThat(protocol.received()).isEqualTo("onetwothree");
        assertThat(harness.peer.heardTheEnd()).isTrue();
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
        assertThat(protocol.received()).isEqualTo("after 0;after 1;after 2;");
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
        assertThat(protocol.received()).isEmpty();
        assertThat(harness.link.calls()).as("what waits is bounded").containsExactly("pause");
        harness.link.takeMore(Integer.MAX_VALUE);
        harness.carry();
        assertThat(harness.link.isReading()).isTrue();
        assertThat(protocol.received()).isEqualTo("and data" + ".".repeat(100_000));
        assertThat(harness.peer.heard()).isEqualTo("stuck");
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
        assertThat(protocol.received()).isEqualTo("before");
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
        assertThat(protocol.received()).isEqualTo("before");
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
            connection.write(TlsHarness.bytes("never"));
            connection.abort();
        });
        TlsHarness harness = TlsHarness.begun(TLS_1_3, protocol);
        harness.carry();
        assertThat(harness.link.calls()).containsExactly("abort");
        harness.link.loseIfReleased();
        assertThat(protocol.events()).containsExactly("made", "lost");
    }
}
