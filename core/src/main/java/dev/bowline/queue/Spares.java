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

    /** While the queue is not empty, and until there are any; null while they are held softly. */
    private @Nullable Shelf shelf = new Shelf();

    /** Leads to the same shelf for as long as that lives: an empty queue makes no garbage. Null before the first rest. */
    private @Nullable Reference<Shelf> resting;

    /** They stand here, chained. */
    static final class Shelf {
        private @Nullable Chunk top;
        private int count;
    }

    /** A clear chunk with room for this message: a common one if that will do, else one of exactly its size. */
    Chunk forMessage(int length) {
        if (length > CHUNK - Chunk.HEADER) {
            return new Chunk(length + Chunk.HEADER);
        }
        Shelf from = inUse();
        Chunk chunk = from.top;
        if (chunk == null) {
            return new Chunk(CHUNK);
        }
        from.top = chunk.next();
        from.count--;
        chunk.linkTo(null);
        return chunk;
    }

    /** Takes back a chunk that nobody reads any more; keeps it if it is a common one and there are few. */
    void giveBack(Chunk chunk) {
        Shelf to = inUse();
        if (chunk.capacity() == CHUNK && to.count < MOST) {
            chunk.linkTo(to.top);
            to.top = chunk;
            to.count++;
        }
    }

    private Shelf inUse() {
        Shelf found = shelf;
        if (found == null) {
            found = resting == null ? null : resting.get();
            if (found == null) {
                found = new Shelf();
                resting = null;
            }
            shelf = found;
        }
        return found;
    }

    /** The queue has run empty. */
    void rest() {
        if (shelf != null && shelf.top != null) {
            if (resting == null) {
                resting = softly(shelf);
            }
            shelf = null;
        }
    }

    /** Not private, so that a test can play the collector. */
    Reference<Shelf> softly(Shelf shelf) {
        return new SoftReference<>(shelf);
    }
}
