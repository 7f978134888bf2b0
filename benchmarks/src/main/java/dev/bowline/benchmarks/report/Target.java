package dev.bowline.benchmarks.report;

import dev.bowline.benchmarks.contender.Peer;
import dev.bowline.benchmarks.measure.Metric;
import dev.bowline.benchmarks.measure.Results;
import dev.bowline.benchmarks.measure.Statistics;
import dev.bowline.benchmarks.measure.Workload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Bowline wants to reach.
 *
 * @param title what of it, in a few words
 * @param of what is looked at
 * @param to what it is compared with; else it stands for itself
 * @param atLeast whether the bound is the least, else the most
 */
public record Target(String title, Quantity of, @Nullable Quantity to, boolean atLeast, double bound) {
    /** Something that was measured. */
    public record Quantity(Peer peer, Workload workload, Metric metric) {
        List<Double> in(Results results) {
            return results.of(peer, workload, metric);
        }
    }

    /** How a target stands. */
    public enum Verdict {
        HOLDS,
        MISSED,
        NOT_MEASURED
    }

    /** Whether anybody was measured at what it is about: a run may be of some workloads only. */
    public boolean isAbout(Results results) {
        return results.series().stream().anyMatch(one -> one.workload() == of.workload());
    }

    /** Its value in each round. */
    public List<Double> values(Results results) {
        return to == null ? of.in(results) : Statistics.ratios(of.in(results), to.in(results));
    }

    /** By the median over the rounds. */
    public Verdict verdict(Results results) {
        double value = Statistics.median(values(results));
        if (Double.isNaN(value)) {
            return Verdict.NOT_MEASURED;
        }
        return (atLeast ? value >= bound : value <= bound) ? Verdict.HOLDS : Verdict.MISSED;
    }
}
