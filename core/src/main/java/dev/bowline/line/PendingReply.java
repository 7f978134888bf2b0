package dev.bowline.line;

import dev.bowline.LossReason;
import dev.bowline.internal.CallbackAwareFuture;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A reply that the server owes, in the order of what was sent.
 *
 * @param parser event side, or the thread that makes the request before anybody else sees it
 * @param limit zero for none
 * @param isRequested whether something is sent for it; a greeting comes by itself
 */
record PendingReply<R>(ReplyParser<R> parser, Duration limit, boolean isRequested, CallbackAwareFuture<R> future) {
    PendingReply(ReplyParser<R> parser, Duration limit, boolean isRequested) {
        this(parser, limit, isRequested, new CallbackAwareFuture<>());
    }

    /** Event side: the connection was lost, and this was its turn or would have been. */
    void lost(LossReason reason) {
        fail(isRequested ? NoReplyException.uncertain(reason) : NoReplyException.unspoken(reason));
    }

    /** What it was to be sent for never was. */
    void neverSent(LossReason reason) {
        fail(isRequested ? NoReplyException.neverSent(reason) : NoReplyException.unspoken(reason));
    }

    void fail(Exception cause) {
        future.completeExceptionally(cause);
    }

    /** One that waits for earlier ones to be answered, with what is to be sent then; owned here. */
    record Unsent(PendingReply<?> reply, ByteBuffer message) {
        /** What one costs beside its bytes, roughly. */
        private static final int OVERHEAD = 64;

        static Unsent copyOf(PendingReply<?> reply, ByteBuffer message) {
            return new Unsent(
                    reply,
                    ByteBuffer.allocate(message.remaining())
                            .put(message.duplicate())
                            .flip());
        }

        static long costOf(ByteBuffer message) {
            return OVERHEAD + (long) message.remaining();
        }
    }
}
