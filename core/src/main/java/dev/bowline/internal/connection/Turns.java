package dev.bowline.internal.connection;

import dev.bowline.internal.CallbackThread;
import org.jspecify.annotations.Nullable;

/** The turns of an event side: each is a step, and what it leaves behind is done before the turn ends. */
final class Turns {
    /** Whose turns they are. */
    interface Host {
        /** A turn begins. */
        void turnBegins();

        /** Its step is done; what it left behind is not. */
        void turnEnds();
    }

    private final Host host;

    /** The thread inside a turn. Other threads may see it late, but none ever takes it for itself. */
    private @Nullable Thread inside;

    Turns(Host host) {
        this.host = host;
    }

    /** Whether this very thread is inside one; from any thread. */
    boolean isInside() {
        return inside == Thread.currentThread();
    }

    /** A turn for what waits to be done, without a step of its own. Event side. */
    void takeEmpty() {
        take(() -> {});
    }

    /** One turn; inside of one the step is just run. Event side. */
    void take(Runnable step) {
        if (isInside()) {
            step.run();
            return;
        }
        inside = Thread.currentThread();
        CallbackThread mark = CallbackThread.enter();
        host.turnBegins();
        try {
            step.run();
            host.turnEnds();
        } finally {
            mark.leave();
            inside = null;
        }
    }
}
