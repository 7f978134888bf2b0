package dev.bowline.queue;

import java.util.ArrayDeque;
import java.util.Deque;

/** Messages in a row, each in an array of its own, and what they cost together. Guarded by the queue's lock. */
final class StoredMessages {
    private final Bounds bounds;
    private final Deque<StoredMessage> row = new ArrayDeque<>();
    private long cost;

    StoredMessages(Bounds bounds) {
        this.bounds = bounds;
    }

    long messages() {
        return row.size();
    }

    long bytes() {
        return cost;
    }

    boolean isEmpty() {
        return row.isEmpty();
    }

    /** The oldest one; there is one. */
    StoredMessage first() {
        return row.element();
    }

    void addLast(StoredMessage message) {
        row.addLast(message);
        cost += costOf(message);
    }

    StoredMessage removeFirst() {
        StoredMessage first = row.removeFirst();
        cost -= costOf(first);
        return first;
    }

    /** Moves the newest one of these to the head of the others. */
    void moveLastToHeadOf(StoredMessages others) {
        StoredMessage last = row.removeLast();
        cost -= costOf(last);
        others.row.addFirst(last);
        others.cost += costOf(last);
    }

    void clear() {
        row.clear();
        cost = 0;
    }

    private long costOf(StoredMessage message) {
        return bounds.cost(message.length());
    }
}
