package dev.bowline.integration.stress;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Checks what one connection's callbacks may do, at each of them: that they never overlap and each sees what the one before
 * did (A4), their order (A3), and that no data follows a pause (C2) or a close (C3) of the protocol's own.
 *
 * <pre>
 *   MADE  ( DATA | TASK )*  [ INPUT_ENDED ]  TASK*  LOST  told
 * </pre>
 */
final class ConnectionWatch {
    /** What is called. */
    enum Kind {
        /** {@code connectionMade}. */
        MADE,
        /** {@code dataReceived}, or a line of it. */
        DATA,
        /** {@code inputEnded}. */
        INPUT_ENDED,
        /** A task that was executed or scheduled. */
        TASK,
        /** {@code Protocol.connectionLost}. */
        LOST
    }

    private enum State {
        BUILT,
        OPEN,
        INPUT_OVER,
        LOST,
        TOLD
    }

    private final String connection;
    private final Trail trail;
    private final Violations violations;

    /** Who is inside a callback. */
    private final AtomicReference<Thread> owner = new AtomicReference<>();

    /** How many callbacks began. */
    private final AtomicLong begun = new AtomicLong();

    /** How many ended: not volatile, for each callback has to see what the one before left here without our help. */
    private long ended;

    /** Changed in callbacks; read by any thread. */
    private volatile State state = State.BUILT;

    /** The protocol closed or aborted inside a callback. */
    private volatile boolean closedInside;

    /** The protocol paused inside a callback, and nobody has resumed since. */
    private volatile boolean paused;

    ConnectionWatch(String connection, Trail trail, Violations violations) {
        this.connection = connection;
        this.trail = trail;
        this.violations = violations;
    }

    private void violated(String sentence) {
        violations.report(connection, trail, sentence);
    }

    /** A callback begins; {@link #leave} when it ends. */
    void enter(Kind kind) {
        // Read before anything here makes it visible.
        long seen = ended;
        Thread other = owner.compareAndExchange(null, Thread.currentThread());
        if (other != null) {
            violated("A4: " + kind + " on " + Thread.currentThread().getName() + " overlaps a callback on "
                    + other.getName());
        }
        long before = begun.getAndIncrement();
        if (other == null && seen != before) {
            violated("A4: " + kind + " sees " + seen + " callbacks before it, not " + before);
        }
        order(kind);
    }

    /** The callback is over. */
    void leave() {
        ended = begun.get();
        leaveUnseen();
    }

    /** The callback is over, and the next one does not see what it did: for the checker's own test. */
    void leaveUnseen() {
        owner.compareAndSet(Thread.currentThread(), null);
    }

    private void order(Kind kind) {
        State now = state;
        boolean right = switch (kind) {
            case MADE -> now == State.BUILT;
            case DATA, INPUT_ENDED -> now == State.OPEN;
            case TASK, LOST -> now == State.OPEN || now == State.INPUT_OVER;
        };
        if (!right) {
            violated("A3: " + kind + " while " + now);
        }
        if (closedInside && (kind == Kind.DATA || kind == Kind.INPUT_ENDED)) {
            violated("C3: " + kind + " after a close or abort inside a callback");
        }
        if (paused && kind == Kind.DATA) {
            violated("C2: " + kind + " after a pause inside a callback");
        }
        switch (kind) {
            case MADE -> state = State.OPEN;
            case INPUT_ENDED -> state = State.INPUT_OVER;
            case LOST -> state = State.LOST;
            case DATA, TASK -> {}
        }
    }

    /** Inside a callback: the protocol has closed or aborted. */
    void closedInside() {
        closedInside = true;
    }

    /** Inside a callback: the protocol has paused. Under the lock under which others {@link #resumes resume}. */
    void pausedInside() {
        paused = true;
    }

    /** Reading is going to be resumed. */
    void resumes() {
        paused = false;
    }

    /** {@code ClientFactory.connectionLost}. */
    void factoryTold() {
        if (state != State.LOST) {
            violated("A3: the factory hears of the loss while " + state);
        }
        state = State.TOLD;
    }

    /** Another attempt begins, or the factory has stopped. */
    void nextBegins(String what) {
        if (state != State.TOLD) {
            violated("A3: " + what + " while " + state);
        }
    }

    /** Whether the protocol knows that the connection is over. */
    boolean isLost() {
        State now = state;
        return now == State.LOST || now == State.TOLD;
    }
}
