package dev.bowline.integration.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.bowline.integration.server.PythonWithTwisted;
import dev.bowline.integration.server.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same streams in the same chunks through Twisted's {@code LineReceiver} and through a {@code LineProtocol}: rules D1,
 * D2 and D3 by what they were taken from. On both sides a line {@code raw N} turns to N raw bytes and back, {@code pause}
 * pauses until the next chunk, {@code close} closes, and a line that is too long does what it does by default, it closes.
 *
 * <p>Nothing is compared where a rule overrules Twisted: what it passes along with {@code lineLengthExceeded} and what
 * follows if that does not close (D2), and when exactly the verdict falls (D1), which the end of a stream could tell.
 */
class TwistedDifferentialIT {
    private static final int STREAMS = 10_000;
    private static final long SEED = Long.getLong("bowline.seed", 20261123);

    @Test
    void d1_lineReceiverAndLineProtocolReportTheSame(@TempDir Path directory) throws Exception {
        int exceeded = 0;
        int raw = 0;
        try (TwistedLineReceiver twisted = TwistedLineReceiver.start(python(), directory);
                BowlineLineReceiver bowline = new BowlineLineReceiver()) {
            for (int index = 0; index < STREAMS; index++) {
                RandomStream stream = RandomStream.of(new Random(SEED + index));
                List<String> expected = twisted.receive(stream);
                assertThat(bowline.receive(stream))
                        .as("seed %d, stream %d: %s", SEED, index, stream)
                        .isEqualTo(expected);
                exceeded += expected.contains(Events.EXCEEDED) ? 1 : 0;
                raw += expected.stream().anyMatch(event -> event.startsWith("raw bytes ")) ? 1 : 0;
            }
        }
        assertThat(exceeded).as("streams with a line too long").isBetween(STREAMS / 10, STREAMS * 9 / 10);
        assertThat(raw).as("streams with raw bytes").isGreaterThan(STREAMS / 10);
    }

    private static PythonWithTwisted python() throws IOException {
        try {
            return PythonWithTwisted.find();
        } catch (UnavailableException e) {
            return abort("LineReceiver is not here to compare with: " + e.getMessage());
        }
    }
}
