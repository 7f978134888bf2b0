package dev.bowline.line;

/**
 * How far the reply to a request has come, as its {@link ReplyParser} says after each line and block.
 *
 * <pre>{@code
 * // The reply to a command of POP3 that brings no data
 * ReplyParser<String> status = line -> line.startsWith("+OK")
 *         ? new Reply.Complete<>(line)
 *         : new Reply.Failed<>(new IOException(line));
 * }</pre>
 *
 * @param <R> what a reply is for whoever made the request
 */
public sealed interface Reply<R> {
    /**
     * The reply ends here; the next line belongs to the next request's.
     *
     * @param <R> what a reply is for whoever made the request
     * @param value what the request's future completes with
     */
    record Complete<R>(R value) implements Reply<R> {}

    /**
     * The reply ends here, and says that the request failed: {@code -ERR no such message}. The connection goes on.
     *
     * @param <R> what a reply is for whoever made the request
     * @param cause what the request's future fails with
     */
    record Failed<R>(Exception cause) implements Reply<R> {}

    /**
     * The next line belongs to this reply, too.
     *
     * @param <R> what a reply is for whoever made the request
     */
    record MoreLines<R>() implements Reply<R> {}

    /**
     * The next bytes are a block, for {@link ReplyParser#blockReceived}, whatever is in them; then come lines again.
     *
     * @param <R> what a reply is for whoever made the request
     * @param length how many, 0 or more. They are held in memory until they are complete: a parser that takes the
     *     number from the server compares it with what it is willing to hold.
     */
    record Block<R>(int length) implements Reply<R> {
        /**
         * Checks the length.
         *
         * @param length {@link #length}
         * @throws IllegalArgumentException if it is negative
         */
        public Block {
            if (length < 0) {
                throw new IllegalArgumentException("a block has 0 or more bytes, not " + length);
            }
        }
    }
}
