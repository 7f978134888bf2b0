package dev.bowline.examples.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where a command reads and prints; the error stream may be used by several threads.
 *
 * @param columns how wide the terminal behind the error stream is; 0 if there is none
 */
record Streams(InputStream in, Output out, PrintStream err, int columns) {}
