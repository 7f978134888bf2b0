package dev.bowline.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.Protocol;
import dev.bowline.testing.RecordingProtocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How input reaches the protocol: rules C1 to C3, over a link that a test controls. */
class ReadingRulesTest {
    private final RecordingProtocol protocol = new RecordingProtocol();

    @Test
    void c1_aReadIsPendingUnlessPaused() {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        assertThat(harness.link.isReading()).isTrue();
        harness.connection.pauseReading();
        harness.link.runTasks();
        assertThat(harness.link.isReading()).isFalse();
        harness.connection.resumeReading();
        harness.link.runTasks();
        assertThat(harness.link.isReading()).isTrue();
    }

    @Test
    void c2_whileThePauseLastsWhatArrivesWaitsAndThenComesFirst() {
        protocol.on("data a", Connection::pauseReading);
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.receive("a");
        harness.link.receive("b");
        harness.link.receive("c");
        assertThat(protocol.events()).containsExactly("made", "data a");
        harness.connection.resumeReading();
        harness.link.runTasks();
        harness.link.receive("d");
        assertThat(protocol.events()).containsExactly("made", "data a", "data b", "data c", "data d");
    }

    @Test
    void c2_thePausedPeersEndComesAfterWhatWasHeldBack() {
        protocol.on("made", Connection::pauseReading);
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.receive("a");
        harness.link.endInput();
        assertThat(protocol.events()).containsExactly("made");
        harness.connection.resumeReading();
        harness.link.runTasks();
        assertThat(protocol.events()).containsExactly("made", "data a", "ended");
    }

    @Test
    void c2_whatAPausingCallLeavesOfItsChunkComesFirstAfterResume() {
        List<Character> received = new ArrayList<>();
        Protocol onePerCall = new Protocol() {
            private Connection connection;

            @Override
            public void connectionMade(Connection made) {
                connection = made;
            }

            @Override
            public void dataReceived(ByteBuffer data) {
                received.add((char) data.get());
                connection.pauseReading();
            }

            @Override
            public void connectionLost(LossReason reason) {}
        };
        ConnectionHarness harness = ConnectionHarness.open(onePerCall);
        harness.link.receive("abc");
        harness.link.receive("d");
        for (int resumed = 0; resumed < 3; resumed++) {
            assertThat(received).hasSize(resumed + 1);
            harness.connection.resumeReading();
            harness.link.runTasks();
        }
        assertThat(received).containsExactly('a', 'b', 'c', 'd');
    }

    @Test
    void c2_aPauseOfAnotherThreadThatEndsBehindTheProtocolsBackLosesNothing() {
        List<String> received = new ArrayList<>();
        Protocol byteByByte = new Protocol() {
            private Connection connection;

            @Override
            public void connectionMade(Connection made) {
                connection = made;
            }

            @Override
            public void dataReceived(ByteBuffer data) throws InterruptedException {
                while (data.hasRemaining() && connection.isReading()) {
                    received.add(String.valueOf((char) data.get()));
                    if (received.size() == 1) {
                        elsewhere(connection::pauseReading);
                    }
                }
                if (received.size() == 1) {
                    elsewhere(connection::resumeReading);
                }
            }

            @Override
            public void connectionLost(LossReason reason) {}
        };
        ConnectionHarness harness = ConnectionHarness.open(byteByByte);
        harness.link.receive("abc");
        assertThat(received).containsExactly("a", "b", "c");
    }

    private static void elsewhere(Runnable call) throws InterruptedException {
        Thread other = new Thread(call);
        other.start();
        other.join();
    }

    @Test
    void a3_whatAPauseHeldBackIsDeliveredIfThePauseEndedBeforeTheLoss() {
        protocol.on("made", Connection::pauseReading);
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.receive("held");
        harness.connection.resumeReading(); // from another thread: its task has not run when the loss is reported
        harness.link.lose(new IOException("reset"));
        assertThat(protocol.events()).containsExactly("made", "data held", "lost");
    }

    @Test
    void c2_pauseAndResumeInOneCallbackChangeNothing() {
        protocol.on("data a", connection -> {
            connection.pauseReading();
            connection.resumeReading();
        });
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.receive("a");
        harness.link.receive("b");
        assertThat(protocol.events()).containsExactly("made", "data a", "data b");
        assertThat(harness.link.calls()).isEmpty();
    }

    @Test
    void c3_nothingIsDeliveredAfterCloseNotEvenWhatWasHeld() {
        protocol.on("data a", connection -> {
            connection.pauseReading();
            connection.close();
            connection.resumeReading();
        });
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.receive("a");
        harness.link.receive("b");
        harness.link.endInput();
        harness.link.loseIfReleased();
        assertThat(protocol.events()).containsExactly("made", "data a", "lost");
    }

    @Test
    void c3_closeFromAnotherThreadStopsDeliveryAtOnce() throws InterruptedException {
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        elsewhere(harness.connection::close);
        harness.link.receive("after the close");
        assertThat(protocol.events()).containsExactly("made");
    }

    @Test
    void c3_nothingIsDeliveredAfterAbort() {
        protocol.on("data a", Connection::abort);
        ConnectionHarness harness = ConnectionHarness.open(protocol);
        harness.link.receive("a");
        harness.link.receive("b");
        harness.link.loseIfReleased();
        assertThat(protocol.events()).containsExactly("made", "data a", "lost");
    }
}
