package dev.bowline.queue;

import org.jspecify.annotations.Nullable;

/**
 * Chunks to use again, so that a backlog makes no garbage. While there is one, as many as the usual bound lets a queue fill,
 * for a backlog comes and goes with every breath of sender and peer; an empty queue keeps 1 MiB. Of those what nobody needed
 * goes again, one chunk each time the queue runs empty. Guarded by the queue's lock.
 */
final class Spares {
    /** Holds some hundred lines; large enough that the change of chunks costs nothing. */
    static final int CHUNK = 64 << 10;

    /** 16 MiB. */
    private static final int MOST = 256;

    private static final int MOST_WHEN_EMPTY = 16;

    private @Nullable Chunk top;
    private int count;

    /** The lowest count since the queue was last empty. */
    private int unused;

    /** A clear chunk with room for this message: a common one if that will do, else one of exactly its size. */
    Chunk forMessage(int length) {
        if (length > CHUNK - Chunk.HEADER) {
            return new Chunk(length + Chunk.HEADER);
        }
        Chunk chunk = top;
        if (chunk == null) {
            return new Chunk(CHUNK);
        }
        top = chunk.next();
        count--;
        unused = Math.min(unused, count);
        chunk.clear();
        return chunk;
    }

    /** Takes back a chunk that nobody reads any more; keeps it if it is a common one and there are few. */
    void giveBack(Chunk chunk) {
        if (chunk.capacity() == CHUNK && count < MOST) {
            chunk.linkTo(top);
            top = chunk;
            count++;
        }
    }

    /** Called when the queue has run empty. */
    void shrink() {
        while (count > MOST_WHEN_EMPTY && top != null) {
            top = top.next();
            count--;
        }
        unused = Math.min(unused, count);
        if (unused > 0 && top != null) {
            top = top.next();
            count--;
        }
        unused = count;
    }
}
