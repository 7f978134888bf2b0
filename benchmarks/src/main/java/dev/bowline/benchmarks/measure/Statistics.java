package dev.bowline.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;

/** Of samples: their middle, their ends, and how those of two contenders compare round by round. */
public final class Statistics {
    private Statistics() {}

    /** The one in the middle, or what lies between the two there; not a number if there is none. */
    public static double median(List<Double> samples) {
        if (samples.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = samples.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The least. */
    public static double low(List<Double> samples) {
        return samples.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    /** The greatest. */
    public static double high(List<Double> samples) {
        return samples.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    /**
     * How many times the second's the first's is, in each round that both have: what the machine did to a round, it did to
     * both.
     */
    public static List<Double> ratios(List<Double> of, List<Double> to) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(of.size(), to.size()); round++) {
            ratios.add(of.get(round) / to.get(round));
        }
        return ratios;
    }
}
