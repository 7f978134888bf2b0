package dev.bowline;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Why a connection ended (rule A6): the first thing that happened to it, not what followed from that. */
public sealed interface LossReason {
    /** One clause for people, such as {@code closed by the peer}. */
    String describe();

    /** What was thrown, where that is the reason; else null. */
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

    /** The network or the peer broke it: a reset, a failed read or write. */
    record Failed(IOException cause) implements LossReason {
        @Override
        public String describe() {
            return "connection failed: " + Causes.sentence(cause);
        }
    }

    /** A callback threw (rule A5). */
    record ProtocolFailure(Throwable cause) implements LossReason {
        @Override
        public String describe() {
            return "the protocol failed: " + Causes.sentence(cause);
        }
    }

    /** The peer sent a line or frame over the limit (rule D2). */
    record TooLong(int limit) implements LossReason {
        @Override
        public String describe() {
            return "the peer sent a line of more than " + limit + " bytes";
        }
    }
}
