package dev.bowline.transport.blocking;

/**
 * One of a link's two directions. The arrows say who makes the move.
 *
 * <pre>
 *   IDLE    -> WANTED    event side: write, reading switched on
 *   WANTED  -> IDLE      event side: reading switched off
 *   WANTED  -> TRYING    a worker on the event side, to write what goes at once
 *   WANTED  -> BUSY      a worker that reads or writes, blocking
 *   TRYING  -> WANTED    some is left: the rest is written blocking
 *   TRYING  -> REPORT    all is written, or it failed
 *   BUSY    -> WANTED    some is left to write
 *   BUSY    -> REPORT    the read or the whole write has ended; nothing new begins until that is reported
 *   IDLE    -> REPORT    event side: shutdownOutput failed
 *   REPORT  -> IDLE      reported; for the read side, while reading is switched off
 *   REPORT  -> WANTED    received reported: the next read
 *   any     -> OVER      end of input, failed output, or the link is closing: at once, or when the call has ended
 * </pre>
 */
enum Side {
    IDLE,
    WANTED,
    TRYING,
    BUSY,
    REPORT,
    OVER;

    Side to(Side next) {
        boolean legal = switch (this) {
            case IDLE -> next == WANTED || next == REPORT || next == OVER;
            case WANTED -> next == IDLE || next == TRYING || next == BUSY || next == OVER;
            case TRYING, BUSY -> next == WANTED || next == REPORT || next == OVER;
            case REPORT -> next == IDLE || next == WANTED || next == OVER;
            case OVER -> false;
        };
        if (!legal) {
            throw new IllegalStateException("a direction can't go from " + this + " to " + next);
        }
        return next;
    }
}
