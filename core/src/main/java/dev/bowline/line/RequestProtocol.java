package dev.bowline.line;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.internal.UnsolicitedLineException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A protocol of requests that are each answered by one reply, in order: SMTP, POP3, memcached, Redis and their like. Each
 * request is a future, and any number may be on their way at once; what a reply consists of, a {@link ReplyParser} says.
 *
 * <pre>{@code
 * class Memcached extends RequestProtocol {
 *     @Override protected void connectionMade() { ready(); }
 *
 *     CompletableFuture<String> version() { return request("version", ReplyParser.singleLine()); }
 *
 *     CompletableFuture<Long> count(String key) {
 *         return request("incr " + key + " 1", line -> new Reply.Complete<>(Long.parseLong(line)));
 *     }
 * }
 * }</pre>
 *
 * <p>A future completes on a callback thread, as a callback: what depends on the reply goes into a continuation there, the next
 * request too, or {@link #startTls}. What a continuation throws is in the future that it makes, and ends nothing. Elsewhere a
 * future may be waited for; on a callback thread {@code get} and {@code join} throw. Cancelling a future, or completing it by {@code
 * orTimeout}, changes nothing about the request: its reply is awaited in its place, and dropped.
 *
 * <p><b>A reply never counts for another request.</b> One that is not complete in time (30 s; {@link #setReplyTimeout}) aborts the
 * connection ({@link LossReason.TimedOut}), and it is ended, too, by a line that no request awaits ({@link #unsolicited}), by one that is
 * too long, and by a reply that its parser can make nothing of.
 *
 * <p>When the connection is lost, what has no reply fails with a {@link NoReplyException}, which says whether it was never sent or
 * may have been executed. Nothing is made again by itself.
 *
 * <p>{@link #request}, {@link #requestRaw}, {@link #expect} and the two settings may be used from any thread once {@link
 * #connectionMade()} has begun. Replies to what a client's queue sends would be taken for those to requests: a {@link LineClient} of
 * such protocols keeps them connected, and its {@code send} is left alone.
 */
public abstract class RequestProtocol extends LineProtocol {
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(30);

    /** The connection's; null until it is first asked for. By whichever thread does. */
    private final AtomicReference<@Nullable Pipeline> pipeline = new AtomicReference<>();

    /** For the requests to come; from any thread. */
    private volatile Duration replyTimeout = REPLY_TIMEOUT;

    /** A protocol of the default format, {@link LineFormat#crlf()}, or of its client's. */
    protected RequestProtocol() {}

    /**
     * A protocol of this format, for use without a client: a {@link LineClient} gives it its own.
     *
     * @param format of requests and replies
     */
    protected RequestProtocol(LineFormat format) {
        super(format);
    }

    /**
     * Sends a line, and awaits its reply.
     *
     * @param <R> what the reply is
     * @param line its delimiter is added
     * @param parser for this reply
     * @return completes with the reply; fails with what the parser found in it ({@link Reply.Failed}), or with a {@link
     *     NoReplyException}, at once if the connection takes nothing any more
     * @throws dev.bowline.framing.MessageRefusedException if the line contains the delimiter, for CRLF and LF any CR or LF, or
     *     is too long (rule D4); nothing is sent then
     * @throws dev.bowline.OutputFullException if more than 16 MiB would wait to be sent; nothing of it is
     */
    protected final <R> CompletableFuture<R> request(String line, ReplyParser<R> parser) {
        Pipeline entered = pipeline();
        PendingReply<R> reply = new PendingReply<>(parser, replyTimeout, true);
        format().encode(line, message -> {
            entered.enter(reply, message);
            return true;
        });
        return reply.future();
    }

    /**
     * Sends bytes as they are, and awaits their one reply: no delimiter is added, nothing is checked (rule D4). For requests that
     * are more than a line, a command and a block of data say.
     *
     * @param <R> what the reply is
     * @param message from position to limit; copied before the call returns, the position does not move
     * @param parser for this reply
     * @return as {@link #request}
     * @throws dev.bowline.OutputFullException if more than 16 MiB would wait to be sent; nothing of it is
     */
    protected final <R> CompletableFuture<R> requestRaw(ByteBuffer message, ReplyParser<R> parser) {
        PendingReply<R> reply = new PendingReply<>(parser, replyTimeout, true);
        pipeline().enter(reply, message.duplicate());
        return reply.future();
    }

    /**
     * Awaits what the server says by itself, after the replies to all requests that were made: a greeting, in {@link
     * #connectionMade()}.
     *
     * @param <R> what the reply is
     * @param parser for what it says
     * @return as {@link #request}
     */
    protected final <R> CompletableFuture<R> expect(ReplyParser<R> parser) {
        PendingReply<R> reply = new PendingReply<>(parser, replyTimeout, false);
        pipeline().enter(reply, ByteBuffer.allocate(0));
        return reply.future();
    }

    /**
     * How long the server may take for each reply to what is requested from now on: from when it was sent or, if that is later,
     * from when the reply before was complete, until it is complete itself. After that the connection is aborted.
     *
     * @param limit 30 s unless told otherwise; zero for no limit
     */
    protected final void setReplyTimeout(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("a reply timeout is not negative: " + limit);
        }
        replyTimeout = limit;
    }

    /**
     * How many requests may be on their way at once. Those that come later wait here, 16 MiB of them at most, until there is
     * room, and are never sent if the connection is lost before.
     *
     * @param depth 1 or more; 1,000 unless told otherwise. 1 for servers that read nothing while they work on a request.
     */
    protected final void setPipelining(int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException("a pipeline takes 1 request or more, not " + depth);
        }
        pipeline().depth(depth);
    }

    /**
     * A line arrived, and no reply is awaited. Unless this is overridden for servers that may speak by themselves, the
     * connection is aborted: whoever says one thing too many can't be told from one who answered the wrong request.
     *
     * @param line without its delimiter
     * @throws ProtocolException by default, with the line in its message
     */
    protected void unsolicited(String line) throws Exception {
        throw new UnsolicitedLineException(line);
    }

    /**
     * The connection is over; nothing follows, but the failures of what was not answered.
     *
     * @param reason why
     * @param unanswered how many requests have no reply: sent ones, and such as waited to be
     * @throws Exception whatever goes wrong; it is logged, and changes nothing
     */
    protected void connectionLost(LossReason reason, int unanswered) throws Exception {}

    @Override
    public final void connectionLost(LossReason reason) throws Exception {
        Pipeline over = pipeline();
        try {
            connectionLost(reason, over.lost(reason));
        } finally {
            over.fail(reason);
        }
    }

    /** That of the connection; a protocol that is connected again has another one (rule D8). */
    private Pipeline pipeline() {
        Connection current = connection();
        Pipeline made = pipeline.get();
        while (made == null || !made.isOf(current)) {
            pipeline.compareAndSet(made, new Pipeline(current));
            made = pipeline.get();
        }
        return made;
    }

    // ---- what the connection brings ----

    @Override
    protected final void lineReceived(String line) throws Exception {
        PendingReply<?> due = pipeline().due();
        if (due == null) {
            unsolicited(line);
        } else {
            lineReceived(due, line);
        }
    }

    /** Decoded always: a parser reads text. */
    @Override
    protected final void lineReceived(ByteBuffer line) throws Exception {
        super.lineReceived(line);
    }

    private <R> void lineReceived(PendingReply<R> due, String line) throws Exception {
        advance(due, due.parser().lineReceived(line));
    }

    @Override
    protected final void blockReceived(ByteBuffer block) throws Exception {
        PendingReply<?> due = pipeline().due();
        if (due == null) {
            throw new IllegalStateException(
                    "readBytes was called, but blocks are for the reply that is due, and none is");
        }
        blockReceived(due, block);
    }

    private <R> void blockReceived(PendingReply<R> due, ByteBuffer block) throws Exception {
        advance(due, due.parser().blockReceived(block));
    }

    private <R> void advance(PendingReply<R> due, Reply<R> reply) {
        if (reply instanceof Reply.Block<R> block) {
            readBytes(block.length());
        } else if (reply instanceof Reply.Complete<R> complete) {
            pipeline().answered();
            due.future().complete(complete.value());
        } else if (reply instanceof Reply.Failed<R> failed) {
            pipeline().answered();
            due.fail(failed.cause());
        }
    }

    /** Without it a reply would be short of a line, or the next one be taken for it. */
    @Override
    protected final void lineLengthExceeded(int limit) throws Exception {
        super.lineLengthExceeded(limit);
    }
}
