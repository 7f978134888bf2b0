package dev.bowline.transport.blocking;

import dev.bowline.spi.LinkHandler;
import java.io.IOException;

/**
 * A link's read direction. Everything here is called with the link's lock held and guarded by it, except {@link #fill},
 * which the one worker calls that made the side {@link Side#BUSY}.
 */
final class Input {
    /** Belongs to the worker that has the side BUSY, then to the one that reports. */
    private final ReadBuffer buffer;

    private Side side = Side.IDLE;

    /** What the event side said last: whether a read follows when one has been reported. */
    private boolean on = true;

    /** Whether the read to be reported met the end. */
    private boolean ended;

    Input(ReadBuffer buffer) {
        this.buffer = buffer;
    }

    boolean is(Side asked) {
        return side == asked;
    }

    void setReading(boolean reading) {
        on = reading;
        if (reading) {
            start();
        } else if (side == Side.WANTED) {
            side = side.to(Side.IDLE);
        }
    }

    /** The first read, unless reading was switched off before there was any. */
    void start() {
        if (on && side == Side.IDLE) {
            side = side.to(Side.WANTED);
        }
    }

    void enterCall() {
        side = side.to(Side.BUSY);
    }

    /** Reads once, blocking; false at the end. Without the lock. */
    boolean fill() throws IOException {
        return buffer.fill() >= 0;
    }

    /** The call has ended; what it brought is to be reported unless the link is closing. */
    void leaveCall(boolean gotBytes, boolean open) {
        ended = !gotBytes;
        side = side.to(open ? Side.REPORT : Side.OVER);
    }

    /** The call to the handler that is due. The next read does not begin before {@link #reported}. */
    Runnable report(LinkHandler handler) {
        return ended ? handler::inputEnded : () -> handler.received(buffer.filled());
    }

    /** The handler has returned. It may have closed the link. */
    void reported() {
        if (side == Side.REPORT) {
            side = side.to(ended ? Side.OVER : on ? Side.WANTED : Side.IDLE);
        }
    }

    /** The link is closing: nothing more, or nothing after the call that is under way. */
    void end() {
        if (side != Side.BUSY && side != Side.OVER) {
            side = side.to(Side.OVER);
        }
    }

    /** No call is under way and none follows. */
    void release() {
        buffer.release();
    }
}
