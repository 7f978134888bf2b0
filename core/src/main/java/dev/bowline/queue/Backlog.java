package dev.bowline.queue;

import dev.bowline.queue.MessageQueue.Size;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stored messages: a chain of chunks, and three places in it.
 *
 * <pre>
 *   gone | taken, not delivered | waiting | room
 *       head                   next      tail
 * </pre>
 *
 * <p>{@code add} moves the tail, {@code take} the next place, {@code delivered} the head; {@code rewind} puts the next
 * place back on the head. Nothing can leave from the middle, where a queue that drops its oldest waiting message needs it:
 * that one keeps its messages otherwise.
 *
 * <p>All of it is guarded by the queue's lock. But a {@link Walk} reads the bytes between places, and
 * the consumer what it alone moves, without it.
 */
final class Backlog {
    /** The first chunk is small: most queues of most clients are nearly always empty. */
    private static final int FIRST_CHUNK = 4 << 10;

    private final Spares spares = new Spares();

    /** What an empty queue begins with; the only chunk that it keeps. */
    private final Chunk firstChunk;

    /** The oldest message not delivered. Lies at a message, or at the start of the only chunk if there is none. */
    private final Place head;

    /** From the oldest message not taken on. Belongs to the consumer. */
    private final Walk walk;

    /** The tail, in pieces, because every message moves it: the chunk whose end it is, that one's array, and how far. */
    private Chunk lastChunk;

    private byte[] lastBytes;
    private int end;
    private long newest;
    private long cost;

    Backlog() {
        this(new Chunk(FIRST_CHUNK), 0);
    }

    private Backlog(Chunk chunk, long newest) {
        this.firstChunk = chunk;
        this.lastChunk = chunk;
        this.lastBytes = chunk.bytes;
        this.newest = newest;
        head = new Place(chunk, 0, newest + 1, 0);
        walk = new Walk(head.copy());
    }

    /** What is left of this one when it was thrown away: nothing but its numbers. Nothing may be appended. */
    Backlog emptied() {
        return new Backlog(new Chunk(0), newest);
    }

    long newest() {
        return newest;
    }

    long messages() {
        return newest + 1 - head.number;
    }

    long bytes() {
        return cost - head.cost;
    }

    Size size() {
        return new Size(messages(), bytes());
    }

    /** Copies a message to the tail; returns its number. */
    long append(ByteBuffer message, int length) {
        if (length > lastBytes.length - Chunk.HEADER - end) {
            Chunk chunk = spares.forMessage(length);
            lastChunk.endAt(end, chunk);
            appendTo(chunk);
        }
        end = Chunk.append(lastBytes, end, message, length);
        cost += Chunk.HEADER + length;
        return ++newest;
    }

    private void appendTo(Chunk chunk) {
        lastChunk = chunk;
        lastBytes = chunk.bytes;
        end = 0;
    }

    /** The consumer's way over all that waits now. */
    Walk toTail() {
        return walk.upTo(lastChunk, end);
    }

    void rewind() {
        walk.next.moveTo(head);
    }

    /**
     * The place behind a message; null if that is gone already. For the consumer, without the lock: nobody else moves what it
     * looks at.
     *
     * @throws IllegalArgumentException if the message isn't taken
     */
    @Nullable
    Place behind(long number) {
        if (number >= walk.next.number) {
            throw MemoryQueue.notTaken(number, walk.next.number);
        }
        return number < head.number ? null : walk.behind(number, head);
    }

    /** Everything before this place is gone; its chunks can be used again. */
    void forget(Place to) {
        Chunk chunk = to.chunk;
        int offset = to.offset;
        if (chunk != lastChunk && offset == chunk.end()) {
            chunk = Objects.requireNonNull(chunk.next()); // or a full chunk would be kept alive for nothing
            offset = 0;
        }
        for (Chunk gone = head.chunk; gone != chunk; ) {
            Chunk following = Objects.requireNonNull(gone.next());
            spares.giveBack(gone);
            gone = following;
        }
        head.moveTo(chunk, offset, to.number, to.cost);
        if (messages() == 0) {
            startOver();
        }
        if (walk.next.number == head.number) {
            walk.next.moveTo(head); // it may lie at the end of a chunk that is gone
        }
    }

    /** Nothing is inside: begin with the first chunk again, and let go of the others. */
    private void startOver() {
        if (lastChunk != firstChunk) {
            spares.giveBack(lastChunk);
        }
        firstChunk.linkTo(null);
        appendTo(firstChunk);
        spares.rest();
        head.moveTo(firstChunk, 0, newest + 1, cost);
    }
}
