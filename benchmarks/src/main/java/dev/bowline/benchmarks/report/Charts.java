package dev.bowline.benchmarks.report;

import dev.bowline.benchmarks.measure.Metric;
import dev.bowline.benchmarks.measure.Series;
import dev.bowline.benchmarks.measure.Statistics;
import dev.bowline.benchmarks.measure.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a chart for each workload of a file of results, by the metric that it is about. */
public final class Charts {
    private Charts() {}

    /**
     * Draws them.
     *
     * @param directory where they go, {@code receive-string.svg} and so on; those of another run are replaced
     * @return their files
     */
    public static List<Path> draw(ResultsFile results, Path directory) throws IOException {
        Files.createDirectories(directory);
        List<Path> drawn = new ArrayList<>();
        for (Workload workload : Workload.values()) {
            for (Metric metric : metrics(workload)) {
                Chart chart = chart(results, workload, metric);
                if (!chart.bars().isEmpty()) {
                    Path file = directory.resolve(fileName(workload, metric));
                    Files.writeString(file, chart.toSvg());
                    drawn.add(file);
                }
            }
        }
        return drawn;
    }

    private static List<Metric> metrics(Workload workload) {
        return switch (workload.kind()) {
            case RATE -> List.of(Metric.LINES_PER_SECOND);
            case LATENCY -> List.of(Metric.MEDIAN_MICROS, Metric.P99_MICROS);
            case IDLE -> List.of(Metric.HEAP_BYTES, Metric.RESIDENT_BYTES);
            case RESTART -> List.of(Metric.READY_SECONDS);
        };
    }

    static String fileName(Workload workload, Metric metric) {
        return metrics(workload).size() == 1
                ? workload.id() + ".svg"
                : workload.id() + "-" + metric.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".svg";
    }

    private static Chart chart(ResultsFile results, Workload workload, Metric metric) {
        List<Chart.Bar> bars = results.results().series().stream()
                .filter(one -> one.workload() == workload && !one.of(metric).isEmpty())
                .map(one -> bar(one, metric))
                .toList();
        return new Chart(workload.title(), metric.unit(), bars);
    }

    private static Chart.Bar bar(Series one, Metric metric) {
        List<Double> samples = one.of(metric);
        return new Chart.Bar(
                one.peer().title(),
                Statistics.median(samples),
                Statistics.low(samples),
                Statistics.high(samples),
                one.peer().isBowline());
    }
}
