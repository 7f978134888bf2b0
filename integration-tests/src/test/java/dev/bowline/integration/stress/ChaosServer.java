package dev.bowline.integration.stress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** The peer of all connections of a run: one thread and a selector. Each connection is a {@link ServerConversation}. */
final class ChaosServer implements AutoCloseable {
    private static final int TICK_MILLIS = 20;

    private final Register register;
    private final Violations violations;
    private final SplittableRandom random;
    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final Thread thread = new Thread(this::run, "chaos-server");

    /** No more mischief: what comes is read to its end. */
    private volatile boolean finishing;

    private volatile boolean closing;

    /** On the thread, as is the next. */
    private final Set<ServerConversation> conversations = new HashSet<>();

    private int accepted;

    ChaosServer(Register register, Violations violations, SplittableRandom random) throws IOException {
        this.register = register;
        this.violations = violations;
        this.random = random;
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), listener.socket().getLocalPort());
    }

    private void run() {
        try {
            long tick = System.nanoTime();
            while (!closing && !(finishing && conversations.isEmpty())) {
                selector.select(TICK_MILLIS);
                for (SelectionKey key : List.copyOf(selector.selectedKeys())) {
                    ready(key);
                }
                selector.selectedKeys().clear();
                if (System.nanoTime() - tick > TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
                    tick = System.nanoTime();
                    List.copyOf(conversations).forEach(each -> each.tick(finishing));
                }
                conversations.removeIf(ServerConversation::isOver);
            }
        } catch (IOException | RuntimeException e) {
            violations.add("the server failed: " + e + " " + List.of(e.getStackTrace()));
        }
    }

    private void ready(SelectionKey key) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof ServerConversation conversation) {
            conversation.ready(finishing);
            return;
        }
        for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
            ServerConversation conversation =
                    new ServerConversation("s" + ++accepted, client, register, violations, random.split());
            conversations.add(conversation);
            conversation.begin(selector);
        }
    }

    /** Reads what is left to its end; what does not end was leaked. */
    void finish() {
        finishing = true;
        selector.wakeup();
        awaitEnd();
        if (thread.isAlive()) {
            violations.add("connections are open at the server 10 s after the transport was closed");
        }
    }

    private void awaitEnd() {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        awaitEnd();
        conversations.forEach(ServerConversation::close);
        listener.close();
        selector.close();
    }

    /** A buffer for the reads of one thread. */
    static ByteBuffer newBuffer() {
        return ByteBuffer.allocate(16 * 1024);
    }
}
