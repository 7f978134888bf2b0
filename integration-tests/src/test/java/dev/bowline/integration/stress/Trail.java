package dev.bowline.integration.stress;

import java.util.ArrayDeque;

/** The last events of one connection, with the threads they came on. From any thread. */
final class Trail {
    private static final int LENGTH = 40;

    private final long begun = System.nanoTime();

    /** Guarded by this. */
    private final ArrayDeque<String> events = new ArrayDeque<>(LENGTH);

    synchronized void add(String event) {
        if (events.size() == LENGTH) {
            events.removeFirst();
        }
        long micros = (System.nanoTime() - begun) / 1_000;
        events.addLast(micros + " µs  " + event + "  [" + Thread.currentThread().getName() + "]");
    }

    @Override
    public synchronized String toString() {
        return String.join("\n    ", events);
    }
}
