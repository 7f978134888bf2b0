package dev.bowline.internal.connect;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.bowline.Cancellable;
import dev.bowline.ClientFactory;
import dev.bowline.ConnectOptions;
import dev.bowline.Connector;
import dev.bowline.Endpoint;
import dev.bowline.Resolver;
import dev.bowline.Scheduler;
import dev.bowline.internal.CallbackThread;
import dev.bowline.internal.connection.BatchPool;
import dev.bowline.internal.connection.Resources;
import dev.bowline.internal.tls.TlsResources;
import dev.bowline.spi.Engine;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What the connections of one transport share: its engine, clock, resolver and buffers; and which connectors live. */
public final class EngineRoom {
    /** How long {@link #close} waits for connections and threads to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** So many names may hang in the resolver before the next one has to wait; its attempt's timeout runs meanwhile. */
    private static final int RESOLVER_THREADS = 32;

    /** They run callbacks, which don't block. */
    private static final int ATTEMPT_THREADS = 2;

    /** They check certificates, which takes a processor for some milliseconds. */
    private static final int TLS_THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final String name;
    private final Engine engine;
    private final Scheduler scheduler;
    private final Resolver resolver;
    private final Resources resources;

    /** Runs the factories' callbacks about attempts that have no link. */
    private final Executor attempts;

    /** Runs name resolution, which may block. */
    private final Executor resolving;

    /** Those of them that are the room's own. */
    private final List<ThreadPoolExecutor> pools;

    /** Guards the two below, and the state of each connector. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Those not done. Guarded by lock. */
    private final Set<EndpointConnector> connectors = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Nothing new is connected. Guarded by lock. */
    private boolean closing;

    /** Open until the last connector is done and the engine was told to end. */
    private final CountDownLatch ended = new CountDownLatch(1);

    /** @param executor what runs attempts and resolves names; null for threads of the room's own */
    public EngineRoom(String name, Engine engine, Scheduler scheduler, Resolver resolver, @Nullable Executor executor) {
        this.name = name;
        this.engine = engine;
        this.scheduler = scheduler;
        this.resolver = resolver;
        if (executor != null) {
            this.attempts = executor;
            this.resolving = executor;
            this.pools = List.of();
            this.resources = resources(scheduler, executor);
        } else {
            ThreadPoolExecutor running = pool(ATTEMPT_THREADS, "bowline-" + name + "-attempt-%d");
            ThreadPoolExecutor blocking = pool(RESOLVER_THREADS, "bowline-" + name + "-resolver-%d");
            ThreadPoolExecutor checking = pool(TLS_THREADS, "bowline-" + name + "-tls-%d");
            this.attempts = running;
            this.resolving = blocking;
            this.pools = List.of(running, blocking, checking);
            this.resources = resources(scheduler, checking);
        }
    }

    private static Resources resources(Scheduler scheduler, Executor tlsTasks) {
        return new Resources(scheduler, new BatchPool(), new TlsResources(scheduler, tlsTasks));
    }

    /** Daemons that come with work and go without. */
    private static ThreadPoolExecutor pool(int threads, String nameFormat) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                5,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new ThreadFactoryBuilder()
                        .setNameFormat(nameFormat)
                        .setDaemon(true)
                        .build());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** For its connectors, to change their state; held for assignments. */
    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    Engine engine() {
        return engine;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Resolver resolver() {
        return resolver;
    }

    Resources resources() {
        return resources;
    }

    /** Runs callbacks about attempts at this endpoint. */
    void execute(Endpoint endpoint, Runnable step) {
        attempts.execute(named(endpoint, step));
    }

    /** Runs what may block; nothing once the room is empty: the attempt was given up while it began. */
    void resolve(Endpoint endpoint, Runnable resolution) {
        try {
            resolving.execute(named(endpoint, resolution));
        } catch (RejectedExecutionException rejected) {
            if (!isDeserted()) {
                throw rejected;
            }
        }
    }

    /** A thread of the room's own says for which endpoint it works, in logs and in thread dumps: a name may hang in the resolver. */
    private Runnable named(Endpoint endpoint, Runnable work) {
        if (pools.isEmpty()) {
            return work;
        }
        return () -> {
            Thread thread = Thread.currentThread();
            String idle = thread.getName();
            thread.setName(idle + ' ' + endpoint);
            try {
                work.run();
            } finally {
                thread.setName(idle);
            }
        };
    }

    private boolean isDeserted() {
        lock.lock();
        try {
            return closing && connectors.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Runs user code after a delay. */
    public Cancellable schedule(Duration delay, Runnable task) {
        return scheduler.schedule(
                delay, () -> FactoryUse.guarded(() -> "a task scheduled on the transport '" + name + "'", task));
    }

    /** Makes a connector and starts its first attempt. */
    public Connector connect(Endpoint endpoint, ClientFactory factory, ConnectOptions options) {
        EndpointConnector connector = new EndpointConnector(this, endpoint, factory, options);
        lock.lock();
        try {
            if (closing) {
                throw new IllegalStateException("the transport '" + name + "' is closed");
            }
            connectors.add(connector);
        } finally {
            lock.unlock();
        }
        connector.start();
        return connector;
    }

    /** A connector is done; the last one to leave a closing room puts out the light. */
    void done(EndpointConnector connector) {
        lock.lock();
        try {
            connectors.remove(connector);
            if (!closing || !connectors.isEmpty()) {
                return;
            }
        } finally {
            lock.unlock();
        }
        end();
    }

    private void end() {
        for (ThreadPoolExecutor pool : pools) {
            if (pool == resolving) {
                // A name that hangs is not waited for.
                pool.shutdownNow();
            } else {
                pool.shutdown();
            }
        }
        scheduler.close();
        engine.close();
        ended.countDown();
    }

    /**
     * Aborts what is connected or connecting, and ends the engine. On a callback thread it only begins; elsewhere it
     * returns when all threads have ended, or after ten seconds for what does not end.
     */
    public void close() {
        List<EndpointConnector> left;
        boolean first;
        lock.lock();
        try {
            first = !closing;
            closing = true;
            left = List.copyOf(connectors);
        } finally {
            lock.unlock();
        }
        left.forEach(EndpointConnector::abort);
        if (first && left.isEmpty()) {
            end();
        }
        if (!CallbackThread.isCurrent()) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            if (ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                engine.close();
                scheduler.close();
                long deadline = System.nanoTime() + PATIENCE.toNanos();
                for (ThreadPoolExecutor pool : pools) {
                    pool.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
