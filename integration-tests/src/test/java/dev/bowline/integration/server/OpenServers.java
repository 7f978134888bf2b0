package dev.bowline.integration.server;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Closes every server that is still open when the JVM ends, after failed and interrupted runs, too. */
final class OpenServers {
    private static final System.Logger LOG = System.getLogger(OpenServers.class.getName());
    private static final Set<ReferenceServer> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(OpenServers::closeAll, "reference-servers-close"));
    }

    private OpenServers() {}

    static void add(ReferenceServer server) {
        OPEN.add(server);
    }

    /** Whether it was still open. */
    static boolean remove(ReferenceServer server) {
        return OPEN.remove(server);
    }

    private static void closeAll() {
        for (ReferenceServer server : List.copyOf(OPEN)) {
            try {
                server.close();
            } catch (RuntimeException e) {
                // Testcontainers removes its containers at this same moment: one may be gone already.
                LOG.log(Level.DEBUG, "Closing failed", e);
            }
        }
    }
}
