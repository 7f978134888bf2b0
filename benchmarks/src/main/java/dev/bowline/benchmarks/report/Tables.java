package dev.bowline.benchmarks.report;

import dev.bowline.benchmarks.contender.Peer;
import dev.bowline.benchmarks.measure.Metric;
import dev.bowline.benchmarks.measure.Results;
import dev.bowline.benchmarks.measure.Series;
import dev.bowline.benchmarks.measure.Statistics;
import dev.bowline.benchmarks.measure.Workload;
import java.io.PrintStream;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** The results and how the targets stand, for a terminal. */
public final class Tables {
    private static final double MILLION = 1e6;

    private final Formatter out;

    public Tables(PrintStream out) {
        this.out = new Formatter(out, Locale.ROOT);
    }

    /** A table for each workload and what was measured there. */
    public void results(Results results) {
        for (Workload workload : Workload.values()) {
            List<Series> contest = results.series().stream()
                    .filter(one -> one.workload() == workload)
                    .toList();
            for (Metric metric : Metric.values()) {
                if (contest.stream().anyMatch(one -> !one.of(metric).isEmpty())) {
                    table(workload, metric, contest, results);
                }
            }
            contest.stream()
                    .filter(one -> one.failure() != null)
                    .forEach(one -> out.format("  %s: %s%n", one.peer().title(), String.valueOf(one.failure())));
        }
    }

    private void table(Workload workload, Metric metric, List<Series> contest, Results results) {
        out.format("%n%-42s %12s   %-23s %s%n", workload.title(), metric.unit(), "least … most", "÷ Netty");
        List<Double> netty = results.of(Peer.NETTY, workload, metric);
        for (Series one : contest) {
            List<Double> samples = one.of(metric);
            if (samples.isEmpty()) {
                continue;
            }
            String spread = number(metric, Statistics.low(samples)) + " … " + number(metric, Statistics.high(samples));
            double ratio = Statistics.median(Statistics.ratios(samples, netty));
            out.format(
                    "  %-40s %12s   %-23s %s%n",
                    one.peer().title(),
                    number(metric, Statistics.median(samples)),
                    spread,
                    Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%.2f", ratio));
        }
    }

    /** Millions where there are millions. */
    static String number(Metric metric, double value) {
        if (metric == Metric.LINES_PER_SECOND) {
            return String.format(Locale.ROOT, value < MILLION / 10 ? "%.4f M" : "%.2f M", value / MILLION);
        }
        return String.format(Locale.ROOT, metric == Metric.HEAP_BYTES ? "%,.0f" : "%,.2f", value);
    }

    /** A line for each target that the results are about. */
    public void targets(Results results, List<Target> all) {
        List<Target> targets =
                all.stream().filter(target -> target.isAbout(results)).toList();
        out.format("%n%-86s %9s  %s%n", "target", "measured", "wanted");
        for (Target target : targets) {
            double value = Statistics.median(target.values(results));
            out.format(
                    "%-86s %9s  %s %-8s %s%n",
                    target.title(),
                    Double.isNaN(value) ? "-" : plain(value),
                    target.atLeast() ? "≥" : "≤",
                    plain(target.bound()),
                    switch (target.verdict(results)) {
                        case HOLDS -> "holds";
                        case MISSED -> "MISSED";
                        case NOT_MEASURED -> "not measured";
                    });
        }
        long missed = targets.stream()
                .filter(target -> target.verdict(results) == Target.Verdict.MISSED)
                .count();
        long held = targets.stream()
                .filter(target -> target.verdict(results) == Target.Verdict.HOLDS)
                .count();
        out.format(
                "%n%d targets hold, %d are missed, %d were not measured%n",
                held, missed, targets.size() - held - missed);
    }

    private static String plain(double value) {
        return String.format(Locale.ROOT, value < 1000 ? "%.2f" : "%,.0f", value);
    }
}
