package dev.bowline.internal.client;

import dev.bowline.internal.CallbackAwareFuture;
import dev.bowline.internal.CallbackThread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Who waits until all messages up to a number are delivered (rule F4). From any thread. */
final class Flushes {
    private record Flush(long target, CompletableFuture<Void> done) {}

    /** Never held while a future completes: its continuations are user code. */
    private final ReentrantLock lock = new ReentrantLock();

    /** The nearest target first. Guarded by lock. */
    private final PriorityQueue<Flush> waiting = new PriorityQueue<>(Comparator.comparingLong(Flush::target));

    /** All messages up to this number are delivered. Guarded by lock. */
    private long deliveredThrough;

    /** Why no more will be delivered, once that is so. Guarded by lock. */
    private @Nullable Throwable over;

    /** A future that completes when all messages up to the target are delivered, at once if they are. */
    CompletableFuture<Void> until(long target) {
        CompletableFuture<Void> done = new CallbackAwareFuture<>();
        lock.lock();
        try {
            if (target > deliveredThrough && over == null) {
                waiting.add(new Flush(target, done));
                return done;
            }
            if (target > deliveredThrough) {
                done.completeExceptionally(over);
            } else {
                done.complete(null);
            }
        } finally {
            lock.unlock();
        }
        return done;
    }

    /** All messages up to a number are delivered. */
    void delivered(long through) {
        List<Flush> reached = new ArrayList<>(0);
        lock.lock();
        try {
            deliveredThrough = Math.max(deliveredThrough, through);
            while (!waiting.isEmpty() && waiting.peek().target() <= deliveredThrough) {
                reached.add(waiting.poll());
            }
        } finally {
            lock.unlock();
        }
        reached.forEach(flush -> CallbackThread.run(() -> flush.done().complete(null)));
    }

    /** Nothing more will be delivered: those that wait fail. */
    void fail(Throwable why) {
        List<Flush> left;
        lock.lock();
        try {
            over = why;
            left = new ArrayList<>(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        left.forEach(flush -> CallbackThread.run(() -> flush.done().completeExceptionally(why)));
    }
}
