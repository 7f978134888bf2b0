package dev.bowline.examples.cli;

import dev.bowline.LossReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;

/** Counts lines, each decoded to a String as a program that reads them would have it. */
final class LineCounter extends Receiver {
    private long bytes;

    /** Not private, so that no compiler can tell that nobody reads it, and leave out the decoding. */
    String last = "";

    private boolean connected;
    private long begin;
    private long end;

    LineCounter(long limit) {
        super(limit);
    }

    @Override
    protected void connectionMade() {
        super.connectionMade();
        connected = true;
        begin = System.nanoTime();
    }

    @Override
    void take(ByteBuffer line) throws Exception {
        bytes += line.remaining();
        decode(line);
    }

    @Override
    protected void lineReceived(String line) {
        last = line;
    }

    @Override
    public void connectionLost(LossReason reason) {
        end = System.nanoTime();
    }

    boolean wasConnected() {
        return connected;
    }

    /** {@code lines=N bytes=B seconds=S lines/s=R}. */
    String summary() {
        Duration time = Duration.ofNanos(end - begin);
        double rate = time.isZero() ? 0 : lines() / Seconds.toDouble(time);
        return String.format(
                Locale.ROOT, "lines=%d bytes=%d seconds=%s lines/s=%.0f", lines(), bytes, Seconds.exact(time), rate);
    }
}
