package dev.bowline.testkit.contract.support;

import dev.bowline.testkit.internal.Patience;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what must happen, and fails where it doesn't: no test goes on by the clock. */
public final class Waiting {
    /** Long enough for a machine under load. */
    public static long patienceSeconds() {
        return Patience.get().toSeconds();
    }

    private Waiting() {}

    /** The result of a future that must succeed. */
    public static <T> T await(Future<T> future) throws Exception {
        try {
            return future.get(patienceSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("it did not end within " + patienceSeconds() + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** What a future that must fail ends with. */
    public static Throwable awaitFailure(Future<?> future) throws Exception {
        try {
            Object result = future.get(patienceSeconds(), TimeUnit.SECONDS);
            throw new AssertionError("it ended in " + result + " where it had to fail");
        } catch (TimeoutException e) {
            throw new AssertionError("it did not end within " + patienceSeconds() + " s", e);
        } catch (ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        }
    }

    /** Waits for a latch. */
    public static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(patienceSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it did not happen within " + patienceSeconds() + " s");
        }
    }

    /**
     * Waits for a process to end, on this thread: {@link Process#onExit} ends on one of the common pool's, which may be busy.
     *
     * @return its exit code
     */
    public static int exitCode(Process process) {
        try {
            if (!process.waitFor(patienceSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(process + " did not end within " + patienceSeconds() + " s");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for " + process, e);
        }
        return process.exitValue();
    }

    /** Waits, on a monitor that is notified at every change, for a condition that is read under it. */
    public static void until(Object monitor, BooleanSupplier condition, Supplier<String> awaited) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds());
        synchronized (monitor) {
            while (!condition.getAsBoolean()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("there never was " + awaited.get());
                }
                try {
                    monitor.wait(left);
                } catch (InterruptedException e) {
                    throw new AssertionError("interrupted while waiting for " + awaited.get(), e);
                }
            }
        }
    }

    /** Waits until a thread waits for something itself. */
    public static void untilBlocked(Thread thread) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds());
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            if (System.nanoTime() > deadline || !thread.isAlive()) {
                throw new AssertionError(thread + " never waited: " + thread.getState());
            }
            Thread.onSpinWait();
        }
    }

    /** Runs on a thread of its own. */
    public static <T> CompletableFuture<T> aside(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(work.call());
                    } catch (Throwable t) {
                        result.completeExceptionally(t);
                    }
                },
                "test-aside");
        thread.setDaemon(true);
        thread.start();
        return result;
    }
}
