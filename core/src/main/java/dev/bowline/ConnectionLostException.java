package dev.bowline;

import java.io.IOException;
import java.util.Objects;

/** A connection ended while somebody waited for it to go on. The message is the reason's clause for people. */
public final class ConnectionLostException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient LossReason reason;

    /** For this reason; its cause is that of this exception, too. */
    public ConnectionLostException(LossReason reason) {
        super(reason.describe(), reason.cause());
        this.reason = reason;
    }

    /**
     * Why the connection ended.
     *
     * @throws NullPointerException after serialization, which keeps the message only
     */
    public LossReason reason() {
        return Objects.requireNonNull(reason, "reasons are not serialized");
    }
}
