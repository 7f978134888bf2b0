package dev.bowline.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One array of the chain that holds the messages: message after message, each with its length in front.
 *
 * <p>Only the last chunk of a chain is written to, under the queue's lock, and only behind what is already there. So
 * whoever learned under the lock how far a chunk is filled may read that part without it.
 *
 * <p>The object itself changes once in a chunk's life, when it is full: producer and consumer are at work on the same chunk
 * most of the time, and a field that one of them writes for each message would make the other wait for its cache line.
 */
final class Chunk {
    /** What a message takes beside its bytes. */
    static final int HEADER = Integer.BYTES;

    private static final VarHandle LENGTHS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    final byte[] bytes;

    /** How far it is filled. Fixed, under the queue's lock, when this stops being the last chunk. */
    private int end;

    /** What comes after it; fixed with the end. */
    private @Nullable Chunk next;

    Chunk(int capacity) {
        bytes = new byte[capacity];
    }

    int capacity() {
        return bytes.length;
    }

    int end() {
        return end;
    }

    @Nullable
    Chunk next() {
        return next;
    }

    /** Copies a message into an array; the message's position does not move. Returns where the next one goes. */
    static int append(byte[] bytes, int at, ByteBuffer message, int length) {
        int start = at + HEADER;
        message.get(message.position(), bytes, start, length);
        LENGTHS.set(bytes, at, length);
        return start + length;
    }

    static int lengthAt(byte[] bytes, int offset) {
        return (int) LENGTHS.get(bytes, offset);
    }

    /** It is full: nothing is written to it any more. */
    void endAt(int filled, Chunk following) {
        end = filled;
        next = following;
    }

    /** For a chain of chunks that hold nothing. */
    void linkTo(@Nullable Chunk following) {
        end = 0;
        next = following;
    }
}
