package dev.bowline.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.benchmarks.contender.Peer;
import dev.bowline.benchmarks.measure.Metric;
import dev.bowline.benchmarks.measure.Results;
import dev.bowline.benchmarks.measure.Series;
import dev.bowline.benchmarks.measure.Workload;
import dev.bowline.benchmarks.report.Target.Quantity;
import dev.bowline.benchmarks.report.Target.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTest {
    private static final Quantity OURS =
            new Quantity(Peer.BOWLINE_NIO, Workload.RECEIVE_STRING, Metric.LINES_PER_SECOND);
    private static final Quantity THEIRS = new Quantity(Peer.NETTY, Workload.RECEIVE_STRING, Metric.LINES_PER_SECOND);

    private static Series series(Quantity quantity, Double... samples) {
        return new Series(quantity.peer(), quantity.workload(), Map.of(quantity.metric(), List.of(samples)), null);
    }

    private static Results results(Series... series) {
        return new Results(List.of(series));
    }

    @Test
    void aFactorHoldsByTheMedianOfItsRounds() {
        Target twice = new Target("twice", OURS, THEIRS, true, 2.0);
        Results good = results(series(OURS, 20.0, 1.0, 30.0), series(THEIRS, 10.0, 10.0, 10.0));
        Results bad = results(series(OURS, 19.0, 19.0, 90.0), series(THEIRS, 10.0, 10.0, 10.0));
        assertThat(twice.verdict(good)).isEqualTo(Verdict.HOLDS);
        assertThat(twice.verdict(bad)).isEqualTo(Verdict.MISSED);
    }

    @Test
    void aLimitHoldsUpToItsBound() {
        Target limit = new Target("limit", OURS, null, false, 1.25);
        assertThat(limit.verdict(results(series(OURS, 1.25)))).isEqualTo(Verdict.HOLDS);
        assertThat(limit.verdict(results(series(OURS, 1.26)))).isEqualTo(Verdict.MISSED);
    }

    @Test
    void withoutSamplesOfBothThereIsNoVerdict() {
        Target twice = new Target("twice", OURS, THEIRS, true, 2.0);
        assertThat(twice.verdict(results(series(OURS, 20.0)))).isEqualTo(Verdict.NOT_MEASURED);
        assertThat(twice.verdict(results())).isEqualTo(Verdict.NOT_MEASURED);
    }

    @Test
    void everyTargetIsAboutBowline() {
        assertThat(Targets.all())
                .isNotEmpty()
                .allMatch(target -> target.of().peer().isBowline());
    }
}
