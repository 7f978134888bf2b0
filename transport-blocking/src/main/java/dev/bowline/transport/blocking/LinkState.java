package dev.bowline.transport.blocking;

/**
 * The life of an open link.
 *
 * <pre>
 *   OPEN    -> CLOSING   closed here, or broken by a failed read; the channel is being closed
 *   CLOSING -> CLOSED    no call on the channel is under way: closed is reported; only tasks follow
 * </pre>
 */
enum LinkState {
    OPEN,
    CLOSING,
    CLOSED;

    LinkState to(LinkState next) {
        boolean legal = switch (this) {
            case OPEN -> next == CLOSING;
            case CLOSING -> next == CLOSED;
            case CLOSED -> false;
        };
        if (!legal) {
            throw new IllegalStateException("a link can't go from " + this + " to " + next);
        }
        return next;
    }
}
