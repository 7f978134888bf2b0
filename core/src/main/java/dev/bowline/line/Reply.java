package dev.bowline.line;

/**
 * How far the reply to a request has come, as its {@link ReplyParser} says after each line and block.
 *
 * @param <R> what a reply is for whoever made the request
 */
public sealed interface Reply<R> {
    /** The reply ends here; the next line belongs to the next request's. */
    record Complete<R>(R value) implements Reply<R> {}

    /**
     * The reply ends here, and says that the request failed: {@code -ERR no such message}. The connection goes on.
     *
     * @param cause what the request's future fails with
     */
    record Failed<R>(Exception cause) implements Reply<R> {}

    /** The next line belongs to this reply, too. */
    record MoreLines<R>() implements Reply<R> {}

    /**
     * The next bytes are a block, for {@link ReplyParser#blockReceived}, whatever is in them; then come lines again.
     *
     * @param length how many, 0 or more. They are held in memory until they are complete: a parser that takes the
     *     number from the server compares it with what it is willing to hold.
     */
    record Block<R>(int length) implements Reply<R> {
        public Block {
            if (length < 0) {
                throw new IllegalArgumentException("a block has 0 or more bytes, not " + length);
            }
        }
    }
}
