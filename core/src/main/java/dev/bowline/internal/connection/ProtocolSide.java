package dev.bowline.internal.connection;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.LossReason.TimedOut.Timer;
import dev.bowline.internal.tls.Peer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A connection with what the framing protocols ask of it beyond; on the event side or from any thread, as each method says. */
public interface ProtocolSide extends Connection {
    /** The handshake is over: so many queued messages more may flow (rule F1). From any thread. */
    void ready(long messages);

    /** The peer answered for so many queued messages (rule F3). Event side. */
    void confirm(int messages);

    /** Ends the client behind the connection; where there is none, closes the connection. From any thread. */
    void finish();

    /** Ends the client behind the connection for a reason that stays; where there is none, closes the connection. From any thread. */
    void fail(Throwable reason);

    /** {@link Connection#close}, for a reason other than the caller's wish. From any thread. */
    void closeBecause(LossReason reason);

    /** Aborts the connection, for something came too late; one that is closing has its own time. From any thread. */
    void timedOut(Timer timer, Duration limit);

    /** The time of the connection's timers, in nanoseconds that only grow. From any thread. */
    long nanoTime();

    /** User code that runs as a callback threw (rule A5). Event side. */
    void callbackFailed(Throwable thrown);

    /** The connection's peer, as sentences name it. From any thread. */
    Peer peer();

    /**
     * Puts bytes back: they are delivered after the rest of the chunk being delivered, if there is one, and before all
     * that has not been delivered yet. An empty buffer makes the protocol look again.
     */
    void unread(ByteBuffer data);

    /** Who can tell whether the protocol keeps bytes of something that is not complete (rule G4); asked on the event side. */
    void keepsInput(BooleanSupplier holds);

    /** The side of a connection that core made. */
    static ProtocolSide of(Connection connection) {
        if (connection instanceof ProtocolSide side) {
            return side;
        }
        throw new IllegalArgumentException("a framed protocol needs a connection made by a Bowline transport, not a "
                + connection.getClass().getName());
    }
}
