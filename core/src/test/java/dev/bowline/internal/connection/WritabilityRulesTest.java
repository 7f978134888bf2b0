package dev.bowline.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.OutputFullException;
import dev.bowline.testing.RecordingProtocol;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Rule B6: whether the peer keeps up, and how much may wait at most. */
class WritabilityRulesTest {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    private final RecordingProtocol protocol = new RecordingProtocol();
    private final ConnectionHarness harness = ConnectionHarness.open(protocol);
    private final Connection connection = harness.connection;

    private void write(int bytes) {
        assertThat(connection.write(ByteBuffer.allocate(bytes))).isTrue();
        harness.link.runTasks();
    }

    @Test
    void b6_sixtyFourKibibytesAreNotTooMuch() {
        harness.link.takeAtMost(0);
        write(64 * KIB);
        assertThat(connection.isWritable()).isTrue();
        assertThat(protocol.events()).containsExactly("made");
    }

    @Test
    void b6_oneByteMoreIs() {
        harness.link.takeAtMost(0);
        write(64 * KIB + 1);
        assertThat(connection.isWritable()).isFalse();
        assertThat(protocol.events()).containsExactly("made", "writable false");
    }

    @Test
    void b6_eachFlipIsToldOnce() {
        harness.link.takeAtMost(0);
        write(100 * KIB);
        write(100 * KIB);
        harness.link.takeMore(200 * KIB);
        write(10);
        harness.link.takeAtMost(0);
        write(65 * KIB);
        harness.link.takeMore(MIB);
        assertThat(connection.isWritable()).isTrue();
        assertThat(protocol.events())
                .containsExactly("made", "writable false", "writable true", "writable false", "writable true");
    }

    @Test
    void b6_itStaysUnwritableUntilLessThanThirtyTwoKibibytesWait() {
        harness.link.takeAtMost(0);
        write(4 * KIB);
        write(64 * KIB);
        write(32 * KIB);
        // Batches of 4, 64 and 32 KiB: the last one is with the link when the first two are taken.
        harness.link.takeMore(68 * KIB);
        assertThat(connection.isWritable()).isFalse();
        harness.link.takeMore(32 * KIB);
        assertThat(protocol.events()).containsExactly("made", "writable false", "writable true");
    }

    @Test
    void b6_isWritableIsFalseAtOnceInsideTheCallbackThatWrites() {
        RecordingProtocol writer = new RecordingProtocol();
        writer.on("made", made -> {
            made.write(ByteBuffer.allocate(65 * KIB));
            writer.events().add("then " + made.isWritable());
        });
        ConnectionHarness.open(writer);
        assertThat(writer.events()).containsExactly("made", "then false", "writable false", "writable true");
    }

    @Test
    void b6_sixteenMebibytesMayWait() {
        harness.link.takeAtMost(0);
        write(16 * MIB);
        assertThat(protocol.events()).containsExactly("made", "writable false");
    }

    @Test
    void b6_beyondWriteThrowsAndTakesNothing() {
        harness.link.takeAtMost(0);
        write(16 * MIB - 10);
        ByteBuffer tooMuch = ByteBuffer.allocate(11);
        assertThatThrownBy(() -> connection.write(tooMuch))
                .isInstanceOf(OutputFullException.class)
                .hasMessage(
                        "the connection has 16777206 bytes of output waiting, and 11 more would exceed its 16777216:"
                                + " write while isWritable() is true");
        assertThat(tooMuch.position()).isZero();
        write(10);
        harness.link.takeMore(Integer.MAX_VALUE);
        assertThat(harness.link.taken()).hasSize(16 * MIB);
    }

    @Test
    void b6_whatIsTakenMakesRoom() {
        harness.link.takeAtMost(0);
        write(16 * MIB);
        harness.link.takeMore(Integer.MAX_VALUE);
        write(16 * MIB);
        assertThat(harness.link.taken()).hasSize(32 * MIB);
    }

    @Test
    void b6_nothingIsToldOnceTheConnectionCloses() {
        harness.link.takeAtMost(0);
        write(100 * KIB);
        harness.close();
        harness.link.takeMore(MIB);
        assertThat(connection.isWritable()).isFalse();
        assertThat(protocol.events()).containsExactly("made", "writable false");
    }

    @Test
    void b6_whoWritesAtEachChangeDoesNotKeepTheThread() {
        protocol.on("writable true", made -> {
            if (protocol.events().size() < 1_000) {
                made.write(ByteBuffer.allocate(65 * KIB));
            }
        });
        connection.write(ByteBuffer.allocate(65 * KIB));
        int rounds = harness.link.runTasks();
        assertThat(protocol.events()).hasSizeGreaterThanOrEqualTo(1_000);
        assertThat(rounds).isGreaterThan(900);
    }

    @Test
    void a5_anExceptionInWritabilityChangedAbortsTheConnection() {
        RuntimeException thrown = new IllegalStateException("thrown by the test");
        protocol.on("writable false", made -> {
            throw thrown;
        });
        harness.link.takeAtMost(0);
        write(65 * KIB);
        harness.link.loseIfReleased();
        assertThat(protocol.reason()).isEqualTo(new LossReason.ProtocolFailure(thrown));
    }
}
