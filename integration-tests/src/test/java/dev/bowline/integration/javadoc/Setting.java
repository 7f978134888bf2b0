package dev.bowline.integration.javadoc;

import dev.bowline.Cancellable;
import dev.bowline.ClientFactory;
import dev.bowline.Connection;
import dev.bowline.Endpoint;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.WhenFull;
import dev.bowline.spi.Engine;
import dev.bowline.spi.EngineProvider;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import dev.bowline.testkit.MemoryServer;
import dev.bowline.testkit.MemoryTransport;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * What an example in the Javadoc need not declare: the names that mean the same everywhere. Whatever else it needs it has to
 * bring along. Examples are compiled, and not run.
 */
@SuppressWarnings("NullAway.Init")
public abstract class Setting {
    /** What every example imports, beside all that is published. */
    static final List<String> IMPORTS = List.of(
            Setting.class.getName(),
            Setting.class.getName() + ".*",
            "static java.nio.charset.StandardCharsets.*",
            "static org.junit.jupiter.api.Assertions.*",
            "io.micrometer.core.instrument.*",
            "io.micrometer.core.instrument.simple.*",
            "java.io.*",
            "java.net.*",
            "java.nio.*",
            "java.nio.file.*",
            "java.time.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.function.*",
            "javax.net.ssl.*",
            "org.junit.jupiter.api.Test");

    protected Endpoint endpoint;
    protected ClientFactory factory;
    protected LineClient client;
    protected Connection connection;
    protected EngineProvider provider;
    protected Engine engine;
    protected LinkHandler handler;
    protected MemoryTransport memory;
    protected MemoryServer server;

    /** The protocol of the first program. */
    public static class Hello extends LineProtocol {
        @Override
        protected void connectionMade() {
            sendLine("A new connection has been made!");
            ready();
        }

        @Override
        protected void lineReceived(String line) {
            if (line.equals("hello")) {
                finish();
            }
        }
    }

    /** The engine of somebody who writes a transport. */
    public static class MyEngine implements Engine {
        private final int threads;

        /** An engine with so many event threads. */
        public MyEngine(int threads) {
            this.threads = threads;
        }

        @Override
        public Cancellable open(SocketAddress remote, LinkOptions options, LinkHandler handler) {
            throw new UnsupportedOperationException(threads + " threads of an engine that examples only name");
        }

        @Override
        public void close() {}
    }

    /** The queue of somebody who writes one; it stands in for what keeps messages. */
    public static final class DiskQueue {
        private DiskQueue() {}

        /** Opens one in a directory. */
        public static MessageQueue open(Path directory, long maxBytes, long maxMessages, WhenFull whenFull) {
            return MemoryQueue.builder()
                    .maxBytes(maxBytes)
                    .maxMessages(maxMessages)
                    .whenFull(whenFull)
                    .build();
        }
    }
}
