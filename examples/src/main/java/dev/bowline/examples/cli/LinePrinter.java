package dev.bowline.examples.cli;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Prints lines as the bytes they are. It flushes once for all that arrived together: a slow stream is seen at once, and
 * a flood costs few system calls. Printing blocks the thread of the connection, and by that the server, through TCP:
 * that is what a pipe is for, and there is no other connection to suffer.
 */
class LinePrinter extends Receiver {
    private final Output out;

    /** A flush is on its way, behind the lines that were read together with this one. */
    private boolean flushing;

    LinePrinter(long limit, Output out) {
        super(limit);
        this.out = out;
    }

    @Override
    void take(ByteBuffer line) throws Output.FailedException {
        out.println(line);
        if (!flushing) {
            flushing = true;
            connection().execute(this::flush);
        }
    }

    private void flush() {
        flushing = false;
        try {
            out.flush();
        } catch (Output.FailedException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void lineReceived(String line) {
        throw new AssertionError("lines are taken as bytes");
    }
}
