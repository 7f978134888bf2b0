package dev.bowline.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Messages on their way out, waiting for a ready connection. First in, first out (rule E1); bounded (rule E2).
 *
 * <pre>{@code
 * void print(MessageQueue queue) throws IOException {
 *     long[] last = new long[1];
 *     int taken = queue.take((number, maybeHandedBefore, message) -> {
 *         System.out.println(UTF_8.decode(message));
 *         last[0] = number;
 *         return true;
 *     });
 *     if (taken > 0) queue.delivered(last[0]);
 * }
 * }</pre>
 *
 * <p>A message leaves only by being {@link #delivered}, by a counted drop, or by being handed back at the end (rule
 * E4). In between it may be <em>taken</em>: it is then in the hands of the one consumer, still counts against the
 * bound, and either gets delivered or comes back by {@link #rewind}.
 *
 * <pre>
 *   add → waiting → take → taken → delivered → gone
 *            ↑________rewind__|
 * </pre>
 *
 * <p>What a full queue does is its own choice (rule E3, {@link WhenFull}): it lets senders wait, or refuses, or drops what
 * is not taken to make room, or drops what comes. Every drop is told to the {@link Listener}.
 *
 * <p>{@link #add}, {@link #seal}, {@link #size} and {@link #newest} may be called from any thread. {@link #take},
 * {@link #delivered} and {@link #rewind} belong to one consumer: they are called from one thread at a time, each call
 * seeing what the one before did. No lock is held over IO, over a callback, or while a caller waits (rule E6).
 */
public interface MessageQueue extends AutoCloseable {
    /**
     * Adds a message at the end. The bytes are copied; the buffer's position does not move. In a queue that drops, the one
     * dropped may be this: its number is returned like any other.
     *
     * @param message from position to limit
     * @param wait how long to wait for room if the queue is full and waits at all; zero or less fails at once, any
     *     length is allowed. Waiting callers get room in the order of their arrival (rule E3): while one waits, all
     *     that come later wait behind it, or fail, even if theirs would fit.
     * @return the message's number; numbers rise, with gaps where messages were dropped
     * @throws QueueFullException if there is no room in time, or the message could never fit (that at once)
     * @throws QueueClosedException once the queue is sealed, also while waiting
     * @throws IOException if a queue that keeps messages outside of memory can't
     * @throws InterruptedException if the thread is interrupted while it waits; nothing was added. An interrupt that
     *     comes when the message is already in leaves the thread's interrupt flag set instead.
     */
    long add(ByteBuffer message, Duration wait) throws IOException, InterruptedException;

    /**
     * Offers waiting messages, oldest first and whole, until the taker refuses one or none is left. Never waits. If
     * the taker throws, what it accepted before stays taken, and the exception passes on. A message counts as taken while
     * it is being offered: it is not dropped then.
     *
     * @param taker called inside of this
     * @return how many the taker accepted
     * @throws IOException if a queue that keeps messages outside of memory can't
     */
    int take(Taker taker) throws IOException;

    /**
     * Forgets all taken messages up to and including this number; does nothing if they are gone already. Senders that
     * wait for room get it: when this returns, the messages that fit now are inside.
     *
     * @param through the number of the last of them
     * @throws IllegalArgumentException if the message is not taken; nothing is forgotten
     * @throws IOException if a queue that keeps messages outside of memory can't
     */
    void delivered(long through) throws IOException;

    /** Puts back at the head, in their old order, all messages taken and not delivered. */
    void rewind();

    /**
     * Lets no more messages in (rule E7): callers that wait, and all later ones, get a {@link QueueClosedException}.
     * Atomic with {@link #add}. What is inside stays takeable. Called again, it does nothing.
     */
    void seal();

    /** {@return what is inside, taken messages included} */
    Size size();

    /**
     * {@return how many messages it has dropped, ever (rule E3); counted in the {@link #add} that causes it} From
     * any thread.
     */
    long dropped();

    /**
     * Whether what is inside outlives the process: then a client that ends leaves it there, and hands back only its count
     * (rule E8).
     *
     * @return false unless a queue says otherwise
     */
    default boolean isDurable() {
        return false;
    }

    /**
     * {@return the number of the newest message that ever got in; 0 if there was none} One that was dropped instead
     * doesn't count.
     */
    long newest();

    /**
     * Sets the one listener; it is called without a lock held, on the thread that caused the event. What was added
     * before is not told: look with {@link #take} once after this.
     *
     * @param listener instead of the one before
     */
    void listen(Listener listener);

    /** Seals the queue and frees what it uses; what is still inside is gone, unless the queue is durable. */
    @Override
    void close() throws IOException;

    /**
     * Messages, and their cost in bytes as the bound counts it, overhead included.
     *
     * @param messages how many
     * @param bytes what they count
     */
    record Size(long messages, long bytes) {}

    /** Takes messages out. */
    @FunctionalInterface
    interface Taker {
        /**
         * Is offered one message. It may add to the queue, seal and close it, but not take, deliver or rewind.
         *
         * @param number the message's number
         * @param maybeHandedBefore whether a taker accepted it before, and it came back by a rewind
         * @param message from position to limit, big-endian; valid during the call only, not to be written to
         * @return whether it was taken; false ends {@link MessageQueue#take}
         */
        boolean accept(long number, boolean maybeHandedBefore, ByteBuffer message);
    }

    /** Hears what happens to the queue. Calls are short and never throw; they come without a lock held. */
    @FunctionalInterface
    interface Listener {
        /**
         * A message got in: called once for each, on the thread that added it, before its {@link MessageQueue#add}
         * returns, and after it was told what was dropped for it.
         */
        void available();

        /**
         * A message left the queue to make room, or never got in (rule E3): called once for each, the oldest first, on the
         * thread whose {@link MessageQueue#add} caused it, before that returns.
         *
         * @param number the message's number
         * @param maybeHandedBefore whether a taker accepted it before, and it came back by a rewind
         * @param message from position to limit, big-endian; valid during the call only, not to be written to
         */
        default void dropped(long number, boolean maybeHandedBefore, ByteBuffer message) {}

        /**
         * A queue that keeps messages outside of memory failed: it takes and gives no more.
         *
         * @param cause what was thrown
         */
        default void failed(IOException cause) {}
    }
}
