package dev.bowline.integration.framing;

import dev.bowline.Cancellable;
import dev.bowline.spi.Engine;
import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/** An engine without a network or a thread: the test feeds each link chunk by chunk, and its thread is the event side. */
final class ChunkEngine implements Engine {
    private final Queue<LinkHandler> attempts = new ArrayDeque<>();

    @Override
    public Cancellable open(SocketAddress remote, LinkOptions options, LinkHandler handler) {
        attempts.add(handler);
        return () -> {};
    }

    /** Connects the attempt that waits. */
    ChunkLink open() {
        LinkHandler handler = attempts.remove();
        ChunkLink link = new ChunkLink(handler);
        link.run(() -> handler.opened(link));
        return link;
    }

    @Override
    public void close() {}

    /** Swallows what is written, and delivers what the test says. */
    static final class ChunkLink implements Link {
        private static final SocketAddress NOWHERE = InetSocketAddress.createUnresolved("nowhere", 1);

        private final LinkHandler handler;
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private boolean closed;

        private ChunkLink(LinkHandler handler) {
            this.handler = handler;
        }

        void receive(byte[] bytes) {
            run(() -> {
                if (!closed) {
                    handler.received(ByteBuffer.wrap(bytes));
                }
            });
        }

        void endInput() {
            run(() -> {
                if (!closed) {
                    handler.inputEnded();
                }
            });
        }

        /** Runs it on the event side, and all that follows from it. */
        void run(Runnable task) {
            tasks.add(task);
            for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
                next.run();
            }
        }

        @Override
        public void write(ByteBuffer data) {
            data.position(data.limit());
            handler.written();
        }

        /** What a chunk is, the test says: the next may come while reading is off. */
        @Override
        public void setReading(boolean on) {}

        @Override
        public void shutdownOutput() {}

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                tasks.add(() -> handler.closed(null));
            }
        }

        @Override
        public void abort() {
            close();
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public SocketAddress localAddress() {
            return NOWHERE;
        }

        @Override
        public SocketAddress remoteAddress() {
            return NOWHERE;
        }
    }
}
