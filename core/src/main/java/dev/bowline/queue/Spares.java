package dev.bowline.queue;

import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * Chunks to use again, so that a backlog makes no garbage: as many as the usual bound lets a queue fill, for a backlog comes
 * and goes with every breath of sender and peer. While the queue is empty they are held softly: a client that was flooded
 * once and then falls silent gives them back to the JVM in time. Guarded by the queue's lock.
 */
class Spares {
    /** Holds some hundred lines; large enough that the change of chunks costs nothing. */
    static final int CHUNK = 64 << 10;

    /** 16 MiB. */
    private static final int MOST = 256;

    private @Nullable Chunk top;
    private int count;

    /** All of them, chained, while the queue is empty; else null. */
    private @Nullable Reference<Chunk> resting;

    /** A clear chunk with room for this message: a common one if that will do, else one of exactly its size. */
    Chunk forMessage(int length) {
        if (length > CHUNK - Chunk.HEADER) {
            return new Chunk(length + Chunk.HEADER);
        }
        if (resting != null) {
            top = resting.get();
            count = top == null ? 0 : count;
            resting = null;
        }
        Chunk chunk = top;
        if (chunk == null) {
            return new Chunk(CHUNK);
        }
        top = chunk.next();
        count--;
        chunk.clear();
        return chunk;
    }

    /** Takes back a chunk that nobody reads any more; keeps it if it is a common one and there are few. */
    void giveBack(Chunk chunk) {
        chunk.clear();
        if (chunk.capacity() == CHUNK && count < MOST) {
            chunk.linkTo(top);
            top = chunk;
            count++;
        }
    }

    /** The queue has run empty. */
    void rest() {
        if (top != null) {
            resting = softly(top);
            top = null;
        }
    }

    /** Not private, so that a test can play the collector. */
    Reference<Chunk> softly(Chunk chain) {
        return new SoftReference<>(chain);
    }
}
