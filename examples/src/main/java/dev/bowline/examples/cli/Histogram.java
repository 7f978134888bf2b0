package dev.bowline.examples.cli;

import java.util.ArrayList;
import java.util.List;

/** Times, counted in ranges that each are longer than the one before by the same factor. */
final class Histogram {
    private static final int RANGES = 10;

    private Histogram() {}

    /** Times from this on, and below where the next range begins; the last one has the longest, too. */
    record Range(long from, long to, int count) {}

    /** From the shortest to the longest, ten ranges, or one if all are the same. */
    static List<Range> of(long[] sorted) {
        double shortest = Math.max(1, sorted[0]);
        long longest = sorted[sorted.length - 1];
        double factor = Math.pow(longest / shortest, 1.0 / RANGES);
        List<Range> ranges = new ArrayList<>();
        long from = sorted[0];
        int counted = 0;
        for (int i = 1; counted < sorted.length; i++) {
            boolean last = i >= RANGES;
            long to = last ? longest : Math.max(from, Math.round(shortest * Math.pow(factor, i)));
            int end = last ? sorted.length : countBelow(sorted, counted, to);
            if (to > from || last) {
                ranges.add(new Range(from, to, end - counted));
                counted = end;
                from = to;
            }
        }
        return ranges;
    }

    private static int countBelow(long[] sorted, int from, long bound) {
        int count = from;
        while (count < sorted.length && sorted[count] < bound) {
            count++;
        }
        return count;
    }
}
