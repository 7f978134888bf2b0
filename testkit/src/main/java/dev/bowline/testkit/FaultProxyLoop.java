package dev.bowline.testkit;

import dev.bowline.Scheduler;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a {@link FaultProxy}: one selector for all its connections. Commands run on it, one at a time, so what a
 * command returns from is in effect; nothing here blocks but the selector.
 */
final class FaultProxyLoop {
    private static final int BACKLOG = 1_000;
    private static final int SCRATCH = 16 * 1024;

    /** How long the port may be somebody else's before a restart fails. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final FaultProxy proxy;
    private final InetSocketAddress server;
    private final InetSocketAddress address;
    private final Scheduler clock;
    private final Selector selector = Selector.open();
    private final Queue<FutureTask<?>> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread;

    /** Nothing runs any more; what is added to tasks later has to be cancelled by who adds it. */
    private volatile boolean over;

    /** On the thread, as is all below. */
    private final Set<FaultProxyConnection> connections = new LinkedHashSet<>();

    private final ByteBuffer scratch = ByteBuffer.allocate(SCRATCH);
    private boolean closing;
    private boolean accepting = true;

    /** Null while connections are refused. */
    private @Nullable ServerSocketChannel listener;

    /** Keeps the port while nobody listens on it, so that no other socket gets it. */
    private @Nullable SocketChannel reservation;

    FaultProxyLoop(FaultProxy proxy, InetSocketAddress server, @Nullable Scheduler clock) throws IOException {
        this.proxy = proxy;
        this.server = server;
        ServerSocketChannel first =
                listen(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        this.listener = first;
        this.address = (InetSocketAddress) first.getLocalAddress();
        this.clock = clock != null ? clock : new FaultProxyClock("fault-proxy " + address.getPort() + " timer");
        this.thread = new Thread(this::run, "fault-proxy " + address.getPort());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    InetSocketAddress address() {
        return address;
    }

    Scheduler clock() {
        return clock;
    }

    /** An empty buffer for one read. */
    ByteBuffer scratch() {
        return scratch.clear();
    }

    private ServerSocketChannel listen(InetSocketAddress where) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(where, BACKLOG);
        } catch (IOException e) {
            closeQuietly(channel);
            throw e;
        }
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_ACCEPT);
        return channel;
    }

    // ---- from any thread ----

    /** Runs a command on the thread, and returns when it has taken effect. */
    void call(Runnable command) {
        FutureTask<Integer> task = new FutureTask<>(() -> {
            command.run();
            // What a command closes is closed only by the next selection.
            return selector.selectNow();
        });
        add(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (CancellationException e) {
                    throw new IllegalStateException("the proxy is closed", e);
                } catch (ExecutionException e) {
                    throw new IllegalStateException("the command failed: " + e.getCause(), e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Runs a task on the thread, soon; not at all once the proxy is closed. */
    void post(Runnable task) {
        add(new FutureTask<>(() -> {
            task.run();
            return true;
        }));
    }

    private void add(FutureTask<?> task) {
        tasks.add(task);
        selector.wakeup();
        if (over) {
            cancelTasks();
        }
    }

    private void cancelTasks() {
        for (FutureTask<?> task = tasks.poll(); task != null; task = tasks.poll()) {
            task.cancel(false);
        }
    }

    /** Ends the thread, with all that it has open; returns when it is gone. */
    void close() {
        post(() -> closing = true);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (clock instanceof FaultProxyClock own) {
            own.close();
        }
    }

    // ---- on the thread ----

    private void run() {
        try (Selector closedAtTheEnd = selector) {
            while (!closing) {
                closedAtTheEnd.select();
                for (FutureTask<?> task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                for (SelectionKey key : List.copyOf(closedAtTheEnd.selectedKeys())) {
                    ready(key);
                }
                closedAtTheEnd.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy on port " + address.getPort() + " has failed", e);
        } finally {
            forEach(FaultProxyConnection::reset);
            closeQuietly(listener);
            closeQuietly(reservation);
            over = true;
            cancelTasks();
        }
    }

    private void ready(SelectionKey key) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof FaultProxyConnection connection) {
            connection.ready(key);
        } else if (accepting) {
            accept();
        }
    }

    private void accept() throws IOException {
        ServerSocketChannel from = listener;
        for (SocketChannel client = next(from); client != null; client = next(from)) {
            FaultProxyConnection connection =
                    new FaultProxyConnection(this, selector, client, proxy.toServer(), proxy.toClient());
            connections.add(connection);
            proxy.accepted.add(1);
            proxy.open.add(1);
            connection.connect(server);
        }
    }

    private static @Nullable SocketChannel next(@Nullable ServerSocketChannel from) throws IOException {
        return from == null ? null : from.accept();
    }

    /** A connection is over. */
    void ended(FaultProxyConnection connection) {
        if (connections.remove(connection)) {
            proxy.open.add(-1);
        }
    }

    /** For each connection that is open. */
    void forEach(Consumer<FaultProxyConnection> action) {
        List.copyOf(connections).forEach(action);
    }

    /** Accepts nobody for now: who connects waits. */
    void hold() {
        accepting = false;
        interest(0);
    }

    /** Listens no more. */
    void refuse() {
        if (listener == null) {
            return;
        }
        closeQuietly(listener);
        listener = null;
        try {
            selector.selectNow();
            reservation = SocketChannel.open()
                    .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                    .bind(address);
        } catch (IOException taken) {
            // Then the port is free for a moment, as it is with a server that was killed.
            reservation = null;
        }
    }

    /** Listens and accepts. */
    void restart() {
        accepting = true;
        if (listener != null) {
            interest(SelectionKey.OP_ACCEPT);
            return;
        }
        closeQuietly(reservation);
        reservation = null;
        try {
            listener = listenAgain();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The socket that listened before may live on for a moment after its close: a process that is just being started has
     * copies of all that was open, until its program runs.
     */
    private ServerSocketChannel listenAgain() throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                return listen(address);
            } catch (BindException taken) {
                if (System.nanoTime() > deadline) {
                    throw taken;
                }
                Thread.onSpinWait();
            }
        }
    }

    private void interest(int operations) {
        SelectionKey key = listener == null ? null : listener.keyFor(selector);
        if (key != null) {
            key.interestOps(operations);
        }
    }

    static void closeQuietly(@Nullable Closeable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (IOException brokenAnyway) {
            // What was to be closed is closed as far as it can be.
        }
    }
}
