package dev.bowline.transport.blocking;

import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Notes what an engine reports, on which threads, and whether two calls overlap; a test adds what it does in them. */
class TestHandler implements LinkHandler {
    static final String NAME = "example.org:8001";

    final CompletableFuture<Link> opened = new CompletableFuture<>();
    final CompletableFuture<IOException> openFailed = new CompletableFuture<>();
    final CompletableFuture<Optional<IOException>> closed = new CompletableFuture<>();
    final CompletableFuture<Void> overlap = new CompletableFuture<>();
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean busy = new AtomicBoolean();

    /** Event side only. */
    Link link;

    long receivedBytes;
    private final ArrayDeque<ByteBuffer> toWrite = new ArrayDeque<>();
    Runnable onWritten = () -> {};
    Consumer<ByteBuffer> onReceived = data -> {};

    void begin(BlockingEngine engine, ServerSocket server) {
        engine.open(server.getLocalSocketAddress(), LinkOptions.named(NAME), this);
    }

    Link open(BlockingEngine engine, ServerSocket server) throws Exception {
        begin(engine, server);
        return opened.get();
    }

    /** Runs on the event side by itself, or {@link #overlap} says so. */
    void alone(Runnable call) {
        if (!busy.compareAndSet(false, true)) {
            overlap.complete(null);
        }
        threads.add(Thread.currentThread());
        try {
            call.run();
        } finally {
            busy.set(false);
        }
    }

    /** Writes as soon as the write before it is reported: an answer may be received before that. Event side only. */
    void send(ByteBuffer data) {
        toWrite.addLast(data);
        if (toWrite.size() == 1) {
            link.write(data);
        }
    }

    @Override
    public void opened(Link opening) {
        alone(() -> {
            link = opening;
            opened.complete(opening);
        });
    }

    @Override
    public void openFailed(IOException cause) {
        threads.add(Thread.currentThread());
        openFailed.complete(cause);
    }

    @Override
    public void received(ByteBuffer data) {
        alone(() -> {
            receivedBytes += data.remaining();
            onReceived.accept(data);
        });
    }

    @Override
    public void written() {
        alone(() -> {
            toWrite.pollFirst();
            if (!toWrite.isEmpty()) {
                link.write(toWrite.getFirst());
            }
            onWritten.run();
        });
    }

    @Override
    public void outputFailed(IOException cause) {
        alone(() -> {});
    }

    @Override
    public void inputEnded() {
        alone(() -> {});
    }

    @Override
    public void closed(IOException cause) {
        alone(() -> closed.complete(Optional.ofNullable(cause)));
    }
}
