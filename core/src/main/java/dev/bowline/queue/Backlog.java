package dev.bowline.queue;

import dev.bowline.queue.MessageQueue.Size;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The stored messages: a chain of chunks, and three places in it.
 *
 * <pre>
 *   gone | taken, not delivered | waiting | room
 *       head                   next      tail
 * </pre>
 *
 * <p>{@code add} moves the tail, {@code take} the next mark, {@code delivered} the head; {@code rewind} puts the next
 * mark back on the head. Nothing can leave from the middle, where a queue that drops its oldest waiting message needs it:
 * that one keeps its messages otherwise.
 *
 * <p>All of it is guarded by the queue's lock. Only the bytes between marks are read without it, by a {@link Walk}.
 */
final class Backlog {
    /** The first chunk is small: most queues of most clients are nearly always empty. */
    private static final int FIRST_CHUNK = 4 << 10;

    private final Spares spares = new Spares();

    /** What an empty queue begins with; the only chunk that it keeps. */
    private final Chunk firstChunk;

    /** The oldest message not delivered. Lies at a message, or at the start of the only chunk if there is none. */
    private Mark head;

    /** The oldest message not taken. */
    private Mark next;

    /** The newest message ever handed to the consumer. */
    private long handedThrough;

    /** The tail, in pieces, because every message moves it: the chunk whose end it is, and the mark's numbers. */
    private Chunk lastChunk;

    private long newest;
    private long cost;

    Backlog() {
        this(new Chunk(FIRST_CHUNK), 0);
    }

    private Backlog(Chunk chunk, long newest) {
        this.firstChunk = chunk;
        this.lastChunk = chunk;
        this.newest = newest;
        head = new Mark(chunk, 0, newest + 1, 0);
        next = head;
    }

    /** What is left of this one when it was thrown away: nothing but its numbers. Nothing may be appended. */
    Backlog emptied() {
        return new Backlog(new Chunk(0), newest);
    }

    static long cost(int length) {
        return (long) Chunk.HEADER + length;
    }

    long newest() {
        return newest;
    }

    long messages() {
        return newest + 1 - head.number();
    }

    long bytes() {
        return cost - head.cost();
    }

    Size size() {
        return new Size(messages(), bytes());
    }

    boolean hasWaiting() {
        return next.number() <= newest;
    }

    long handedThrough() {
        return handedThrough;
    }

    Mark head() {
        return head;
    }

    Mark next() {
        return next;
    }

    Mark tail() {
        return new Mark(lastChunk, lastChunk.end(), newest + 1, cost);
    }

    /** Copies a message to the tail; returns its number. */
    long append(ByteBuffer message, int length) {
        if (!lastChunk.fits(length)) {
            Chunk chunk = spares.forMessage(length);
            lastChunk.linkTo(chunk);
            lastChunk = chunk;
        }
        lastChunk.append(message, length);
        cost += cost(length);
        return ++newest;
    }

    /** Everything before this place is in the consumer's hands. */
    void taken(Mark to) {
        next = to;
        handedThrough = Math.max(handedThrough, to.number() - 1);
    }

    void rewind() {
        next = head;
    }

    /** Everything before this place is gone; its chunks can be used again. */
    void forget(Mark to) {
        Mark start = overChunkEnd(to);
        if (next.number() == start.number()) {
            next = start;
        }
        Chunk chunk = head.chunk();
        while (chunk != start.chunk()) {
            Chunk following = Objects.requireNonNull(chunk.next());
            spares.giveBack(chunk);
            chunk = following;
        }
        head = start;
        if (messages() == 0) {
            startOver();
        }
    }

    /** A mark at the end of a full chunk would keep that chunk alive for nothing. */
    private Mark overChunkEnd(Mark mark) {
        if (mark.chunk() == lastChunk || mark.offset() < mark.chunk().end()) {
            return mark;
        }
        return new Mark(Objects.requireNonNull(mark.chunk().next()), 0, mark.number(), mark.cost());
    }

    /** Nothing is inside: begin with the first chunk again, and let go of the others. */
    private void startOver() {
        if (lastChunk != firstChunk) {
            spares.giveBack(lastChunk);
            lastChunk = firstChunk;
        }
        firstChunk.clear();
        spares.rest();
        head = new Mark(lastChunk, 0, newest + 1, cost);
        next = head;
    }
}
