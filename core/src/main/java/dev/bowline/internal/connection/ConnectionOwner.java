package dev.bowline.internal.connection;

import dev.bowline.LossReport;
import dev.bowline.Protocol;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for a connection. Called on the connection's event side, as a callback, one of its methods once; then the
 * connection forgets it.
 */
public interface ConnectionOwner {
    /**
     * The connection is open.
     *
     * @return who serves it; null if it is not wanted, and is dropped without another word
     */
    @Nullable
    Service opened(LinkConnection connection);

    /** There is no connection. */
    void openFailed(IOException cause);

    /**
     * What serves a connection.
     *
     * @param protocol what it does
     * @param source where its queued messages come from; null without a queue
     * @param sequel what comes after it
     */
    record Service(Protocol protocol, @Nullable OutboundSource source, Sequel sequel) {}

    /** What comes after a connection. Called on its event side, as a callback. */
    interface Sequel {
        /** The connection is over, and its protocol was told (rule A3). Once. */
        void lost(LossReport report);
    }
}
