package dev.bowline.transport.blocking;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The threads of one engine: makes them, knows them, waits for their end. */
final class Workers {
    /** How threads are made. */
    private interface Maker {
        Thread make(String name, Runnable work);
    }

    /** From how many on ended threads are forgotten: less often than every time, more often than never. */
    private static final int FIRST_SWEEP = 64;

    static final Duration PLATFORM_REST = Duration.ofSeconds(10);

    private final Maker maker;
    private final long restNanos;
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * All that have not ended, and some that have: a thread that took itself out would be missed shortly before its
     * end. Guarded by the lock.
     */
    private final Set<Thread> threads = new HashSet<>();

    /** The size at which to look for ended ones. Guarded by the lock. */
    private int sweepAt = FIRST_SWEEP;

    private Workers(Maker maker, Duration rest) {
        this.maker = maker;
        this.restNanos = rest.toNanos();
    }

    /** Virtual threads where there are any (Java 21), platform threads elsewhere. */
    static Workers ofThisJvm() {
        Maker virtual = virtualThreads();
        return virtual == null ? platform(PLATFORM_REST) : new Workers(virtual, Duration.ZERO);
    }

    /** Daemon threads of the operating system, which stay without work for a while. */
    static Workers platform(Duration rest) {
        return new Workers(
                (name, work) -> {
                    Thread thread = new Thread(null, work, name, 0, false);
                    thread.setDaemon(true);
                    return thread;
                },
                rest);
    }

    /**
     * How long a worker without work stays before it ends. A virtual thread is as cheap to start as to wake, and needs
     * no timer when it just ends.
     */
    long restNanos() {
        return restNanos;
    }

    void start(String name, Runnable work) {
        Thread thread = maker.make(name, work);
        lock.lock();
        try {
            if (threads.size() >= sweepAt) {
                threads.removeIf(t -> t.getState() == Thread.State.TERMINATED);
                sweepAt = Math.max(FIRST_SWEEP, 2 * threads.size());
            }
            threads.add(thread);
        } finally {
            lock.unlock();
        }
        boolean started = false;
        try {
            thread.start();
            started = true;
        } finally {
            if (!started) {
                forget(thread);
            }
        }
    }

    boolean owns(Thread thread) {
        lock.lock();
        try {
            return threads.contains(thread);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until none is left, threads that start meanwhile included. */
    void awaitEnd(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Thread thread = any(); thread != null; thread = any()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return;
            }
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (thread.getState() == Thread.State.TERMINATED) {
                forget(thread);
            }
        }
    }

    private @Nullable Thread any() {
        lock.lock();
        try {
            return threads.isEmpty() ? null : threads.iterator().next();
        } finally {
            lock.unlock();
        }
    }

    private void forget(Thread thread) {
        lock.lock();
        try {
            threads.remove(thread);
        } finally {
            lock.unlock();
        }
    }

    /** Java 21's virtual threads, looked up by name since this is compiled for 17; null where there are none. */
    private static @Nullable Maker virtualThreads() {
        if (Runtime.version().feature() < 21) {
            return null; // 19 and 20 have them as a preview only
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Class<?> virtualBuilder = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle ofVirtual =
                    lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtualBuilder));
            MethodHandle name = lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class));
            MethodHandle unstarted =
                    lookup.findVirtual(builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
            // (String, Runnable) -> ofVirtual().name(String).unstarted(Runnable)
            MethodHandle named =
                    MethodHandles.collectArguments(name, 0, ofVirtual.asType(MethodType.methodType(builder)));
            MethodHandle make = MethodHandles.collectArguments(unstarted, 0, named);
            return (threadName, work) -> make(make, threadName, work);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static Thread make(MethodHandle handle, String name, Runnable work) {
        try {
            return (Thread) handle.invokeExact(name, work);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("no virtual thread could be made", e);
        }
    }
}
