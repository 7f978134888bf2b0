package dev.bowline.examples.cli;

import java.io.InputStream;
import java.io.PrintStream;

/** Where a command reads and prints; the error stream may be used by several threads. */
record Streams(InputStream in, Output out, PrintStream err) {}
