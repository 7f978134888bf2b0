package dev.bowline.benchmarks.measure;

/** What a sample says; the names are those in the file of results. */
public enum Metric {
    LINES_PER_SECOND("lines/s", true),
    ALLOCATED_PER_LINE("bytes allocated/line", false),
    /** Of the contender's process, the system's work for it included; little disturbed by what else the machine does. */
    CPU_NANOS_PER_LINE("CPU ns/line", false),
    MEDIAN_MICROS("p50 µs", false),
    P99_MICROS("p99 µs", false),
    HEAP_BYTES("heap bytes/connection", false),
    RESIDENT_BYTES("resident bytes/connection", false),
    READY_SECONDS("seconds until all are ready", false);

    private final String unit;
    private final boolean moreIsBetter;

    Metric(String unit, boolean moreIsBetter) {
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
    }

    /** For people. */
    public String unit() {
        return unit;
    }

    /** Else less is. */
    public boolean moreIsBetter() {
        return moreIsBetter;
    }
}
