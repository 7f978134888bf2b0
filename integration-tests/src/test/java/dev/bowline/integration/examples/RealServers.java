package dev.bowline.integration.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * The servers of the examples, one of a kind for all tests of a JVM, each started by whoever asks first. Where one is not
 * installed its tests are skipped, unless {@code -Dexample.servers=all} insists. When the tests have run, says which ones they met.
 */
public final class RealServers implements LauncherSessionListener {
    private static final String PROPERTY = "example.servers";

    private static final Map<RealServer, ServerProcess> SHARED = new EnumMap<>(RealServer.class);
    private static final Map<RealServer, String> MET = new EnumMap<>(RealServer.class);
    private static final Set<RealServer> MISSED = EnumSet.noneOf(RealServer.class);

    /** One that tests share; they don't close it. Skips the test where there is none. */
    static synchronized ServerProcess shared(RealServer kind, String... options) throws IOException {
        ServerProcess running = SHARED.get(kind);
        if (running == null) {
            running = start(kind, options);
            SHARED.put(kind, running);
        }
        return running;
    }

    /** One of the caller's own, to be closed, with further options. Skips the test where there is none. */
    static synchronized ServerProcess start(RealServer kind, String... options) throws IOException {
        Path program = kind.find().orElseGet(() -> missing(kind));
        if (!MET.containsKey(kind)) {
            MET.put(kind, kind.describe(program));
        }
        return ServerProcess.start(kind, program, List.of(options));
    }

    private static Path missing(RealServer kind) {
        String insisted = System.getProperty(PROPERTY);
        if (insisted != null) {
            throw new IllegalStateException(
                    insisted.equals("all")
                            ? "-D" + PROPERTY + "=all cannot be had here: " + kind.isMissing()
                            : "-D" + PROPERTY + "=" + insisted + " is not 'all', which is the one thing to insist on");
        }
        MISSED.add(kind);
        return Assumptions.abort(kind.isMissing());
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        List<ServerProcess> running;
        synchronized (RealServers.class) {
            running = new ArrayList<>(SHARED.values());
            SHARED.clear();
            if (!MET.isEmpty()) {
                System.out.println("Servers of the examples: " + String.join(", ", MET.values()));
            }
            for (RealServer kind : MISSED) {
                System.out.println("Examples were skipped: " + kind.isMissing());
            }
        }
        running.forEach(ServerProcess::close);
    }
}
