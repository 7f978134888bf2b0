package dev.bowline.benchmarks.measure;

import dev.bowline.benchmarks.LineText;
import dev.bowline.benchmarks.contender.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Threads that send over one session until they are stopped. They allocate nothing of their own. */
final class Senders {
    private static final int DIFFERENT_LINES = 1024;
    private static final int STOP_SECONDS = 5;

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean goesOn = true;

    Senders(Session session, int count, int lineLength) {
        String[] lines = LineText.lines(lineLength, DIFFERENT_LINES);
        for (int n = 0; n < count; n++) {
            Thread thread = new Thread(() -> pour(session, lines), "sender-" + n);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    private void pour(Session session, String[] lines) {
        try {
            session.pour(lines, () -> goesOn);
        } catch (Exception e) {
            if (goesOn) {
                throw new IllegalStateException("a sender failed while it was measured", e);
            }
        }
    }

    /** From now on nobody begins to send; who waits for room may still do so. */
    void stop() {
        goesOn = false;
    }

    /** Waits until all have ended; the session is closed. */
    void awaitEnd() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
            TimeUnit.SECONDS.timedJoin(thread, STOP_SECONDS);
        }
    }
}
