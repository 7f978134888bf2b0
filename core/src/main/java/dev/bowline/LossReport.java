package dev.bowline;

/**
 * What is known when a connection is over.
 *
 * @param reason why it ended
 * @param handedOver queued messages that the operating system took whole on this connection; that tells nothing about the
 *     peer, which may never have read them
 * @param confirmed how many of them the protocol confirmed (rule F3)
 */
public record LossReport(LossReason reason, long handedOver, long confirmed) {
    /** The window of uncertainty: messages of which nobody here can know whether they arrived. */
    public long uncertain() {
        return handedOver - confirmed;
    }
}
