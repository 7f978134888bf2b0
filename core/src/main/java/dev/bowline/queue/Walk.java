package dev.bowline.queue;

import dev.bowline.queue.MessageQueue.Taker;
import java.util.Objects;

/**
 * The consumer's way over stored messages, from one mark to another, without the queue's lock.
 *
 * <p>Both marks were read under the lock. Producers write only behind the second one, and only the consumer, who is
 * busy here, gives chunks back for reuse: nothing on the way changes. Belongs to the consumer, one call long.
 */
final class Walk {
    private final Chunk lastChunk;
    private final int lastEnd;

    private Chunk chunk;
    private int offset;
    private int end;
    private long number;
    private long cost;

    Walk(Mark from, Mark to) {
        lastChunk = to.chunk();
        lastEnd = to.offset();
        chunk = from.chunk();
        offset = from.offset();
        end = filled(chunk);
        number = from.number();
        cost = from.cost();
    }

    /** The place behind the message with this number, which lies between the two. */
    static Mark behind(long number, Mark from, Mark to) {
        Walk walk = new Walk(from, to);
        while (walk.number <= number && walk.atMessage()) {
            walk.pass(walk.chunk.lengthAt(walk.offset));
        }
        return walk.mark();
    }

    /**
     * Offers message by message until one is refused or none is left; a message that makes the taker throw is not
     * passed.
     */
    int offer(Taker taker, long handedThrough) {
        int accepted = 0;
        while (atMessage()) {
            int length = chunk.lengthAt(offset);
            if (!taker.accept(number, number <= handedThrough, chunk.messageAt(offset, length))) {
                break;
            }
            pass(length);
            accepted++;
        }
        return accepted;
    }

    Mark mark() {
        return new Mark(chunk, offset, number, cost);
    }

    /** Whether there is one more message; if so, it lies at the offset. */
    private boolean atMessage() {
        while (offset == end) {
            if (chunk == lastChunk) {
                return false;
            }
            chunk = Objects.requireNonNull(chunk.next());
            offset = 0;
            end = filled(chunk);
        }
        return true;
    }

    private void pass(int length) {
        offset += Chunk.HEADER + length;
        cost += Chunk.HEADER + length;
        number++;
    }

    /** Producers may be moving the end of the last chunk; what counts is where it was under the lock. */
    private int filled(Chunk chunk) {
        return chunk == lastChunk ? lastEnd : chunk.end();
    }
}
