package dev.bowline.queue;

import java.nio.ByteBuffer;

/** A message that lies in an array of its own. */
final class StoredMessage {
    /**
     * What it takes beside its bytes, in a heap with compressed pointers: this object, 24; the array's header, 16, and its
     * filling, up to 7; a slot in each of two deques that are up to half as long again.
     */
    static final int OVERHEAD = 64;

    private final long number;

    /** Never written to again. */
    private final byte[] bytes;

    /** A taker accepted it. Written by the consumer while it is taken; it comes back, or goes, under the queue's lock. */
    private boolean accepted;

    /** A copy of the message; its position does not move. */
    StoredMessage(long number, ByteBuffer message, int length) {
        this.number = number;
        bytes = new byte[length];
        message.get(message.position(), bytes);
    }

    long number() {
        return number;
    }

    boolean wasAccepted() {
        return accepted;
    }

    void markAccepted() {
        accepted = true;
    }

    int length() {
        return bytes.length;
    }

    /** For a taker or the listener; a new one for each call. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes);
    }
}
