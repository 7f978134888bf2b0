package dev.bowline.benchmarks.measure;

import dev.bowline.benchmarks.contender.Peer;
import java.util.List;

/** What came out of a run. */
public record Results(List<Series> series) {
    /** The samples of a contender under a workload; none if they were not taken. */
    public List<Double> of(Peer peer, Workload workload, Metric metric) {
        return series.stream()
                .filter(one -> one.peer() == peer && one.workload() == workload)
                .findFirst()
                .map(one -> one.of(metric))
                .orElse(List.of());
    }
}
