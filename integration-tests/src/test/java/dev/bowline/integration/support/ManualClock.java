package dev.bowline.integration.support;

import dev.bowline.Cancellable;
import dev.bowline.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A clock that a test moves: what is due runs inside {@link #advance}, on the caller's thread, in due order. */
public final class ManualClock implements Scheduler {
    /** No two are equal. */
    private static final class Timer {
        private final long due;
        private final Runnable task;

        Timer(long due, Runnable task) {
            this.due = due;
            this.task = task;
        }
    }

    private final Object lock = new Object();

    /** Guarded by lock, as is all below. */
    private final List<Timer> waiting = new ArrayList<>();

    private long now;

    @Override
    public long nanoTime() {
        synchronized (lock) {
            return now;
        }
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        synchronized (lock) {
            Timer timer = new Timer(now + Math.max(0, delay.toNanos()), task);
            waiting.add(timer);
            lock.notifyAll();
            return () -> cancel(timer);
        }
    }

    private void cancel(Timer timer) {
        synchronized (lock) {
            waiting.remove(timer);
            lock.notifyAll();
        }
    }

    /** Lets time pass. */
    public void advance(Duration by) {
        long until;
        synchronized (lock) {
            until = now + by.toNanos();
        }
        for (Timer due = next(until); due != null; due = next(until)) {
            due.task.run();
        }
    }

    private @Nullable Timer next(long until) {
        synchronized (lock) {
            Timer first = waiting.stream()
                    .filter(timer -> timer.due <= until)
                    .min(Comparator.comparingLong(timer -> timer.due))
                    .orElse(null);
            now = first == null ? until : Math.max(now, first.due);
            waiting.remove(first);
            return first;
        }
    }

    /** Waits until somebody has asked to be called in exactly this time from now. */
    public void awaitTimer(Duration left) {
        Waiting.until(lock, () -> isWaiting(left), () -> "a timer of " + left + " among " + waiting.size());
    }

    /** Whether somebody has asked to be called in exactly this time from now. */
    public boolean isWaiting(Duration left) {
        synchronized (lock) {
            return waiting.stream().anyMatch(timer -> timer.due - now == left.toNanos());
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            waiting.clear();
        }
    }
}
