package dev.bowline.internal.connection;

import dev.bowline.internal.CallbackThread;
import org.jspecify.annotations.Nullable;

/** The turns of an event side: each is a step, and what it leaves behind is done before the turn ends. */
abstract class Turns {
    /** The thread inside a turn. Other threads may see it late, but none ever takes it for itself. */
    private @Nullable Thread inside;

    /** A turn begins. */
    abstract void turnBegins();

    /** Its step is done; what it left behind is not. */
    abstract void turnEnds();

    /** Whether this very thread is inside one; from any thread. */
    final boolean isInside() {
        return inside == Thread.currentThread();
    }

    /** A turn for what waits to be done, without a step of its own. Event side. */
    final void takeEmptyTurn() {
        takeTurn(() -> {});
    }

    /** One turn; inside of one the step is just run. Event side. */
    final void takeTurn(Runnable step) {
        if (isInside()) {
            step.run();
            return;
        }
        inside = Thread.currentThread();
        CallbackThread mark = CallbackThread.enter();
        turnBegins();
        try {
            step.run();
            turnEnds();
        } finally {
            mark.leave();
            inside = null;
        }
    }
}
