package dev.bowline;

/**
 * A connection has more output waiting than it may have (rule B6): the write was not taken, not even in part. Whoever
 * produces faster than the peer reads watches {@link Connection#isWritable}.
 *
 * <pre>{@code
 * void push(byte[] update) {
 *     try {
 *         connection.write(ByteBuffer.wrap(update));
 *     } catch (OutputFullException full) {
 *         connection.abort();                      // 16 MiB behind: it will not catch up
 *     }
 * }
 * }</pre>
 */
public final class OutputFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * With a sentence that says how much waits, and what the limit is.
     *
     * @param message says how much waits, and what the bound is
     */
    public OutputFullException(String message) {
        super(message);
    }
}
