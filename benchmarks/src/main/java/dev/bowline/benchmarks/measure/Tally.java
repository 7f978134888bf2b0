package dev.bowline.benchmarks.measure;

import dev.bowline.benchmarks.contender.LineListener;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** Counts what one session receives. Written by the session's thread, one at a time, at the cost of a plain store; read by any. */
final class Tally implements LineListener {
    private static final VarHandle LINES;
    private static final VarHandle CHARACTERS;

    static {
        try {
            LINES = MethodHandles.lookup().findVarHandle(Tally.class, "lines", long.class);
            CHARACTERS = MethodHandles.lookup().findVarHandle(Tally.class, "characters", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long lines;

    /** So that the text of a line is looked at, and can't be optimised away. */
    private long characters;

    @Override
    public @Nullable String line(String line) {
        CHARACTERS.setOpaque(this, characters + line.length());
        LINES.setOpaque(this, lines + 1);
        return null;
    }

    @Override
    public void lines(long count) {
        LINES.setOpaque(this, lines + count);
    }

    long count() {
        return (long) LINES.getOpaque(this);
    }
}
