package dev.bowline.queue;

import dev.bowline.queue.MessageQueue.Taker;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The consumer's way over stored messages, without the queue's lock: up to the tail as it was when the consumer last looked
 * under the lock. Producers write only behind that, and only the consumer gives chunks back for reuse: nothing on the way
 * changes. Belongs to the consumer.
 */
final class Walk {
    /** The oldest message not taken. */
    final Place next;

    /** The newest message ever handed to the consumer. */
    private long handedThrough;

    /** How far it may go. */
    private Chunk lastChunk;

    private int lastEnd;

    /** The array of the chunk that it stood in last. */
    private byte[] viewed;

    /** What takers see of that, one message at a time. */
    private ByteBuffer view;

    Walk(Place start) {
        next = start;
        lastChunk = start.chunk;
        viewed = lastChunk.bytes;
        view = ByteBuffer.wrap(viewed);
    }

    /** The tail is here. Under the lock. */
    Walk upTo(Chunk chunk, int end) {
        lastChunk = chunk;
        lastEnd = end;
        return this;
    }

    /**
     * Offers message by message until one is refused or none is left; a message that makes the taker throw is not
     * passed.
     */
    int offer(Taker taker) {
        // In local variables: what is written for each message must not lie beside what producers read.
        Chunk chunk = next.chunk;
        int offset = next.offset;
        long first = next.number;
        long number = first;
        long cost = next.cost - offset;
        try {
            while (true) {
                byte[] bytes = chunk.bytes;
                int end = filled(chunk);
                ByteBuffer message = viewOf(bytes);
                while (offset < end) {
                    int start = offset + Chunk.HEADER;
                    int behind = start + Chunk.lengthAt(bytes, offset);
                    message.limit(behind).position(start).order(ByteOrder.BIG_ENDIAN);
                    if (!taker.accept(number, number <= handedThrough, message)) {
                        return (int) (number - first);
                    }
                    offset = behind;
                    number++;
                }
                if (chunk == lastChunk) {
                    return (int) (number - first);
                }
                cost += end;
                chunk = Objects.requireNonNull(chunk.next());
                offset = 0;
            }
        } finally {
            next.moveTo(chunk, offset, number, cost + offset);
            handedThrough = Math.max(handedThrough, number - 1);
        }
    }

    private ByteBuffer viewOf(byte[] bytes) {
        if (viewed != bytes) {
            viewed = bytes;
            view = ByteBuffer.wrap(bytes);
        }
        return view;
    }

    /** The place behind a message that was taken. */
    Place behind(long number, Place head) {
        if (number == next.number - 1) {
            return next;
        }
        Place at = head.copy();
        while (at.number <= number) {
            if (at.offset == filled(at.chunk)) {
                at.chunk = Objects.requireNonNull(at.chunk.next());
                at.offset = 0;
            } else {
                int cost = Chunk.HEADER + Chunk.lengthAt(at.chunk.bytes, at.offset);
                at.moveTo(at.chunk, at.offset + cost, at.number + 1, at.cost + cost);
            }
        }
        return at;
    }

    /** Producers may be moving the end of the last chunk; what counts is where it was under the lock. */
    private int filled(Chunk chunk) {
        return chunk == lastChunk ? lastEnd : chunk.end();
    }
}
