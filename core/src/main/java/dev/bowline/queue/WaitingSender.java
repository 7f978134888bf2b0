package dev.bowline.queue;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;

/**
 * A sender that waits for room. Whoever makes room appends the message on the sender's behalf, so nobody who comes
 * later can slip in before it. The sender leaves the line by getting a number, by a seal, or by giving up.
 */
final class WaitingSender {
    private final ByteBuffer message;
    private final int length;

    /** Tells the sender that it got its number, or that the queue was sealed. */
    final Condition decided;

    /** 0 until the message was added. Guarded by the queue's lock. */
    private long number;

    WaitingSender(ByteBuffer message, Condition decided) {
        // A view of its own: the one who makes room must not stumble over a position that the sender's other threads
        // move.
        this.message = message.slice();
        this.length = this.message.remaining();
        this.decided = decided;
    }

    int length() {
        return length;
    }

    long number() {
        return number;
    }

    void appendTo(Backlog backlog) {
        number = backlog.append(message, length);
        decided.signal();
    }
}
