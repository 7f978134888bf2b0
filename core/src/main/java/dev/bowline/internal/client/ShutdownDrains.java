package dev.bowline.internal.client;

import dev.bowline.DrainResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Drains the clients that are open when the JVM is told to stop, by SIGTERM say: all at once, each within its own limit
 * (rule F5). One shutdown hook for all of them, which is there while any is.
 */
final class ShutdownDrains {
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final ReentrantLock LOCK = new ReentrantLock();

    /** Open clients and their limits. Guarded by LOCK. */
    private static final Map<Client, Duration> OPEN = new HashMap<>();

    /** Guarded by LOCK. */
    private static @Nullable Thread hook;

    private ShutdownDrains() {}

    static void add(Client client, Duration limit) {
        LOCK.lock();
        try {
            OPEN.put(client, limit);
            if (hook == null) {
                Thread made = new Thread(ShutdownDrains::drainAll, "bowline-shutdown");
                Runtime.getRuntime().addShutdownHook(made);
                hook = made;
            }
        } catch (IllegalStateException shuttingDown) {
            OPEN.remove(client); // too late for a hook: this client was opened while the JVM stops
        } finally {
            LOCK.unlock();
        }
    }

    static void remove(Client client) {
        LOCK.lock();
        try {
            OPEN.remove(client);
            Thread made = hook;
            if (OPEN.isEmpty() && made != null) {
                hook = null;
                Runtime.getRuntime().removeShutdownHook(made);
            }
        } catch (IllegalStateException shuttingDown) {
            // The hook is at work, or has been.
        } finally {
            LOCK.unlock();
        }
    }

    private static void drainAll() {
        Map<Client, Duration> open;
        LOCK.lock();
        try {
            open = Map.copyOf(OPEN);
        } finally {
            LOCK.unlock();
        }
        CompletableFuture<?>[] drains = open.entrySet().stream()
                .map(each -> ended(each.getKey(), each.getValue()))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(drains).join();
    }

    /** A close that takes longer than its limit is cut off with the JVM: by then all is with the operating system. */
    private static CompletableFuture<?> ended(Client client, Duration limit) {
        CompletableFuture<DrainResult> drained;
        try {
            drained = client.drainAndWarn(limit);
        } catch (RuntimeException broken) {
            return CompletableFuture.failedFuture(broken); // a queue's own trouble is no other client's
        }
        return new CompletableFuture<>()
                .completeOnTimeout(null, millis(limit) + 100, TimeUnit.MILLISECONDS)
                .applyToEither(drained, result -> result);
    }

    private static long millis(Duration limit) {
        return limit.compareTo(LONGEST) < 0 ? limit.toMillis() : LONGEST.toMillis();
    }
}
