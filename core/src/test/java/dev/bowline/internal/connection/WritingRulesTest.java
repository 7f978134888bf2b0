package dev.bowline.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.LossReason;
import dev.bowline.LossReport;
import dev.bowline.testing.QueueSource;
import dev.bowline.testing.RecordingProtocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What leaves a connection, and when: rules B1, B2, B8, and of F1 what a connection has to do for it. */
class WritingRulesTest {
    private final RecordingProtocol protocol = new RecordingProtocol();
    private final QueueSource queue = new QueueSource();

    @Test
    void b1_theBytesAreCopiedBeforeWriteReturns() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        byte[] bytes = {'o', 'l', 'd'};
        ByteBuffer data = ByteBuffer.wrap(bytes);
        assertThat(harness.connection.write(data)).isTrue();
        assertThat(data.hasRemaining()).isFalse();
        bytes[0] = '#';
        harness.link.runTasks();
        assertThat(harness.link.taken()).isEqualTo("old");
    }

    @Test
    void b1_aLargeWriteArrivesWholeAndInOrder() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        String large = "0123456789".repeat(100_000);
        harness.write("head ");
        harness.connection.write(ConnectionHarness.bytes(large));
        harness.connection.write(ConnectionHarness.bytes(" tail"));
        harness.link.runTasks();
        assertThat(harness.link.taken()).isEqualTo("head " + large + " tail");
    }

    @Test
    void b2_onceClosingNothingIsTaken() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.connection.close();
        assertThat(harness.connection.write(ConnectionHarness.bytes("late"))).isFalse();
        harness.link.runTasks();
        assertThat(harness.link.taken()).isEmpty();
    }

    @Test
    void b8_whatACallbackWritesLeavesInOneCallWhenItReturns() {
        List<String> takenInside = new ArrayList<>();
        ConnectionHarness[] harness = new ConnectionHarness[1];
        protocol.on("data go", connection -> {
            connection.write(ConnectionHarness.bytes("a"));
            connection.write(ConnectionHarness.bytes("b"));
            takenInside.add(harness[0].link.taken());
            connection.write(ConnectionHarness.bytes("c"));
        });
        harness[0] = ConnectionHarness.open(protocol);
        harness[0].link.receive("go");
        assertThat(takenInside).containsExactly("");
        assertThat(harness[0].link.writes()).containsExactly(3);
        assertThat(harness[0].link.isIdle()).as("no task was needed for it").isTrue();
    }

    @Test
    void b8_whatGathersWhileABatchIsWrittenGoesInOneCallToo() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.takeAtMost(0);
        harness.write("first");
        for (int i = 0; i < 100; i++) {
            harness.write("x");
        }
        harness.link.takeMore(Integer.MAX_VALUE);
        assertThat(harness.link.writes()).containsExactly(5, 100);
    }

    /** 66 bytes do not divide the first batch: 4 of its 4096 stay free. */
    @Test
    void b8_aBacklogLeavesInBatchesThatGrowThoughNoneIsFullToTheLastByte() throws Exception {
        for (int i = 0; i < 2000; i++) {
            queue.add("x".repeat(66));
        }
        protocol.on("made", connection -> ProtocolSide.of(connection).ready(OutboundSource.ALL));
        ConnectionHarness harness = ConnectionHarness.open(protocol, queue);
        harness.link.runTasks();
        assertThat(harness.link.writes()).containsExactly(62 * 66, 992 * 66, 946 * 66);
    }

    @Test
    void f1_nothingQueuedIsWrittenBeforeReadyAndTheHandshakeGoesFirst() throws Exception {
        queue.add("m1 ");
        ConnectionHarness harness = ConnectionHarness.open(protocol, queue);
        queue.add("m2 ");
        assertThat(harness.link.taken()).isEmpty();
        protocol.on("data welcome", connection -> {
            connection.write(ConnectionHarness.bytes("login "));
            ProtocolSide.of(connection).ready(OutboundSource.ALL);
            connection.write(ConnectionHarness.bytes("select "));
        });
        harness.link.receive("welcome");
        queue.add("m3 ");
        harness.link.runTasks();
        assertThat(harness.link.taken()).isEqualTo("login select m1 m2 m3 ");
        assertThat(harness.link.writes())
                .as("handshake and queue leave together")
                .startsWith(19);
        assertThat(queue.count()).isZero();
    }

    @Test
    void f1_afterCloseNoQueuedMessageIsGivenButTheProtocolsOwnWritesGo() throws Exception {
        protocol.on("made", connection -> ProtocolSide.of(connection).ready(OutboundSource.ALL));
        ConnectionHarness harness = ConnectionHarness.open(protocol, queue);
        harness.link.takeAtMost(0);
        queue.add("in flight ");
        harness.link.runTasks();
        queue.add("waits ");
        harness.write("own");
        harness.close();
        harness.link.takeMore(Integer.MAX_VALUE);
        assertThat(harness.link.taken()).isEqualTo("in flight own");
        assertThat(queue.told()).containsExactly("cut off", "1 through 1");
        harness.link.endInput();
        harness.link.loseIfReleased();
        assertThat(queue.left()).containsExactly("waits ");
        assertThat(harness.reports).containsExactly(new LossReport(new LossReason.ClosedHere(), 1, 0));
    }

    @Test
    void f1_aCloseOnAnotherThreadCutsTheQueueOffAtOnce() throws Exception {
        protocol.on("made", connection -> ProtocolSide.of(connection).ready(OutboundSource.ALL));
        ConnectionHarness harness = ConnectionHarness.open(protocol, queue);
        harness.link.takeAtMost(0);
        queue.add("in flight ");
        harness.link.runTasks();
        queue.add("waits ");
        harness.connection.close(); // its task has not run when the write in flight is done
        harness.link.takeMore(Integer.MAX_VALUE);
        assertThat(harness.link.taken()).isEqualTo("in flight ");
        assertThat(queue.left()).containsExactly("waits ");
    }

    @Test
    void f1_afterThePeersEndNoQueuedMessageIsGiven() throws Exception {
        protocol.keepOpen().on("made", connection -> ProtocolSide.of(connection).ready(OutboundSource.ALL));
        ConnectionHarness harness = ConnectionHarness.open(protocol, queue);
        harness.link.endInput();
        queue.add("waits ");
        harness.connection.ready(OutboundSource.ALL);
        harness.write("own");
        assertThat(harness.link.taken()).isEqualTo("own");
        assertThat(queue.left()).containsExactly("waits ");
    }

    @Test
    void e4_aMessageLargerThanABatchTravelsWhole() throws Exception {
        protocol.on("made", connection -> ProtocolSide.of(connection).ready(OutboundSource.ALL));
        ConnectionHarness harness = ConnectionHarness.open(protocol, queue);
        harness.link.takeAtMost(0);
        queue.add("small");
        harness.link.runTasks();
        String large = "x".repeat(3 * BatchPool.LARGE);
        queue.add("before");
        queue.add(large);
        queue.add("behind");
        harness.link.takeMore(Integer.MAX_VALUE);
        assertThat(harness.link.taken()).isEqualTo("smallbefore" + large + "behind");
        assertThat(harness.link.writes()).containsExactly(5, 6, 3 * BatchPool.LARGE, 6);
    }

    @Test
    void e4_aMessageThatDoesNotFitBehindTheProtocolsBytesIsNotPassedBy() throws Exception {
        protocol.on("made", connection -> ProtocolSide.of(connection).ready(OutboundSource.ALL));
        ConnectionHarness harness = ConnectionHarness.open(protocol, queue);
        harness.link.takeAtMost(0);
        harness.write("own");
        String large = "x".repeat(3 * BatchPool.LARGE);
        queue.add(large);
        // With each batch that leaves a protocol that never pauses has written the next piece: here it has.
        harness.write("more");
        harness.link.takeMore(3);
        harness.link.takeMore(Integer.MAX_VALUE);
        assertThat(harness.link.taken()).isEqualTo("ownmore" + large);
        assertThat(harness.link.writes()).containsExactly(3, 4 + 3 * BatchPool.LARGE);
    }

    @Test
    void f1_ownBytesThatTakeSeveralBatchesGoBeforeTheQueue() throws Exception {
        protocol.on("made", connection -> ProtocolSide.of(connection).ready(OutboundSource.ALL));
        ConnectionHarness harness = ConnectionHarness.open(protocol, queue);
        harness.link.takeAtMost(0);
        harness.write("first");
        String large = "x".repeat(BatchPool.LARGE);
        String whole = "o".repeat(3 * BatchPool.LARGE);
        queue.add(large);
        harness.write(whole);
        harness.link.takeMore(Integer.MAX_VALUE);
        assertThat(harness.link.taken()).isEqualTo("first" + whole + large);
    }

    @Test
    void e5_whatALossCutsOffMidMessageComesBackWhole() throws Exception {
        queue.add("one ");
        queue.add("two ");
        queue.add("three ");
        ConnectionHarness cut = ConnectionHarness.open(protocol, queue);
        cut.link.takeAtMost(6);
        cut.connection.ready(OutboundSource.ALL);
        cut.link.runTasks();
        cut.link.lose(new IOException("reset"));
        assertThat(cut.link.taken()).isEqualTo("one tw");
        assertThat(queue.told()).containsExactly("cut off", "1 through 1");
        assertThat(queue.left()).containsExactly("two ", "three ");
        assertThat(cut.reports.get(0).handedOver()).isEqualTo(1);
    }

    @Test
    void e5_aMessageWhoseLastByteWasTakenIsHandedOver() throws Exception {
        queue.add("one ");
        queue.add("two ");
        ConnectionHarness harness = ConnectionHarness.open(protocol, queue);
        harness.link.takeAtMost(4);
        harness.connection.ready(OutboundSource.ALL);
        harness.link.runTasks();
        harness.link.lose(new IOException("reset"));
        assertThat(queue.left()).containsExactly("two ");
    }

    @Test
    void b8_afterEightBatchesInARowOthersGetTheThread() throws Exception {
        for (int i = 0; i < 12; i++) {
            queue.add("x".repeat(BatchPool.LARGE));
        }
        ConnectionHarness harness = ConnectionHarness.open(protocol, queue);
        harness.connection.ready(OutboundSource.ALL);
        harness.link.runTasks();
        assertThat(harness.link.taken()).hasSize(12 * BatchPool.LARGE);
        assertThat(queue.count()).isZero();
    }
}
