package dev.bowline;

/**
 * What is known when a connection is over.
 *
 * <pre>{@code
 * void connectionLost(Connector connector, LossReport report) {
 *     System.err.println(report.reason().describe() + "; " + report.uncertain() + " messages may have arrived or not");
 * }
 * }</pre>
 *
 * @param reason why it ended
 * @param handedOver queued messages that the operating system took whole on this connection; that tells nothing about the
 *     peer, which may never have read them
 * @param confirmed how many of them the protocol confirmed (rule F3)
 */
public record LossReport(LossReason reason, long handedOver, long confirmed) {
    /** {@return the window of uncertainty: messages of which nobody here can know whether they arrived} */
    public long uncertain() {
        return handedOver - confirmed;
    }
}
