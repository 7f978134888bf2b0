package dev.bowline.queue;

import dev.bowline.queue.MessageQueue.Size;

/**
 * How much a queue may hold (rule E2), and the sentences that say why something did not fit.
 *
 * @param maxBytes the most that all messages inside may cost
 * @param maxMessages the most messages inside
 * @param overhead what a message costs beside its bytes
 */
record Bounds(long maxBytes, long maxMessages, int overhead) {
    /** An array holds no more than this on any JVM. */
    private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    long cost(int length) {
        return (long) overhead + length;
    }

    boolean couldHold(int length) {
        return cost(length) <= Math.min(maxBytes, LARGEST_ARRAY);
    }

    /** Whether one more would fit beside so many that cost so much. */
    boolean haveRoom(long messages, long bytes, int length) {
        long cost = cost(length);
        return cost <= maxBytes - bytes && messages < maxMessages && cost <= LARGEST_ARRAY;
    }

    QueueFullException neverFits(int length) {
        return new QueueFullException("A message of " + length + " bytes can never fit: it counts "
                + cost(length) + " bytes with its overhead, and the queue holds at most "
                + Math.min(maxBytes, LARGEST_ARRAY) + ".");
    }

    QueueFullException noRoom(int length, Size inside, int waitingBefore) {
        String messages = maxMessages == Long.MAX_VALUE ? "" : " of at most " + maxMessages;
        String line = waitingBefore == 0 ? "" : ", and senders that wait before this one: " + waitingBefore;
        return new QueueFullException("No room for a message of " + length + " bytes: messages inside: "
                + inside.messages() + messages + ", bytes: " + inside.bytes() + " of at most " + maxBytes + line
                + ".");
    }

    static QueueClosedException closed(int length, Size inside) {
        return new QueueClosedException("A message of " + length
                + " bytes was not added: the queue is sealed; messages still inside: " + inside.messages() + ".");
    }
}
