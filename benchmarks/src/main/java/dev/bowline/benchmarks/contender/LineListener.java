package dev.bowline.benchmarks.contender;

import org.jspecify.annotations.Nullable;

/** Hears of what a session receives: lines in one form or the other, or bytes where nobody looks for lines. */
public interface LineListener {
    /**
     * A line arrived, as text.
     *
     * @return what is to be answered at once, if anything
     */
    @Nullable
    String line(String line);

    /** Lines arrived, as bytes that nobody decoded. */
    void lines(long count);
}
