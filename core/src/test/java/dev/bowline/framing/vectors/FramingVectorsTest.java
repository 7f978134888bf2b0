package dev.bowline.framing.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.LossReason;
import dev.bowline.testing.FramedHarness;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What Twisted's receivers did with 120 streams, and what Bowline does: the same in one chunk, byte by byte and at every
 * split, except where a rule says otherwise (rules D1 to D4 and D7). What Twisted still holds afterwards is not compared.
 */
class FramingVectorsTest {
    private final List<FramingVector> vectors = FramingVectors.all();

    @TestFactory
    Stream<DynamicTest> d1_everyRowAtEverySplit() {
        return vectors.stream().map(vector -> {
            Expectation expected = Expectation.of(vector);
            String name = vector.id() + " " + (expected.rule().isEmpty() ? vector.source() : expected.rule());
            return DynamicTest.dynamicTest(name, () -> {
                assertPlays(vector, vector.steps(), "as it is");
                if (Expectation.holdsForEveryCut(vector)) {
                    assertPlays(vector, vector.whole(), "in one chunk");
                    assertPlays(vector, vector.byteByByte(), "byte by byte");
                    vector.cuts().forEach(cut -> assertPlays(vector, vector.cutAt(cut), "cut at " + cut));
                }
            });
        });
    }

    private static void assertPlays(FramingVector vector, List<FramingVector.Step> steps, String how) {
        VectorProtocol protocol = new VectorProtocol(vector);
        FramedHarness harness = FramedHarness.open(protocol);
        for (FramingVector.Step step : steps) {
            if (step instanceof FramingVector.Bytes arriving) {
                harness.receive(arriving.bytes());
            } else if (step instanceof FramingVector.Call call) {
                harness.run(() -> perform(protocol, call));
            }
        }
        harness.endInput();
        LossReason reason = harness.reason();

        List<String> expected = Expectation.of(vector).events();
        assertThat(protocol.events()).as(how).isEqualTo(expected);
        assertThat(harness.link().taken()).as(how + ": on the wire").isEqualTo(written(expected));
        assertThat(reason instanceof LossReason.ClosedByPeer)
                .as(how + ": ended with " + reason)
                .isEqualTo(!isEndedHere(expected));
    }

    private static void perform(VectorProtocol protocol, FramingVector.Call call) {
        try {
            protocol.perform(call);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String written(List<String> events) {
        return events.stream()
                .filter(event -> event.startsWith("write "))
                .map(event -> event.substring("write ".length()))
                .collect(Collectors.joining());
    }

    private static boolean isEndedHere(List<String> events) {
        return events.stream().anyMatch(List.of("loseConnection", "transport.stop", "raised")::contains);
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
