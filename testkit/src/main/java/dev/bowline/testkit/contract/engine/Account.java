package dev.bowline.testkit.contract.engine;

import dev.bowline.testkit.contract.support.Waiting;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** What happened to a link so far: the calls in their order, and the bytes received. For any thread. */
final class Account {
    private static final int LAST = 20;

    private final Object lock = new Object();

    /** Guarded by lock, as is {@link #calls}; the lock is notified when it grows. */
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    private final List<String> calls = new ArrayList<>();

    void add(String call) {
        synchronized (lock) {
            calls.add(call);
        }
    }

    void add(byte[] bytes) {
        synchronized (lock) {
            received.writeBytes(bytes);
            lock.notifyAll();
        }
    }

    List<String> calls() {
        synchronized (lock) {
            return List.copyOf(calls);
        }
    }

    List<String> lastCalls() {
        synchronized (lock) {
            return List.copyOf(calls.subList(Math.max(0, calls.size() - LAST), calls.size()));
        }
    }

    int receivedCount() {
        synchronized (lock) {
            return received.size();
        }
    }

    byte[] received() {
        synchronized (lock) {
            return received.toByteArray();
        }
    }

    /** Waits until so many bytes have arrived in all; everything that has arrived. */
    byte[] awaitReceived(int count) {
        Waiting.until(
                lock,
                () -> receivedCount() >= count,
                () -> count + " bytes, but " + received.size() + "; " + lastCalls());
        return received();
    }
}
