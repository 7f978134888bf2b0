package dev.bowline.integration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.spi.Engine;
import dev.bowline.spi.EngineOptions;
import dev.bowline.spi.EngineProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** What one test works with: an engine, its links, and the sockets at their other ends. Cleared away and judged at the end. */
final class EngineBench {
    /** Small, so that a writer soon meets a full pipe. */
    static final int SMALL_WINDOW = 32 * 1024;

    private final EngineProvider provider;
    private final List<Engine> engines = new CopyOnWriteArrayList<>();
    private final List<ProbedLink> links = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> sockets = new CopyOnWriteArrayList<>();

    private Engine engine;

    EngineBench(EngineProvider provider) {
        this.provider = provider;
    }

    /** The one engine that most tests need. */
    Engine engine() {
        if (engine == null) {
            engine = engine(EngineOptions.DEFAULT);
        }
        return engine;
    }

    Engine engine(EngineOptions options) {
        Engine started = provider.create(options);
        engines.add(started);
        return started;
    }

    ServerSocket server() throws IOException {
        return server(0);
    }

    /** A server whose connections have a receive buffer of about this size; 0 leaves it to the system. */
    ServerSocket server(int receiveBuffer) throws IOException {
        ServerSocket server = keep(new ServerSocket());
        if (receiveBuffer > 0) {
            server.setReceiveBufferSize(receiveBuffer);
        }
        server.setSoTimeout(20_000);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        return server;
    }

    Peer accept(ServerSocket server) throws IOException {
        return keep(new Peer(server.accept()));
    }

    <T extends AutoCloseable> T keep(T socket) {
        sockets.add(socket);
        return socket;
    }

    /** A link that has not begun to connect, for a test that sets what it does first. */
    ProbedLink link() {
        ProbedLink link = new ProbedLink();
        links.add(link);
        return link;
    }

    ProbedLink begin(SocketAddress remote) {
        return link().begin(engine(), remote);
    }

    ProbedLink open(ServerSocket server) {
        return begin(server.getLocalSocketAddress()).awaitOpened();
    }

    /** Runs on a thread of its own. */
    static <T> CompletableFuture<T> aside(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(work.call());
                    } catch (Throwable t) {
                        result.completeExceptionally(t);
                    }
                },
                "test-aside");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** Bytes of which no two stretches look alike, so that loss, repetition and disorder all show. */
    static byte[] pattern(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) ((i * 0x9E3779B1) >>> 24);
        }
        return bytes;
    }

    static ByteBuffer patternBuffer(int count) {
        return ByteBuffer.wrap(pattern(count));
    }

    /** Ends everything; then every link must have kept the rules. */
    void finish() throws Exception {
        for (AutoCloseable socket : sockets) {
            socket.close();
        }
        for (Engine started : engines) {
            started.close();
        }
        for (ProbedLink link : links) {
            assertThat(link.breaches()).as("rules broken").isEmpty();
        }
    }
}
