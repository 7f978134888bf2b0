package dev.bowline.internal.connection;

import dev.bowline.internal.CallbackThread;
import org.jspecify.annotations.Nullable;

/** The turns of an event side: each is a step, and what it leaves behind is done before the turn ends. */
final class Turns {
    private final Runnable begin;
    private final Runnable finish;

    /** The thread inside a turn. Other threads may see it late, but none ever takes it for itself. */
    private @Nullable Thread inside;

    Turns(Runnable begin, Runnable finish) {
        this.begin = begin;
        this.finish = finish;
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
        begin.run();
        try {
            step.run();
            finish.run();
        } finally {
            mark.leave();
            inside = null;
        }
    }
}
