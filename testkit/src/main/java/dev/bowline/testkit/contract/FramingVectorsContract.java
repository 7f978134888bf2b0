package dev.bowline.testkit.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.LossReason;
import dev.bowline.testkit.contract.framing.Expectation;
import dev.bowline.testkit.contract.framing.FramingVector;
import dev.bowline.testkit.contract.framing.FramingVectors;
import dev.bowline.testkit.contract.framing.VectorPlayer;
import dev.bowline.testkit.contract.support.LogCapture;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Twisted made of 120 streams, through sockets and however they were cut: delimited lines (D1 to D4), netstrings and
 * length prefixes (D7). A row's title names the rule where one overrules Twisted, and says why where a row holds for one
 * chunk only: a write of a few bytes is one. A row whose protocol feeds itself is nothing that a network can do, and left
 * to the tests in memory.
 */
public abstract class FramingVectorsContract extends TransportContract {
    /** For a transport's own class. */
    protected FramingVectorsContract() {}

    /** {@return in how many ways a stream is cut at random; each is a connection} */
    protected int randomCuts() {
        return 20;
    }

    private static Stream<Named<FramingVector>> rows(boolean lines) {
        return FramingVectors.all().stream()
                .filter(vector -> !vector.feedsItself() && vector.receivesLines() == lines)
                .map(vector -> Named.of(Expectation.title(vector), vector));
    }

    static Stream<Named<FramingVector>> lines() {
        return rows(true);
    }

    static Stream<Named<FramingVector>> counted() {
        return rows(false);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void d1_linesAreWhatTwistedMakesOfThemHoweverTheyWereCut(FramingVector vector) throws Exception {
        assertPlaysHoweverCut(vector);
    }

    @ParameterizedTest
    @MethodSource("counted")
    void d7_framesBehindTheirLengthAreWhatTwistedMakesOfThemHoweverTheyWereCut(FramingVector vector) throws Exception {
        assertPlaysHoweverCut(vector);
    }

    private void assertPlaysHoweverCut(FramingVector vector) throws Exception {
        keep(new LogCapture());
        PeerServer server = server();
        assertPlays(server, vector, vector.steps(), "as it is");
        if (Expectation.holdsForEveryCut(vector)) {
            assertPlays(server, vector, vector.byteByByte(), "byte by byte");
            for (int seed = 0; seed < randomCuts(); seed++) {
                assertPlays(server, vector, vector.cutAtRandom(new Random(seed)), "cut with seed " + seed);
            }
        }
    }

    private void assertPlays(PeerServer server, FramingVector vector, List<FramingVector.Step> steps, String how)
            throws Exception {
        VectorPlayer player = new VectorPlayer(vector);
        connect(server.endpoint(), new RecordingFactory(() -> player));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        boolean wasReset;
        try (Peer peer = server.accept()) {
            boolean whileSending = isResetIn(() -> play(steps, player, peer));
            boolean whileReading = isResetIn(() -> peer.input().transferTo(written));
            wasReset = whileSending || whileReading;
        }
        LossReason reason = player.awaitLost();

        Expectation expected = Expectation.of(vector);
        assertThat(player.events()).as(how).isEqualTo(expected.events());
        assertThat(written.toString(ISO_8859_1)).as(how + ": on the wire").isEqualTo(expected.written());
        assertThat(reason instanceof LossReason.ClosedByPeer)
                .as(how + ": ended with " + reason)
                .isEqualTo(!expected.isEndedHere());
        if (wasReset) {
            assertThat(reason).as(how + ": reset").isInstanceOf(LossReason.ProtocolFailure.class);
        }
    }

    private static void play(List<FramingVector.Step> steps, VectorPlayer player, Peer peer) throws Exception {
        int sent = 0;
        for (FramingVector.Step step : steps) {
            if (step instanceof FramingVector.Bytes arriving) {
                peer.send(arriving.bytes().getBytes(ISO_8859_1));
                sent += arriving.bytes().length();
            } else if (step instanceof FramingVector.Call call) {
                player.awaitTaken(sent);
                Waiting.await(player.perform(call));
            }
        }
        peer.shutdownOutput();
    }

    /** What is malformed, and an exception of the protocol's, abort the connection (rule A5): then the peer fails, too. */
    private static boolean isResetIn(Exchange exchange) throws Exception {
        try {
            exchange.run();
            return false;
        } catch (IOException | UncheckedIOException reset) {
            return true;
        }
    }

    @FunctionalInterface
    private interface Exchange {
        void run() throws Exception;
    }
}
