package dev.bowline.examples.cli;

import java.io.PrintStream;

/** Standard error: sentences, each on a line of its own, and below them, on a terminal, one line that is painted over. */
final class Screen {
    /** Back to the first column, and erase to the right of it. */
    private static final String ERASE = "\r\033[K";

    private final PrintStream err;
    private final int columns;

    /** The line before the cursor, if it is a painted one. Guarded by this. */
    private String painted = "";

    /** @param columns how wide the terminal is; 0 if there is none */
    Screen(PrintStream err, int columns) {
        this.err = err;
        this.columns = columns;
    }

    boolean isTerminal() {
        return columns > 0;
    }

    int columns() {
        return columns;
    }

    /** Says what went wrong. From any thread. */
    synchronized void complain(String sentence) {
        erase();
        Complaints.complain(err, sentence);
    }

    /** Replaces the painted line; for terminals only. */
    synchronized void paint(String line) {
        if (!line.equals(painted)) {
            err.print(ERASE + line);
            painted = line;
        }
    }

    synchronized void erase() {
        if (!painted.isEmpty()) {
            err.print(ERASE);
            painted = "";
        }
    }
}
