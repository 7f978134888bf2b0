package dev.bowline.internal.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.LossReason;
import dev.bowline.TlsException;
import dev.bowline.TlsException.Problem;
import dev.bowline.internal.CallbackThread;
import dev.bowline.line.LineProtocol;
import dev.bowline.testing.FakeLink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules G1 and G4 for a connection that begins in the clear. */
class StartTlsRulesTest {
    /** Begins TLS when the peer says go, between two lines of its own. */
    private static final class Polite extends LineProtocol {
        private final List<String> events = new ArrayList<>();
        private @Nullable CompletableFuture<Void> secured;
        private boolean completedAsCallback;

        @Override
        protected void lineReceived(String line) {
            events.add(line);
            if (line.equals("go")) {
                sendLine("in the clear");
                begin();
                sendLine("protected");
            }
        }

        void begin() {
            secured = startTls(TestTls.options());
            var unused = secured.thenRun(() -> completedAsCallback = CallbackThread.isCurrent());
        }

        CompletableFuture<Void> secured() {
            if (secured == null) {
                throw new AssertionError("startTls was not called");
            }
            return secured;
        }

        void pause() {
            connection().pauseReading();
        }

        @Override
        public void connectionLost(LossReason reason) {
            events.add("lost: " + reason.describe());
        }
    }

    private final Polite protocol = new Polite();

    /** What the client says next is not for the peer yet: it is in the clear. */
    private static String clear(TlsHarness harness) throws Exception {
        byte[] said = harness.takeFromLink();
        String text = new String(said, ISO_8859_1);
        int end = text.lastIndexOf("clear\r\n") + "clear\r\n".length();
        harness.peer.hear(Arrays.copyOfRange(said, end, said.length));
        return text.substring(0, end);
    }

    /** A connection that has begun its handshake. */
    private TlsHarness shaking() throws Exception {
        TlsHarness harness = TlsHarness.clear(protocol, null);
        harness.link.receive("go\r\n");
        assertThat(clear(harness)).isEqualTo("in the clear\r\n");
        return harness;
    }

    private TlsHarness secured() throws Exception {
        TlsHarness harness = shaking();
        harness.link.receive(harness.peer.take());
        harness.carry();
        return harness;
    }

    @Test
    void g1_whatWasWrittenBeforeGoesInTheClearAndWhatIsWrittenLaterProtected() throws Exception {
        TlsHarness harness = secured();
        assertThat(protocol.secured()).isCompleted();
        assertThat(protocol.completedAsCallback).isTrue();
        assertThat(harness.peer.heard()).isEqualTo("protected\r\n");
        harness.peer.say("and back\r\n");
        harness.carry();
        assertThat(protocol.events).containsExactly("go", "and back");
        assertThat(harness.connection.tlsSession()).isPresent();
    }

    @Test
    void g1_theHandshakeBeginsWhenTheLastClearByteIsGone() throws Exception {
        TlsHarness harness = TlsHarness.clear(protocol, null);
        harness.link.takeAtMost(3);
        harness.link.receive("go\r\n");
        assertThat(harness.link.taken()).isEqualTo("in ");
        harness.link.takeMore(Integer.MAX_VALUE);
        assertThat(harness.link.taken()).startsWith("in the clear\r\n").hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100, 100_000})
    void g3_theHandshakeMayComeInChunksOfAnySize(int chunk) throws Exception {
        TlsHarness harness = shaking();
        harness.receive(harness.peer.take(), chunk);
        harness.carry(chunk);
        assertThat(harness.peer.heard()).isEqualTo("protected\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"go\r\nevil\r\n", "go\r\nev", "go\r\n\026\003\003"})
    void g4_bytesBehindTheAnswerEndTheConnection(String chunk) throws Exception {
        TlsHarness harness = TlsHarness.clear(protocol, null);
        harness.link.receive(chunk);
        assertRefused(harness);
        assertThat(harness.link.taken()).doesNotContain("protected").hasSizeLessThan(20);
    }

    @Test
    void g4_bytesThatAPauseHoldsBackEndTheConnection() throws Exception {
        TlsHarness harness = TlsHarness.clear(protocol, null);
        protocol.pause();
        harness.link.receive("evil\r\n");
        protocol.begin();
        harness.link.runTasks();
        assertRefused(harness);
    }

    @Test
    void g4_theBeginningOfALineEndsTheConnection() throws Exception {
        TlsHarness harness = TlsHarness.clear(protocol, null);
        harness.link.receive("ev");
        protocol.begin();
        harness.link.runTasks();
        assertRefused(harness);
    }

    @Test
    void g4_bytesThatComeBeforeTheHandshakeEndTheConnection() throws Exception {
        TlsHarness harness = TlsHarness.clear(protocol, null);
        harness.link.takeAtMost(3);
        harness.link.receive("go\r\n");
        harness.link.receive("evil\r\n");
        assertRefused(harness);
    }

    @Test
    void g4_bytesInTheClearInPlaceOfTheHandshakeEndTheConnection() throws Exception {
        TlsHarness harness = shaking();
        harness.link.receive("evil\r\n");
        assertThat(problemOf(protocol.secured())).isEqualTo(Problem.NOT_TLS);
        harness.link.loseIfReleased();
        assertThat(harness.reports.get(0).reason()).isInstanceOf(LossReason.TlsFailed.class);
    }

    private void assertRefused(TlsHarness harness) {
        assertThat(problemOf(protocol.secured())).isEqualTo(Problem.CLEAR_TEXT_BEFORE_HANDSHAKE);
        harness.link.loseIfReleased();
        assertThat(harness.reports.get(0).reason()).isInstanceOf(LossReason.TlsFailed.class);
        assertThat(protocol.events).doesNotContain("evil");
    }

    private static Problem problemOf(CompletableFuture<Void> failed) {
        return ((TlsException) causeOf(failed)).problem();
    }

    private static Throwable causeOf(CompletableFuture<Void> failed) {
        Throwable[] cause = new Throwable[1];
        assertThat(failed)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .satisfies(thrown -> cause[0] = thrown.getCause());
        return cause[0];
    }

    @Test
    void g1_tlsBeginsOnceAndNotOnAConnectionThatEnds() throws Exception {
        TlsHarness harness = secured();
        protocol.begin();
        harness.link.runTasks();
        assertThat(causeOf(protocol.secured())).hasMessageContaining("begun already");
        harness.connection.close();
        protocol.begin();
        harness.link.runTasks();
        assertThat(causeOf(protocol.secured())).hasMessageContaining("is ending");
        assertThat(harness.link.calls()).containsExactly("fin");
    }

    @Test
    void g1_aLossAmidTheHandshakeFailsTheFuture() throws Exception {
        TlsHarness harness = shaking();
        harness.link.lose(new IOException("Connection reset"));
        assertThat(causeOf(protocol.secured()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Connection reset");
        assertThat(protocol.events).containsExactly("go", "lost: connection failed: Connection reset");
    }

    @Test
    void g3_aHandshakeThatTakesTooLongEndsTheConnection() throws Exception {
        TlsHarness harness = shaking();
        harness.clock.advance(Duration.ofSeconds(10));
        harness.link.runTasks();
        assertThat(problemOf(protocol.secured())).isEqualTo(Problem.HANDSHAKE_TIMED_OUT);
        harness.link.loseIfReleased();
        assertThat(harness.clock.waiting()).isZero();
    }

    @Test
    void c2_aPauseDoesNotKeepTheHandshakeFromItsInput() throws Exception {
        TlsHarness harness = shaking();
        protocol.pause();
        harness.link.runTasks();
        assertThat(harness.link.isReading()).isTrue();
        harness.link.receive(harness.peer.take());
        harness.carry();
        assertThat(protocol.secured()).isCompleted();
        assertThat(harness.link.isReading()).isFalse();
        harness.peer.say("later\r\n");
        harness.carry();
        assertThat(protocol.events).containsExactly("go");
        harness.connection.resumeReading();
        harness.link.runTasks();
        assertThat(protocol.events).containsExactly("go", "later");
    }

    @Test
    void b3_closeAmidTheHandshakeSendsWhatWasWrittenWhenItIsOver() throws Exception {
        TlsHarness harness = shaking();
        harness.connection.close();
        harness.link.runTasks();
        assertThat(harness.link.calls()).isEmpty();
        harness.link.receive(harness.peer.take());
        harness.carry();
        assertThat(harness.peer.heard()).isEqualTo("protected\r\n");
        assertThat(harness.peer.heardTheEnd()).isTrue();
        assertThat(harness.link.calls()).containsExactly("fin");
    }

    @Test
    void b4_abortAmidTheHandshakeEndsItAtOnce() throws Exception {
        TlsHarness harness = shaking();
        harness.connection.abort();
        FakeLink link = harness.link;
        link.runTasks();
        assertThat(link.calls()).containsExactly("abort");
        link.loseIfReleased();
        assertThat(causeOf(protocol.secured())).isInstanceOf(IOException.class);
    }
}
