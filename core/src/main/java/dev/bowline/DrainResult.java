package dev.bowline;

import java.util.List;

/**
 * What became of everything that was sent through a client, once it has ended: {@code sent = delivered + dropped +
 * undelivered + uncertain}, exactly (rule F5).
 *
 * @param delivered messages that were handed over to the operating system, whole
 * @param dropped messages that a full queue dropped
 * @param undelivered the messages that were never wholly handed over, in order; each as it would have gone onto the wire,
 *     so that {@code sendRaw} of another client sends it again
 * @param uncertain messages of which nobody can know
 */
public record DrainResult(long delivered, long dropped, List<byte[]> undelivered, long uncertain) {
    public DrainResult {
        undelivered = List.copyOf(undelivered);
    }

    /** All messages that the client took. */
    public long sent() {
        return delivered + dropped + undelivered.size() + uncertain;
    }

    /** Whether nothing was dropped, left over or uncertain. */
    public boolean isComplete() {
        return sent() == delivered;
    }
}
