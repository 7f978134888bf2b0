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
 * A client tells the latter by itself, and louder. Keeps nothing: a connector that idles must not pay for it.
 */
final class ConnectorLog {
    private static final System.Logger LOG = System.getLogger("dev.bowline.connection");

    private ConnectorLog() {}

    static void connected(Endpoint endpoint, ClientFactory factory, Connection connection) {
        tell(endpoint, factory, () -> "connected" + Addresses.ends(connection));
    }

    static void failed(Endpoint endpoint, ClientFactory factory, ConnectFailure failure) {
        tell(endpoint, factory, () -> "no connection: " + failure.describe());
    }

    static void lost(Endpoint endpoint, ClientFactory factory, LossReason reason) {
        tell(endpoint, factory, () -> "lost: " + reason.describe());
    }

    private static void tell(Endpoint endpoint, ClientFactory factory, Supplier<String> what) {
        boolean isSomebodyElseTelling = factory instanceof SourcedFactory;
        if (!isSomebodyElseTelling) {
            LOG.log(Level.DEBUG, () -> endpoint + ": " + what.get());
        }
    }

    /** The factory threw where it had to make a protocol. */
    static void notBuilt(Endpoint endpoint, Throwable thrown) {
        LOG.log(Level.ERROR, endpoint + ": no protocol could be made", thrown);
    }
}
