package dev.bowline.testing;

import dev.bowline.Cancellable;
import dev.bowline.spi.Engine;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An engine whose attempts the test answers, on its own thread. */
public final class FakeEngine implements Engine {
    /** One attempt that waits for an answer. */
    public static final class Opening {
        private final SocketAddress remote;
        private final LinkOptions options;
        private final LinkHandler handler;
        private final CountDownLatch cancelled = new CountDownLatch(1);

        private Opening(SocketAddress remote, LinkOptions options, LinkHandler handler) {
            this.remote = remote;
            this.options = options;
            this.handler = handler;
        }

        public SocketAddress remote() {
            return remote;
        }

        public LinkOptions options() {
            return options;
        }

        /** Whether it is cancelled, within five seconds: that may happen a moment after the attempt has failed. */
        public boolean isCancelled() throws InterruptedException {
            return cancelled.await(5, TimeUnit.SECONDS);
        }

        /** It connects. */
        public FakeLink succeed() {
            FakeLink link = new FakeLink(handler);
            link.open();
            return link;
        }

        public void fail(IOException cause) {
            handler.openFailed(cause);
        }
    }

    private final BlockingQueue<Opening> openings = new LinkedBlockingQueue<>();
    private volatile boolean closed;
    private volatile @Nullable RuntimeException broken;
    private volatile Runnable inOpen = () -> {};

    /** From now on it can't even begin. */
    public void breakDown(RuntimeException why) {
        broken = why;
    }

    /** From now on this happens while an attempt begins, before anybody has its handle. */
    public void whileOpening(Runnable event) {
        inOpen = event;
    }

    @Override
    public Cancellable open(SocketAddress remote, LinkOptions options, LinkHandler handler) {
        RuntimeException why = broken;
        if (why != null) {
            throw why;
        }
        Opening opening = new Opening(remote, options, handler);
        openings.add(opening);
        inOpen.run();
        return opening.cancelled::countDown;
    }

    /** The next attempt; attempts begin on other threads, so this waits for it, five seconds at most. */
    public Opening next() throws InterruptedException {
        Opening next = openings.poll(5, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no attempt within five seconds");
        }
        return next;
    }

    /** Whether no attempt waits to be answered. */
    public boolean isQuiet() {
        return openings.isEmpty();
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
