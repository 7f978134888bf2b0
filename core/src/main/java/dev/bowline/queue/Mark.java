package dev.bowline.queue;

/**
 * A place between two messages. Two marks differ by the messages between them and by what these cost, so the size of
 * any stretch is a subtraction, and there is no counter that could drift.
 *
 * @param chunk the chunk it lies in
 * @param offset where in the chunk; may be its end, with the next message at the start of the next chunk
 * @param number the number of the message that follows
 * @param cost what all messages ever added before this place cost, in bytes
 */
record Mark(Chunk chunk, int offset, long number, long cost) {}
