package dev.bowline.testkit.contract.queue;

import java.nio.ByteBuffer;

/**
 * Who sent a message, and which of that sender's it is: the first eight bytes of the message. The rest is one byte
 * repeated, that follows from these.
 */
record StampedMessage(int sender, int place) {
    static final int SHORTEST = 2 * Integer.BYTES;

    /** A message of that length. */
    ByteBuffer toBytes(int length) {
        ByteBuffer message = ByteBuffer.allocate(length).putInt(sender).putInt(place);
        while (message.hasRemaining()) {
            message.put(filler());
        }
        return message.flip();
    }

    /** Reads all of it, and fails if it isn't as it was sent. */
    static StampedMessage of(ByteBuffer message) {
        StampedMessage stamp = new StampedMessage(message.getInt(), message.getInt());
        while (message.hasRemaining()) {
            if (message.get() != stamp.filler()) {
                throw new AssertionError("torn: " + stamp);
            }
        }
        return stamp;
    }

    private byte filler() {
        return (byte) (31 * place + sender);
    }
}
