package dev.bowline.benchmarks.measure;

import dev.bowline.benchmarks.contender.LineListener;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** Answers each line with the next one, and records how long it was under way. */
final class PingPong implements LineListener {
    private static final int DIGITS = 3;

    private final Recorder recorder = new Recorder(DIGITS);
    private final String[] lines;
    private int next;
    private long sent;

    PingPong(String[] lines) {
        this.lines = lines;
    }

    /** The one that begins it. */
    String first() {
        sent = System.nanoTime();
        return lines[0];
    }

    @Override
    public @Nullable String line(String line) {
        long now = System.nanoTime();
        recorder.recordValue(now - sent);
        next = next + 1 == lines.length ? 0 : next + 1;
        sent = now;
        return lines[next];
    }

    @Override
    public void lines(long count) {
        throw new IllegalStateException("lines are wanted as text");
    }

    /** What was recorded since this was called last, in nanoseconds. From any thread. */
    Histogram recorded() {
        return recorder.getIntervalHistogram();
    }
}
