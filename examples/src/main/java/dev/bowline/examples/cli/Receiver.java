package dev.bowline.examples.cli;

import dev.bowline.line.LineProtocol;
import java.nio.ByteBuffer;

/** A protocol that only listens, for so many lines or to the peer's end. */
abstract class Receiver extends LineProtocol {
    private final long limit;
    private long lines;

    Receiver(long limit) {
        this.limit = limit;
    }

    /** Nothing is queued, but a client whose protocol is never ready is one that hangs (rule F6). */
    @Override
    protected void connectionMade() {
        ready();
    }

    /** Takes one line. */
    abstract void take(ByteBuffer line) throws Exception;

    /** Decodes a line for {@link #lineReceived(String)}. */
    final void decode(ByteBuffer line) throws Exception {
        super.lineReceived(line);
    }

    final long lines() {
        return lines;
    }

    /**
     * Aborts after the last line that is wanted, as a reader that dies would: a close waits for the peer's end, and a
     * server that floods us has none.
     */
    @Override
    protected final void lineReceived(ByteBuffer line) throws Exception {
        take(line);
        if (++lines == limit) {
            connection().abort();
        }
    }
}
