package dev.bowline.testkit.contract.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ConnectOptions;
import dev.bowline.LossReason;
import dev.bowline.testkit.MemoryPeer;
import dev.bowline.testkit.MemoryServer;
import dev.bowline.testkit.MemoryTransport;
import dev.bowline.testkit.contract.support.RecordingFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What Twisted's receivers did with 120 streams, and what Bowline does: the same in one chunk, byte by byte and at every
 * split, except where a rule says otherwise (rules D1 to D4 and D7). What Twisted still holds afterwards is not compared.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FramingVectorsTest {
    private final List<FramingVector> vectors = FramingVectors.all();
    private final MemoryTransport memory = MemoryTransport.open();
    private final MemoryServer server = memory.listen("twisted.example:8001");

    @AfterAll
    void close() {
        memory.close();
    }

    @TestFactory
    Stream<DynamicTest> d1_everyRowAtEverySplit() {
        return vectors.stream()
                .map(vector -> DynamicTest.dynamicTest(Expectation.title(vector), () -> {
                    assertPlays(vector, vector.steps(), "as it is");
                    if (Expectation.holdsForEveryCut(vector)) {
                        assertPlays(vector, vector.whole(), "in one chunk");
                        assertPlays(vector, vector.byteByByte(), "byte by byte");
                        for (int cut : vector.cuts().toArray()) {
                            assertPlays(vector, vector.cutAt(cut), "cut at " + cut);
                        }
                    }
                }));
    }

    private void assertPlays(FramingVector vector, List<FramingVector.Step> steps, String how) throws Exception {
        VectorPlayer player = new VectorPlayer(vector);
        memory.transport().connect(server.endpoint(), new RecordingFactory(() -> player), ConnectOptions.DEFAULT);
        memory.run();
        MemoryPeer peer = server.accept();
        for (FramingVector.Step step : steps) {
            if (step instanceof FramingVector.Bytes arriving && !peer.wasReset()) {
                peer.send(arriving.bytes().getBytes(ISO_8859_1));
                memory.run();
            } else if (step instanceof FramingVector.Call call) {
                memory.run(player.perform(call));
                memory.run();
            }
        }
        peer.shutdownOutput();
        memory.run();
        byte[] written = peer.read(Integer.MAX_VALUE);
        peer.close();
        memory.run();
        LossReason reason = player.awaitLost();

        Expectation expected = Expectation.of(vector);
        assertThat(player.events()).as(how).isEqualTo(expected.events());
        assertThat(new String(written, ISO_8859_1)).as(how + ": on the wire").isEqualTo(expected.written());
        assertThat(reason instanceof LossReason.ClosedByPeer)
                .as(how + ": ended with " + reason)
                .isEqualTo(!expected.isEndedHere());
    }

    @Test
    void allRowsAreThere() {
        assertThat(vectors).hasSize(120).extracting(FramingVector::id).doesNotHaveDuplicates();
    }

    @Test
    void whereARuleOverrulesTwistedTheOutcomeReallyDiffers() {
        List<FramingVector> overruled = vectors.stream()
                .filter(vector -> Expectation.overruledIds().contains(vector.id()))
                .toList();
        assertThat(overruled)
                .hasSameSizeAs(Expectation.overruledIds())
                .allSatisfy(vector -> assertThat(Expectation.of(vector).events())
                        .as("%s", vector.id())
                        .isNotEqualTo(Expectation.inOurWords(vector.events())));
    }
}
