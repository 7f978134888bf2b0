package dev.bowline.line;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Puts one reply together out of the lines that a server sends, and knows where it ends. One that remembers earlier lines
 * is made for each request. It is called serially with the connection's callbacks, and must not block.
 *
 * <pre>{@code
 * // The value of memcached's "get key": VALUE key flags length, as many bytes, CRLF, END; or END alone.
 * class Value implements ReplyParser<Optional<String>> {
 *     private Optional<String> value = Optional.empty();
 *
 *     @Override public Reply<Optional<String>> lineReceived(String line) throws ProtocolException {
 *         if (line.equals("END")) return new Reply.Complete<>(value);
 *         String[] words = line.split(" ", -1);
 *         if (!words[0].equals("VALUE")) return new Reply.Failed<>(new IOException(line));
 *         int length = Integer.parseInt(words[3]);
 *         if (length > 1_048_576) throw new ProtocolException("a value of " + length + " bytes");
 *         return new Reply.Block<>(length + 2);
 *     }
 *
 *     @Override public Reply<Optional<String>> blockReceived(ByteBuffer block) {
 *         value = Optional.of(UTF_8.decode(block.limit(block.limit() - 2)).toString());
 *         return new Reply.MoreLines<>();
 *     }
 * }
 * }</pre>
 *
 * <p>An exception says that this is no reply at all. Nobody knows then where the next one begins, so it ends the
 * connection as a protocol failure (rule A5). An error that the server reports is a {@link Reply.Failed}. Each line and block has
 * its limit, but how many of them make a reply is bounded by nothing but its parser: one that keeps lines counts them.
 *
 * @param <R> what a reply is for whoever made the request
 */
@FunctionalInterface
public interface ReplyParser<R> {
    /**
     * The reply's first line arrived, or the next one of a reply that is not complete.
     *
     * @param line without its delimiter
     * @return how far the reply has come
     * @throws Exception if it is no reply at all; it aborts the connection (rule A5)
     */
    Reply<R> lineReceived(String line) throws Exception;

    /**
     * The block arrived that the last answer asked for.
     *
     * @param block exactly as many bytes as asked for; array-backed, valid during the call only
     * @return how far the reply has come
     * @throws Exception if it is no reply at all; it aborts the connection (rule A5)
     */
    default Reply<R> blockReceived(ByteBuffer block) throws Exception {
        throw new IllegalStateException(
                getClass().getName() + " asked for a block, and does not override blockReceived");
    }

    /**
     * For replies of one line; the reply is that line.
     *
     * @return for any number of requests
     */
    static ReplyParser<String> singleLine() {
        return Reply.Complete::new;
    }

    /**
     * For replies of one line or more, of which the last can be told by itself; the reply is all of them. SMTP's, for
     * one: {@code linesThrough(line -> !line.startsWith("-", 3))}. For one reply.
     *
     * @param last whether a line is the last one
     * @return for one request
     */
    static ReplyParser<List<String>> linesThrough(Predicate<String> last) {
        List<String> lines = new ArrayList<>();
        return line -> {
            lines.add(line);
            return last.test(line) ? new Reply.Complete<>(List.copyOf(lines)) : new Reply.MoreLines<>();
        };
    }
}
