package dev.bowline.transport.netty;

import dev.bowline.Cancellable;
import dev.bowline.spi.Engine;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A fixed number of Netty event loops, dealt out to links in turn.
 *
 * <p>The loops stand alone, without the group that Netty usually puts around them: the end of a group is announced on
 * Netty's global executor, whose thread is no daemon and stays for a second. The loops are shut down only when the last
 * link has reported {@code closed}, since a loop that is shutting down drops what is scheduled.
 */
final class NettyEngine implements Engine {
    private static final long CLOSE_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final List<NettyLoop> loops = new ArrayList<>();

    /** Guards the next three. Held for a few instructions. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Set<NettyAttempt> live = new HashSet<>();
    private int opened;
    private boolean closed;

    private final CountDownLatch allGone = new CountDownLatch(1);

    NettyEngine(int threads) {
        try {
            for (int n = 1; n <= threads; n++) {
                loops.add(new NettyLoop("bowline-netty-" + n));
            }
        } catch (RuntimeException e) {
            loops.forEach(NettyLoop::shutDown);
            throw e;
        }
    }

    @Override
    public Cancellable open(SocketAddress remote, LinkOptions options, LinkHandler handler) {
        NettyAttempt attempt;
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the engine is closed");
            }
            NettyLoop loop = loops.get(opened++ % loops.size());
            attempt = new NettyAttempt(this, loop, remote, options, handler);
            live.add(attempt);
        } finally {
            lock.unlock();
        }
        attempt.start();
        return attempt::cancel;
    }

    /** An attempt has failed, or its link has reported {@code closed}. */
    void gone(NettyAttempt attempt) {
        boolean last;
        lock.lock();
        try {
            live.remove(attempt);
            last = closed && live.isEmpty();
        } finally {
            lock.unlock();
        }
        if (last) {
            shutDown();
        }
    }

    @Override
    public void close() {
        List<NettyAttempt> left;
        boolean first;
        lock.lock();
        try {
            first = !closed;
            closed = true;
            left = List.copyOf(live);
        } finally {
            lock.unlock();
        }
        if (first) {
            left.forEach(NettyAttempt::end);
            if (left.isEmpty()) {
                shutDown();
            }
        }
        if (loops.stream().noneMatch(NettyLoop::isCurrent)) {
            awaitEnd();
        }
    }

    private void shutDown() {
        loops.forEach(NettyLoop::shutDown);
        allGone.countDown();
    }

    private void awaitEnd() {
        long deadline = System.nanoTime() + CLOSE_LIMIT_NANOS;
        try {
            if (allGone.await(CLOSE_LIMIT_NANOS, TimeUnit.NANOSECONDS)) {
                for (NettyLoop loop : loops) {
                    loop.awaitEnd(deadline - System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
