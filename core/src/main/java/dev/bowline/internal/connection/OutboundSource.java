package dev.bowline.internal.connection;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.LossReason.TimedOut.Timer;
import dev.bowline.LossReport;
import dev.bowline.queue.MessageQueue;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Where a connection's queued messages come from: one object a connection, called on its event side. The connection asks
 * it once the protocol is ready, until it is closing or the peer has ended (rule F1).
 */
public interface OutboundSource {
    /** Permits for any number of messages. */
    long ALL = Long.MAX_VALUE;

    /**
     * The connection is open, and its protocol about to be told.
     *
     * @param deadlines the connection's
     * @param tooSlow ends the connection with a reset, for what its protocol was too slow at
     */
    void connected(Connection connection, Deadlines deadlines, BiConsumer<Timer, Duration> tooSlow);

    /** The protocol is ready for so many messages more (rule F1); the first time {@link #opened} follows. */
    void permit(long messages);

    /** Messages may flow: until {@link #cutOff}, one that is added is to be announced by {@code wake}, from any thread. */
    void opened(Runnable wake);

    /** No message will be taken any more. */
    void cutOff();

    /** Offers whole messages to the taker until it refuses, none waits, or none may go. */
    void take(MessageQueue.Taker taker);

    /**
     * The operating system took the last byte of some messages.
     *
     * @param through the number of the last one
     * @param count how many
     */
    void handedOver(long through, int count);

    /**
     * The peer answered for the oldest messages given to this connection.
     *
     * @throws IllegalStateException if fewer were given and not confirmed; none is then
     */
    void confirm(int count);

    /** The connection is lost, all handed over was told: what was taken beyond that was not sent whole. */
    LossReport lost(LossReason reason);

    /** The protocol wants the client to end (its {@code finish()}). From any thread. */
    void finish();

    /** The protocol says that no attempt has a chance any more (its {@code fail()}); {@link #finish} follows. From any thread. */
    void giveUp(Throwable reason);
}
