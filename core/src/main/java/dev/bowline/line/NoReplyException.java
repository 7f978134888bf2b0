package dev.bowline.line;

import dev.bowline.LossReason;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request will get no reply, for its connection has ended or is ending. {@link #neverSent} says whether it is safe to
 * make it again; the message says that, too, and why the connection was lost.
 *
 * <pre>{@code
 * void failed(Throwable thrown) {
 *     if (thrown instanceof NoReplyException none && none.neverSent()) {
 *         System.err.println("it is safe to make this request again");
 *     }
 * }
 * }</pre>
 */
public final class NoReplyException extends IOException {
    private static final long serialVersionUID = 1;

    /** For {@link #neverSent()}. */
    private final boolean neverSent;

    private final transient @Nullable LossReason reason;

    private NoReplyException(String message, boolean neverSent, @Nullable LossReason reason) {
        super(message, reason == null ? null : reason.cause());
        this.neverSent = neverSent;
        this.reason = reason;
    }

    /** Written to the connection: whether the server got it, nobody here can know. */
    static NoReplyException uncertain(LossReason reason) {
        return new NoReplyException(
                "the request got no reply, and may have been executed: " + reason.describe(), false, reason);
    }

    /** Not written to any connection. */
    static NoReplyException neverSent(LossReason reason) {
        return new NoReplyException("the request was never sent: " + reason.describe(), true, reason);
    }

    /** Refused by a connection that is not lost yet, and so has no reason. */
    static NoReplyException closing() {
        return new NoReplyException("the request was never sent: the connection is closing", true, null);
    }

    /** Nothing was to be sent, only the server to speak. */
    static NoReplyException unspoken(LossReason reason) {
        return new NoReplyException("the server did not say what was awaited: " + reason.describe(), true, reason);
    }

    /**
     * {@return whether the server certainly never saw the request: it was refused, or still waited for earlier ones
     * to be answered} False if it was written: then it may have been executed, or may have left this machine never.
     */
    public boolean neverSent() {
        return neverSent;
    }

    /**
     * {@return why the connection was lost; empty if it was only closing when the request came, and after
     * serialization}
     */
    public Optional<LossReason> reason() {
        return Optional.ofNullable(reason);
    }
}
