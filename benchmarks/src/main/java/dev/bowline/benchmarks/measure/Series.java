package dev.bowline.benchmarks.measure;

import dev.bowline.benchmarks.contender.Peer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All samples of one contender under one workload.
 *
 * @param samples one for each round, in the order of rounds
 * @param failure why there are fewer than rounds, if so
 */
public record Series(
        Peer peer,
        Workload workload,
        Map<Metric, List<Double>> samples,
        @Nullable String failure) {
    /** Those of a metric; none if it was not measured. */
    public List<Double> of(Metric metric) {
        return samples.getOrDefault(metric, List.of());
    }
}
