package dev.bowline.benchmarks.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.benchmarks.contender.Peer;
import dev.bowline.benchmarks.measure.Metric;
import dev.bowline.benchmarks.measure.Results;
import dev.bowline.benchmarks.measure.Series;
import dev.bowline.benchmarks.measure.Workload;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static final Results RESULTS = new Results(List.of(
            new Series(Peer.NETTY, Workload.SEND_1, Map.of(Metric.LINES_PER_SECOND, List.of(2e6, 1e6, 3e6)), null),
            new Series(
                    Peer.BOWLINE_NIO,
                    Workload.SEND_1,
                    Map.of(Metric.LINES_PER_SECOND, List.of(1.2e7, 6e6, 1.2e7)),
                    null),
            new Series(Peer.MINA, Workload.SEND_1, Map.of(), "it broke")));

    private static String printed(java.util.function.Consumer<Tables> what) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        what.accept(new Tables(new PrintStream(bytes, true, UTF_8)));
        return bytes.toString(UTF_8);
    }

    @Test
    void aTableShowsMedianSpreadAndRatio() {
        assertThat(printed(tables -> tables.results(RESULTS)))
                .contains("2.00 M   1.00 M … 3.00 M")
                .contains("12.00 M   6.00 M … 12.00 M        6.00")
                .contains("Apache MINA: it broke");
    }

    @Test
    void aTargetIsSaidToHoldOrNot() {
        String text = printed(tables -> tables.targets(RESULTS, Targets.all()));
        assertThat(text.lines().filter(line -> line.contains("NIO, send from one thread ÷ Netty")))
                .singleElement()
                .asString()
                .contains("6.00", "≥ 5.00", "holds");
        assertThat(text).contains("1 targets hold, 0 are missed").doesNotContain("idle connections");
    }
}
