package dev.bowline.examples.cli;

import dev.bowline.line.LineFormat;

/** What {@code --delimiter} can be. */
enum LineEnd {
    CRLF,
    LF,
    NUL,
    LENIENT;

    LineFormat format() {
        return switch (this) {
            case CRLF -> LineFormat.crlf();
            case LF -> LineFormat.lf();
            case NUL -> LineFormat.nul();
            case LENIENT -> LineFormat.lenient();
        };
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return Words.word(this);
    }

    /** Reads what {@link #toString} writes. */
    static final class Converter extends Words<LineEnd> {
        Converter() {
            super(LineEnd.class);
        }
    }
}
