package dev.bowline.internal.connection;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that go to the link in one write, and where in them each queued message ends: that tells, wherever the write
 * breaks off, which messages the operating system has whole. Belongs to one owner at a time.
 */
final class Batch {
    private static final int NO_MESSAGES = 0;

    /** In filling mode (position is the end) until {@link #seal}; then the link's. */
    final ByteBuffer bytes;

    private int[] ends = new int[NO_MESSAGES];
    private long[] numbers = new long[NO_MESSAGES];
    private int messages;
    private int ownBytes;

    /** The one behind it, while it waits in a line. */
    @Nullable
    Batch behind;

    Batch(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    boolean isEmpty() {
        return bytes.position() == 0;
    }

    /** Adds bytes of the protocol's own; they must fit, and precede all messages. */
    void addOwn(ByteBuffer piece) {
        ownBytes += piece.remaining();
        bytes.put(piece);
    }

    boolean hasMessages() {
        return messages > 0;
    }

    /** How many of the bytes are the protocol's own. */
    int ownBytes() {
        return ownBytes;
    }

    /** Adds a queued message, which must fit. */
    void addMessage(long number, ByteBuffer message) {
        bytes.put(message);
        if (messages == ends.length) {
            int grown = Math.max(16, messages * 2);
            ends = Arrays.copyOf(ends, grown);
            numbers = Arrays.copyOf(numbers, grown);
        }
        ends[messages] = bytes.position();
        numbers[messages++] = number;
    }

    /** Ends the filling: the bytes are ready to be written. */
    ByteBuffer seal() {
        return bytes.flip();
    }

    /** How many queued messages lie wholly before the position. */
    int messagesWritten() {
        if (messages == 0 || !bytes.hasRemaining()) {
            return messages;
        }
        int within = 0;
        for (int beyond = messages; within < beyond; ) {
            int middle = (within + beyond) >>> 1;
            if (ends[middle] <= bytes.position()) {
                within = middle + 1;
            } else {
                beyond = middle;
            }
        }
        return within;
    }

    /** The number of the n-th queued message, counted from 1. */
    long numberOf(int n) {
        return numbers[n - 1];
    }

    /** Empties it for another use; what served a flood of tiny messages is not kept. */
    Batch clear() {
        bytes.clear();
        messages = 0;
        ownBytes = 0;
        if (ends.length > 4096) {
            ends = new int[NO_MESSAGES];
            numbers = new long[NO_MESSAGES];
        }
        return this;
    }
}
