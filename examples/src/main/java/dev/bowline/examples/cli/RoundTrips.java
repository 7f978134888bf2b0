package dev.bowline.examples.cli;

import java.util.Arrays;

/** How long round trips took, each of them kept: percentiles are exact. For one thread at a time. */
final class RoundTrips {
    private long[] nanos = new long[1024];
    private int count;
    private long sum;
    private long max;

    void add(long trip) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = trip;
        sum += trip;
        max = Math.max(max, trip);
    }

    int count() {
        return count;
    }

    long mean() {
        return count == 0 ? 0 : sum / count;
    }

    long max() {
        return max;
    }

    /** All of them, the shortest first. */
    long[] sorted() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** The shortest time within which so many of a hundred trips were over: the nearest rank, a time that was measured. */
    static long percentile(long[] sorted, int percent) {
        long rank = (percent * (long) sorted.length + 99) / 100;
        return sorted[(int) Math.max(1, rank) - 1];
    }
}
