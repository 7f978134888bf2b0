package dev.bowline.integration.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What went wrong in a run, the first few of it. From any thread. */
public final class Violations {
    private static final int KEPT = 5;

    /** Guarded by this. */
    private final List<String> sentences = new ArrayList<>();

    /** Guarded by this. */
    private int count;

    private final CountDownLatch first = new CountDownLatch(1);

    /**
     * A rule was broken.
     *
     * @param connection whose
     * @param trail what happened on it before
     * @param sentence the rule, and what was seen instead
     */
    synchronized void report(String connection, Trail trail, String sentence) {
        add("connection " + connection + ": " + sentence + "\n    " + trail);
    }

    /** A rule was broken by no connection in particular. */
    public synchronized void add(String sentence) {
        count++;
        first.countDown();
        if (sentences.size() < KEPT) {
            sentences.add(sentence);
        }
    }

    /** Waits for the first, so long at most. */
    public void awaitFirst(Duration limit) throws InterruptedException {
        var unused = first.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    public synchronized List<String> sentences() {
        return List.copyOf(sentences);
    }

    @Override
    public synchronized String toString() {
        return count + " violations\n" + String.join("\n", sentences);
    }
}
