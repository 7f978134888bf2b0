package dev.bowline.queue;

/**
 * A place between two messages; it moves on. Two places differ by the messages between them and by what these cost, so the
 * size of any stretch is a subtraction, and there is no counter that could drift. Moved, and not made anew for each batch:
 * a stream of small batches would be a stream of garbage.
 */
final class Place {
    Chunk chunk;

    /** Where in the chunk; may be its end, with the next message at the start of the next chunk. */
    int offset;

    /** The number of the message that follows. */
    long number;

    /** What all messages ever added before this place cost, in bytes. */
    long cost;

    Place(Chunk chunk, int offset, long number, long cost) {
        this.chunk = chunk;
        this.offset = offset;
        this.number = number;
        this.cost = cost;
    }

    Place copy() {
        return new Place(chunk, offset, number, cost);
    }

    void moveTo(Place other) {
        moveTo(other.chunk, other.offset, other.number, other.cost);
    }

    void moveTo(Chunk chunk, int offset, long number, long cost) {
        this.chunk = chunk;
        this.offset = offset;
        this.number = number;
        this.cost = cost;
    }
}
