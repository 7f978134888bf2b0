package dev.bowline.examples.cli;

import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lines that were typed before anybody asked for them, as those of a paste are on a terminal that does not mark pastes. A
 * line that is edited has to be painted, ten milliseconds each time; these are only read. What is not a whole line of
 * printable characters is left to the editor. For the reading thread only.
 */
final class TypedAhead {
    /** How long a character may take that belongs to the same burst. */
    private static final long MILLIS = 1;

    private final LongToIntFunction peek;
    private final Runnable skip;
    private final StringBuilder begun = new StringBuilder();

    /**
     * What is typed ahead on one terminal.
     *
     * @param peek the next character, if it comes within so many milliseconds, else something negative
     * @param skip takes it
     */
    TypedAhead(LongToIntFunction peek, Runnable skip) {
        this.peek = peek;
        this.skip = skip;
    }

    /** A line that is there, without its end; null if there is none, and then the rest is for the editor. */
    @Nullable
    String readLine() {
        for (int next = peek.applyAsInt(MILLIS); isTyped(next); next = peek.applyAsInt(MILLIS)) {
            skip.run();
            if (isEnd(next)) {
                return takeRest();
            }
            begun.append((char) next);
        }
        return null;
    }

    /** What there is of a line, once. */
    String takeRest() {
        String rest = begun.toString();
        begun.setLength(0);
        return rest;
    }

    private static boolean isTyped(int next) {
        return next >= 0 && (isEnd(next) || !Character.isISOControl(next));
    }

    private static boolean isEnd(int next) {
        return next == '\r' || next == '\n';
    }
}
