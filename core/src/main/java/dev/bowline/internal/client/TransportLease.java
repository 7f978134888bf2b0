package dev.bowline.internal.client;

import com.google.common.base.Suppliers;
import dev.bowline.Transport;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client's hold on its transport: one that was given to it, which it never closes, or a shared one, which ends with the
 * last client that holds it.
 */
public final class TransportLease {
    private static final ReentrantLock LOCK = new ReentrantLock();

    /** The shared transports by the name they were asked for, "" for the default. Guarded by LOCK. */
    private static final Map<String, Shared> SHARED = new HashMap<>();

    private static final class Shared {
        private final String name;

        /** Opened by the first who asks, without LOCK: that looks for providers, and starts threads. */
        private final Supplier<Transport> transport;

        /** Guarded by LOCK. */
        private int clients;

        Shared(String name, Supplier<Transport> transport) {
            this.name = name;
            this.transport = transport;
        }
    }

    private final Transport transport;

    /** Null for a transport that was given, and once released. Guarded by LOCK. */
    private @Nullable Shared shared;

    /** This lease was the last one of a shared transport. Guarded by LOCK. */
    private boolean last;

    private TransportLease(Transport transport, @Nullable Shared shared) {
        this.transport = transport;
        this.shared = shared;
    }

    /** A transport that somebody else closes. */
    public static TransportLease given(Transport transport) {
        return new TransportLease(transport, null);
    }

    /** The shared transport of that name, by default the one that {@link Transport#open()} picks. */
    public static TransportLease shared(@Nullable String name) {
        Shared held = hold(name == null ? "" : name);
        try {
            return new TransportLease(held.transport.get(), held);
        } catch (RuntimeException none) {
            letGo(held);
            throw none;
        }
    }

    private static Shared hold(String name) {
        LOCK.lock();
        try {
            Shared held = SHARED.computeIfAbsent(
                    name,
                    key -> new Shared(
                            key, Suppliers.memoize(() -> key.isEmpty() ? Transport.open() : Transport.open(key))));
            held.clients++;
            return held;
        } finally {
            LOCK.unlock();
        }
    }

    /** Returns whether nobody holds it any more. */
    private static boolean letGo(Shared held) {
        LOCK.lock();
        try {
            held.clients--;
            return held.clients == 0 && SHARED.remove(held.name, held);
        } finally {
            LOCK.unlock();
        }
    }

    /** What is held. */
    public Transport transport() {
        return transport;
    }

    /** The client has ended; the last one to leave a shared transport closes it. */
    public void release() {
        if (isLast()) {
            transport.close();
        }
    }

    private boolean isLast() {
        LOCK.lock();
        try {
            Shared held = shared;
            if (held == null) {
                return false;
            }
            shared = null;
            last = letGo(held);
            return last;
        } finally {
            LOCK.unlock();
        }
    }

    /** Waits until the transport's threads have ended, if the release of this lease closed it. */
    public void awaitEnd() {
        boolean wait;
        LOCK.lock();
        try {
            wait = last;
        } finally {
            LOCK.unlock();
        }
        if (wait) {
            transport.close();
        }
    }
}
