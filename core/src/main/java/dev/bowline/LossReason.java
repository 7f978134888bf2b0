package dev.bowline;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection ended (rule A6): the first thing that happened to it, not what followed from that.
 *
 * <pre>{@code
 * class Session extends LineProtocol {
 *     @Override protected void lineReceived(String line) {}
 *
 *     @Override public void connectionLost(LossReason reason) {
 *         if (reason instanceof LossReason.TimedOut late) {
 *             System.err.println("too slow by the timer " + late.timer());
 *         } else {
 *             System.err.println(reason.describe());
 *         }
 *     }
 * }
 * }</pre>
 */
public sealed interface LossReason {
    /** {@return one clause for people, such as {@code closed by the peer}} */
    String describe();

    /** {@return what was thrown, where that is the reason; else null} */
    default @Nullable Throwable cause() {
        return null;
    }

    /** {@link Connection#close} was called here. */
    record ClosedHere() implements LossReason {
        @Override
        public String describe() {
            return "closed here";
        }
    }

    /** The peer ended it in good order. */
    record ClosedByPeer() implements LossReason {
        @Override
        public String describe() {
            return "closed by the peer";
        }
    }

    /** {@link Connection#abort} was called here, or the transport was closed. */
    record AbortedHere() implements LossReason {
        @Override
        public String describe() {
            return "aborted here";
        }
    }

    /**
     * The network or the peer broke it: a reset, a failed read or write.
     *
     * @param cause what the operating system said
     */
    record Failed(IOException cause) implements LossReason {
        @Override
        public String describe() {
            return "connection failed: " + Causes.sentence(cause);
        }
    }

    /**
     * A timer ended it.
     *
     * @param timer which one
     * @param limit what it was set to
     * @param protocol the simple name of the protocol's class
     */
    record TimedOut(Timer timer, Duration limit, String protocol) implements LossReason {
        /** What a connection may be too slow at. */
        public enum Timer {
            /** Nothing was received for too long (rule C4, {@link ConnectOptions#idleTimeout}). */
            IDLE("nothing was received for "),
            /** Output waited, and none of it was taken for too long (rule B7, {@link ConnectOptions#writeStall}). */
            WRITE_STALL("the peer took no output for "),
            /** The protocol of a client did not call {@code ready()} in time (rule F6). */
            NOT_READY(" never called ready() within "),
            /** Messages waited to be confirmed, and none was for too long (rule F6, {@link Delivery#confirmed}). */
            NOT_CONFIRMED(" confirmed nothing for "),
            /** A request was sent, and its reply was not complete in time ({@link dev.bowline.line.RequestProtocol}). */
            NO_REPLY("no reply was complete within ");

            private final String clause;

            Timer(String clause) {
                this.clause = clause;
            }
        }

        @Override
        public String describe() {
            boolean itsFault = timer == Timer.NOT_READY || timer == Timer.NOT_CONFIRMED;
            return (itsFault ? protocol : "") + timer.clause + Causes.seconds(limit);
        }
    }

    /**
     * A callback threw (rule A5).
     *
     * @param cause what it threw
     */
    record ProtocolFailure(Throwable cause) implements LossReason {
        @Override
        public String describe() {
            return "the protocol failed: " + Causes.sentence(cause);
        }
    }

    /**
     * The protocol ended it, and the client with it, because another attempt would come to the same ({@link
     * dev.bowline.framing.FramedProtocol#fail}).
     *
     * @param cause what it said
     */
    record GivenUp(Throwable cause) implements LossReason {
        @Override
        public String describe() {
            return Causes.sentence(cause);
        }
    }

    /**
     * The peer sent a line or frame over the limit (rule D2).
     *
     * @param limit the most bytes that a line or frame may have
     */
    record TooLong(int limit) implements LossReason {
        @Override
        public String describe() {
            return "the peer sent a line of more than " + limit + " bytes";
        }
    }

    /**
     * TLS failed: its handshake after {@link Connection#startTls}, or what came later broke its rules (rule G1).
     *
     * @param cause what failed
     */
    record TlsFailed(TlsException cause) implements LossReason {
        @Override
        public String describe() {
            return "TLS failed: " + Causes.sentence(cause);
        }
    }

    /**
     * The peer's end came without the word of TLS that announces it (close_notify): somebody else may have cut the connection,
     * and what was received may not be all (rule G3).
     */
    record Truncated() implements LossReason {
        @Override
        public String describe() {
            return "the connection was cut off: it ended without TLS saying so";
        }
    }
}
