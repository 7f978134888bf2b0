package dev.bowline.internal;

/**
 * Knows whether the current thread is inside a callback: of a protocol, a factory, a listener or the continuation of a
 * future, of any transport. There nothing may wait (rule E3), since what it would wait for may need this very thread.
 */
public final class CallbackThread {
    private static final ThreadLocal<CallbackThread> CURRENT = ThreadLocal.withInitial(CallbackThread::new);

    /** How many callbacks this thread is inside of; its own thread's alone. */
    private int depth;

    private CallbackThread() {}

    /** Whether the current thread is inside a callback. */
    public static boolean isCurrent() {
        return CURRENT.get().depth > 0;
    }

    /** A callback begins on this thread; {@link #leave} the result when it ends. */
    public static CallbackThread enter() {
        CallbackThread mark = CURRENT.get();
        mark.depth++;
        return mark;
    }

    /** The callback is over. */
    public void leave() {
        depth--;
    }

    /** Runs user code as a callback. */
    public static void run(Runnable callback) {
        CallbackThread mark = enter();
        try {
            callback.run();
        } finally {
            mark.leave();
        }
    }
}
