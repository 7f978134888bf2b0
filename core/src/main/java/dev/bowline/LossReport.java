package dev.bowline;

/**
 * What is known when a connection is over.
 *
 * @param reason why it ended
 * @param handedOver queued messages that the operating system took whole on this connection; what became of them on the
 *     way nobody here can know
 */
public record LossReport(LossReason reason, long handedOver) {}
