package dev.bowline.transport.blocking;

import dev.bowline.spi.LinkHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A link's write direction. Called with the link's lock held, and guarded by it. */
final class Output {
    private Side side = Side.IDLE;

    /** The outstanding write. Its content and position belong to the worker that is in the call. */
    private @Nullable ByteBuffer data;

    /** Why the write to be reported failed. */
    private @Nullable IOException failure;

    boolean is(Side asked) {
        return side == asked;
    }

    boolean isInCall() {
        return side == Side.TRYING || side == Side.BUSY;
    }

    /** Does nothing once the output has failed or the link is closing: either is reported, and ends this write, too. */
    void give(ByteBuffer written) {
        if (side == Side.OVER) {
            return;
        }
        if (data != null) {
            throw new IllegalStateException("a write is outstanding");
        }
        data = written;
        side = side.to(Side.WANTED);
    }

    /** Sending FIN failed. */
    void fail(IOException e) {
        if (side == Side.IDLE) {
            failure = e;
            side = side.to(Side.REPORT);
        }
    }

    /**
     * A worker is about to write.
     *
     * @param call {@link Side#TRYING} or {@link Side#BUSY}
     * @return what it writes
     */
    ByteBuffer enterCall(Side call) {
        side = side.to(call);
        return Objects.requireNonNull(data);
    }

    /** The call has ended: failed, done, or with some left, for which another call follows. */
    void leaveCall(@Nullable IOException e, boolean open) {
        failure = e;
        if (!open) {
            side = side.to(Side.OVER);
        } else if (e == null && Objects.requireNonNull(data).hasRemaining()) {
            side = side.to(Side.WANTED);
        } else {
            side = side.to(Side.REPORT);
        }
    }

    /** The call to the handler that is due; the next write may be given in it. */
    Runnable report(LinkHandler handler) {
        IOException why = failure;
        data = null;
        side = side.to(why == null ? Side.IDLE : Side.OVER);
        return why == null ? handler::written : () -> handler.outputFailed(why);
    }

    /** The link is closing: nothing more, or nothing after the call that is under way. */
    void end() {
        if (!isInCall() && side != Side.OVER) {
            side = side.to(Side.OVER);
        }
    }

    /** No call is under way and none follows. */
    void release() {
        data = null;
    }
}
