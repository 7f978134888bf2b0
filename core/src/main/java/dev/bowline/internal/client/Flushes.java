package dev.bowline.internal.client;

import dev.bowline.internal.CallbackAwareFuture;
import dev.bowline.internal.CallbackThread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Who waits until all messages up to a number are delivered (rule F4). From any thread. */
final class Flushes {
    private record Flush(long target, CompletableFuture<Void> done) {}

    /** Whether each drop of the queue was told: until then one that a flush covers may be on its way here. */
    private final BooleanSupplier allIsTold;

    /** Never held while a future completes: its continuations are user code. */
    private final ReentrantLock lock = new ReentrantLock();

    /** The nearest target first. Guarded by lock. */
    private final PriorityQueue<Flush> waiting = new PriorityQueue<>(Comparator.comparingLong(Flush::target));

    /** All messages up to this number are delivered, or gone. Guarded by lock. */
    private long deliveredThrough;

    /** How often messages left undelivered. Written under lock. */
    private final AtomicLong failures = new AtomicLong();

    /** Why no more will be delivered, once that is so. Guarded by lock. */
    private @Nullable Throwable over;

    Flushes(BooleanSupplier allIsTold) {
        this.allIsTold = allIsTold;
    }

    /**
     * A future that completes when all messages up to the target are delivered, at once if they are.
     *
     * @param target asked without a lock, and again if messages left undelivered meanwhile: their flush is not to wait
     */
    CompletableFuture<Void> until(LongSupplier target) {
        CallbackAwareFuture<Void> done = new CallbackAwareFuture<>();
        long before = failures.get();
        long number = target.getAsLong();
        while (!register(number, before, done)) {
            before = failures.get();
            number = target.getAsLong();
        }
        return done.copy();
    }

    private boolean register(long target, long before, CompletableFuture<Void> done) {
        lock.lock();
        try {
            if (failures.get() != before) {
                return false;
            }
            if (target <= deliveredThrough) {
                done.complete(null);
            } else if (over != null) {
                done.completeExceptionally(over);
            } else {
                waiting.add(new Flush(target, done));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** All messages up to a number are delivered, or gone. */
    void delivered(long through) {
        lock.lock();
        try {
            deliveredThrough = Math.max(deliveredThrough, through);
            if (waiting.isEmpty()) {
                return;
            }
        } finally {
            lock.unlock();
        }
        completeReached();
    }

    /** Looks again: a drop was told, and those may end that waited for that alone. */
    void completeReached() {
        // Asked without the lock, and enough if it was so at any moment after what was reached was delivered.
        if (!allIsTold.getAsBoolean()) {
            return;
        }
        List<Flush> reached;
        lock.lock();
        try {
            reached = pollReached();
        } finally {
            lock.unlock();
        }
        reached.forEach(flush -> CallbackThread.run(() -> flush.done().complete(null)));
    }

    /** Mostly nobody waits, and then nothing is made. Under the lock. */
    private List<Flush> pollReached() {
        if (waiting.isEmpty() || waiting.peek().target() > deliveredThrough) {
            return List.of();
        }
        List<Flush> reached = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.peek().target() <= deliveredThrough) {
            reached.add(waiting.poll());
        }
        return reached;
    }

    /** A message left undelivered: those that cover it fail. */
    void failFrom(long number, Throwable why) {
        List<Flush> failed = new ArrayList<>(0);
        lock.lock();
        try {
            failures.incrementAndGet();
            waiting.removeIf(flush -> flush.target() >= number && failed.add(flush));
        } finally {
            lock.unlock();
        }
        failed.forEach(flush -> CallbackThread.run(() -> flush.done().completeExceptionally(why)));
    }

    /** Nothing more will be delivered: those that wait fail. */
    void fail(Throwable why) {
        lock.lock();
        try {
            over = why;
        } finally {
            lock.unlock();
        }
        failFrom(0, why);
    }
}
