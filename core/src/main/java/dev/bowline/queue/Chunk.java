package dev.bowline.queue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One array of the chain that holds the messages: message after message, each with its length in front.
 *
 * <p>Only the last chunk of a chain is written to, under the queue's lock, and only behind what is already there. So
 * whoever learned under the lock how far a chunk is filled may read that part without it.
 */
final class Chunk {
    /** What a message takes beside its bytes. */
    static final int HEADER = Integer.BYTES;

    private final byte[] bytes;

    /** The same array, for the lengths. Its own position and limit never move. */
    private final ByteBuffer lengths;

    /** What takers see, one message at a time. Position, limit and order belong to the consumer. */
    private final ByteBuffer view;

    /** Where the next message goes. Guarded by the queue's lock while this is the last chunk, fixed from then on. */
    private int end;

    /** Written once under the queue's lock, when this stops being the last chunk, and fixed from then on. */
    private @Nullable Chunk next;

    Chunk(int capacity) {
        bytes = new byte[capacity];
        lengths = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        view = ByteBuffer.wrap(bytes);
    }

    int capacity() {
        return bytes.length;
    }

    int end() {
        return end;
    }

    boolean fits(int length) {
        return length <= bytes.length - HEADER - end;
    }

    /** Copies the message in; its position does not move. */
    void append(ByteBuffer message, int length) {
        message.get(message.position(), bytes, end + HEADER, length);
        lengths.putInt(end, length);
        end += HEADER + length;
    }

    int lengthAt(int offset) {
        return lengths.getInt(offset);
    }

    /** The message at this offset. Every call returns the same buffer, so it is good until the next one. */
    ByteBuffer messageAt(int offset, int length) {
        int start = offset + HEADER;
        return view.limit(start + length).position(start).order(ByteOrder.BIG_ENDIAN);
    }

    @Nullable
    Chunk next() {
        return next;
    }

    void linkTo(@Nullable Chunk following) {
        next = following;
    }

    /** Forgets its messages, and what comes after it. */
    void clear() {
        end = 0;
        next = null;
    }
}
