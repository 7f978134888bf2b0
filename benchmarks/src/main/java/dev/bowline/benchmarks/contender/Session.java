package dev.bowline.benchmarks.contender;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** One connection of a contender. */
public interface Session extends AutoCloseable {
    /** After so many lines a sender looks whether it is to go on; and what has to be flushed, is. */
    int BURST = 256;

    /** Sends one line; its end is added. Waits while the contender has as much as it should hold. From any thread. */
    void send(String line) throws Exception;

    /** After each {@link #BURST} lines of one thread. */
    default void flush() throws Exception {}

    /** Sends one line that is to go at once. */
    default void sendAlone(String line) throws Exception {
        send(line);
        flush();
    }

    /** Sends lines for as long as it is told to: what a sender's thread does. */
    default void pour(String[] lines, BooleanSupplier goesOn) throws Exception {
        int next = 0;
        while (goesOn.getAsBoolean()) {
            for (int n = 0; n < BURST; n++) {
                send(lines[next]);
                next = next + 1 == lines.length ? 0 : next + 1;
            }
            flush();
        }
    }

    /** Drops what is on its way and ends; a {@link #send} that waits elsewhere ends, too. */
    @Override
    void close() throws IOException;
}
