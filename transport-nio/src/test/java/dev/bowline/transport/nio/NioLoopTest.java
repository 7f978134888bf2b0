package dev.bowline.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only shows when a selector misbehaves; the rest is the engine contract's. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NioLoopTest {
    private final NioLoop loop = newLoop();

    @AfterEach
    void stop() throws Exception {
        loop.stop();
        loop.awaitEnd(TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void aSelectorThatKeepsReturningForNothingIsReplacedAndItsLinksLiveOn() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Echoed handler = new Echoed();
            NioAttempt attempt =
                    new NioAttempt(loop, server.getLocalSocketAddress(), LinkOptions.named("test"), handler);
            loop.execute(attempt::begin);
            Link link = handler.opened.get(10, TimeUnit.SECONDS);
            try (Socket peer = server.accept()) {
                handler.exchange(link, peer, 1);

                Selector broken = loop.selector();
                while (loop.selector() == broken) {
                    // Behind the loop's back, so that to the loop it looks like a return without reason.
                    broken.wakeup();
                    Thread.onSpinWait();
                }
                handler.exchange(link, peer, 2);
                assertThat(broken.isOpen()).isFalse();
                link.execute(link::close);
                assertThat(peer.getInputStream().read()).isEqualTo(-1);
                handler.closed.get(10, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aLoopWhoseThreadIsInterruptedGoesOn() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        loop.execute(() -> thread.complete(Thread.currentThread()));
        thread.get(10, TimeUnit.SECONDS).interrupt();
        CompletableFuture<Void> ran = new CompletableFuture<>();
        loop.execute(() -> ran.complete(null));
        ran.get(10, TimeUnit.SECONDS);
    }

    private static NioLoop newLoop() {
        try {
            return new NioLoop("bowline-nio-test");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Echoed implements LinkHandler {
        final CompletableFuture<Link> opened = new CompletableFuture<>();
        final CompletableFuture<Void> closed = new CompletableFuture<>();
        private final BlockingQueue<Byte> received = new LinkedBlockingQueue<>();

        void exchange(Link link, Socket peer, int value) throws Exception {
            link.execute(() -> link.write(ByteBuffer.wrap(new byte[] {(byte) value})));
            assertThat(peer.getInputStream().read()).isEqualTo(value);
            peer.getOutputStream().write(value);
            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo((byte) value);
        }

        @Override
        public void opened(Link link) {
            opened.complete(link);
        }

        @Override
        public void openFailed(IOException cause) {
            opened.completeExceptionally(cause);
        }

        @Override
        public void received(ByteBuffer data) {
            received.add(data.get());
        }

        @Override
        public void written() {}

        @Override
        public void outputFailed(IOException cause) {
            closed.completeExceptionally(cause);
        }

        @Override
        public void inputEnded() {}

        @Override
        public void closed(IOException cause) {
            closed.complete(null);
        }
    }
}
