package dev.bowline.internal.connect;

import dev.bowline.ClientFactory;
import dev.bowline.ConnectFailure;
import dev.bowline.Connection;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.internal.Addresses;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/**
 * What a connector says in the log: exceptions out of its factory, and how attempts and connections go for who listens to DEBUG.
 * A client tells the latter by itself, and louder.
 */
final class ConnectorLog {
    private static final System.Logger LOG = System.getLogger("dev.bowline.connection");

    private final Endpoint endpoint;
    private final boolean isSomebodyElseTelling;

    ConnectorLog(Endpoint endpoint, ClientFactory factory) {
        this.endpoint = endpoint;
        this.isSomebodyElseTelling = factory instanceof SourcedFactory;
    }

    void connected(Connection connection) {
        tell(() -> "connected" + Addresses.ends(connection));
    }

    void failed(ConnectFailure failure) {
        tell(() -> "no connection: " + failure.describe());
    }

    void lost(LossReason reason) {
        tell(() -> "lost: " + reason.describe());
    }

    private void tell(Supplier<String> what) {
        if (!isSomebodyElseTelling) {
            LOG.log(Level.DEBUG, () -> endpoint + ": " + what.get());
        }
    }

    /** The factory threw where it had to make a protocol. */
    void notBuilt(Throwable thrown) {
        LOG.log(Level.ERROR, endpoint + ": no protocol could be made", thrown);
    }
}
