package dev.bowline.examples.cli;

import java.io.InputStream;
import java.io.PrintStream;

/** Where a command reads and prints, and what is behind that; the error stream may be used by several threads. */
record Streams(InputStream in, Output out, PrintStream err, Surroundings surroundings) {
    /** How wide the terminal behind the error stream is; 0 if there is none. */
    int columns() {
        return surroundings.errorColumns();
    }
}
