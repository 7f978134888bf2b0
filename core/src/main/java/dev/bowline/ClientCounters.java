package dev.bowline;

/**
 * What a client has counted since it exists, exact after any number of losses (rule F7). Read one after the other while
 * the client works, so a message on its way from one to another may be missing in both, or be in both; when nothing moves
 * {@code sent = waiting + delivered + dropped + uncertain + undelivered}.
 *
 * <pre>{@code
 * ClientCounters counters = client.counters();
 * System.out.println(counters.delivered() + " delivered, " + counters.waiting() + " wait, "
 *         + counters.losses() + " connections lost");
 * }</pre>
 *
 * @param delivered messages delivered, as {@link Delivery} has it
 * @param dropped messages that a full queue dropped and that were never handed over
 * @param uncertain messages that left the client handed over and unconfirmed
 * @param undelivered messages that were handed back when the client had ended; 0 before
 * @param waiting messages in the queue, those on their way included
 * @param waitingBytes what these count against the queue's bound
 * @param handedOver messages that the operating system took whole, each time one was
 * @param confirmed messages that protocols confirmed
 * @param resent messages handed over again after a loss: the most that can have arrived twice
 * @param attempts attempts to connect that have begun
 * @param connections attempts that led to a connection
 * @param losses connections that are over
 */
public record ClientCounters(
        long delivered,
        long dropped,
        long uncertain,
        long undelivered,
        long waiting,
        long waitingBytes,
        long handedOver,
        long confirmed,
        long resent,
        long attempts,
        long connections,
        long losses) {
    /** {@return all messages that the client took} */
    public long sent() {
        return waiting + delivered + dropped + uncertain + undelivered;
    }

    /** {@return connections after the first} */
    public long reconnects() {
        return Math.max(0, connections - 1);
    }
}
