package dev.bowline.integration.server;

import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** The server that the tests of one JVM share. When they have run, says which one it was. */
public final class SharedServer implements LauncherSessionListener {
    private static @Nullable Choice choice;
    /** Why there is none. The next test would find the same, after as long a time. */
    private static @Nullable String failure;

    static synchronized ReferenceServer get() {
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        if (choice == null) {
            try {
                choice = Choice.make();
            } catch (IllegalStateException e) {
                failure = e.getMessage();
                throw e;
            }
        }
        return choice.server();
    }

    private static synchronized @Nullable Choice take() {
        Choice taken = choice;
        choice = null;
        return taken;
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        Choice used = take();
        if (used != null) {
            System.out.println("Reference server: " + used);
            used.server().close();
        }
    }
}
