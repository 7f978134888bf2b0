package dev.bowline.integration.engine;

import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What happened to a link so far: the calls in their order, and the bytes received. For any thread. */
final class Account {
    private static final int LAST = 20;

    /** Guarded by this, as is {@link #calls}; notified when it grows. */
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    private final List<String> calls = new ArrayList<>();

    synchronized void add(String call) {
        calls.add(call);
    }

    synchronized void add(byte[] bytes) {
        received.writeBytes(bytes);
        notifyAll();
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized List<String> lastCalls() {
        return List.copyOf(calls.subList(Math.max(0, calls.size() - LAST), calls.size()));
    }

    synchronized int receivedCount() {
        return received.size();
    }

    synchronized byte[] received() {
        return received.toByteArray();
    }

    /** Waits until so many bytes have arrived in all; everything that has arrived. */
    synchronized byte[] awaitReceived(int count, long seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (received.size() < count) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    fail(received.size() + " bytes of " + count + " arrived; " + lastCalls());
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return received.toByteArray();
    }
}
