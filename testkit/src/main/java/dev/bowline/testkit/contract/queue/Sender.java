package dev.bowline.testkit.contract.queue;

import dev.bowline.queue.MessageQueue;
import dev.bowline.testkit.contract.support.Waiting;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One message sent by a thread of its own, so that a test can watch it wait. */
final class Sender {
    private final CompletableFuture<Long> outcome = new CompletableFuture<>();
    private final Thread thread;

    /** Set by the sender's thread. */
    private volatile boolean begun;

    private Sender(Callable<Long> work) {
        thread = new Thread(
                () -> {
                    begun = true;
                    try {
                        outcome.complete(work.call());
                    } catch (Throwable e) {
                        outcome.completeExceptionally(e);
                    }
                },
                "sender");
        thread.setDaemon(true);
        thread.start();
    }

    static Sender of(Callable<Long> work) {
        return new Sender(work);
    }

    static Sender of(MessageQueue queue, ByteBuffer message, Duration wait) {
        return new Sender(() -> queue.add(message, wait));
    }

    /** Returns when the thread waits for room, which is the only thing it waits for with a limit. */
    Sender untilItWaits() {
        untilItWaitsOrIsDone();
        if (outcome.isDone()) {
            throw new AssertionError("the sender did not wait: " + outcome);
        }
        return this;
    }

    /** The same for a sender that may be done with waiting before anyone looks. */
    Sender untilItWaitsOrIsDone() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Waiting.patienceSeconds());
        while (thread.getState() != Thread.State.TIMED_WAITING && !outcome.isDone()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("the sender neither waits nor ends: " + thread.getState());
            }
            Thread.onSpinWait();
        }
        return this;
    }

    boolean hasBegun() {
        return begun;
    }

    boolean isDone() {
        return outcome.isDone();
    }

    void interrupt() {
        thread.interrupt();
    }

    /** The number of its message. */
    long number() throws Exception {
        return Waiting.await(outcome);
    }

    /** What {@code add} threw. */
    Throwable failure() throws Exception {
        return Waiting.awaitFailure(outcome);
    }
}
