package dev.bowline;

import java.io.IOException;
import java.util.Objects;

/**
 * A connection ended while somebody waited for it to go on. The message is the reason's clause for people.
 *
 * <pre>{@code
 * try (LineConnection pop = LineConnection.open("pop.example:110")) {
 *     System.out.println(pop.readLine(Duration.ofSeconds(10)));
 * } catch (ConnectionLostException lost) {
 *     if (lost.reason() instanceof LossReason.Truncated) {
 *         System.err.println("somebody cut the connection");
 *     }
 * }
 * }</pre>
 */
public final class ConnectionLostException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient LossReason reason;

    /**
     * For this reason; its cause is that of this exception, too.
     *
     * @param reason of the connection that was waited on
     */
    public ConnectionLostException(LossReason reason) {
        super(reason.describe(), reason.cause());
        this.reason = reason;
    }

    /**
     * {@return why the connection ended}
     *
     * @throws NullPointerException after serialization, which keeps the message only
     */
    public LossReason reason() {
        return Objects.requireNonNull(reason, "reasons are not serialized");
    }
}
