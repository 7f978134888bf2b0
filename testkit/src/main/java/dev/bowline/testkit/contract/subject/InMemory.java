package dev.bowline.testkit.contract.subject;

import dev.bowline.spi.Engine;
import dev.bowline.spi.EngineOptions;
import dev.bowline.testkit.MemoryPeer;
import dev.bowline.testkit.MemoryServer;
import dev.bowline.testkit.MemoryTransport;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * The transport in memory, with its network; a thread of its own does the steps. It shows what a transport has to bring
 * whose links are no sockets.
 *
 * <pre>{@code
 * interface OnMemory extends ContractSubject {
 *     @Override
 *     default TransportUnderTest subject() {
 *         return new InMemory();
 *     }
 * }
 * }</pre>
 */
public final class InMemory implements TransportUnderTest, Network {
    private final MemoryTransport memory = MemoryTransport.open();

    /** One network, on which only the tests of one class are. */
    public InMemory() {
        memory.drive();
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Engine start(EngineOptions options) {
        return memory.engine();
    }

    @Override
    public Network network() {
        return this;
    }

    /** No provider makes it, and no system knows its links. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.INSTALLED, Capability.SOCKETS));
    }

    @Override
    public void close() {
        memory.close();
    }

    @Override
    public Listener listen(SocketAddress at, int window) {
        MemoryServer server = memory.listen(at).peersRead(false);
        return new MemoryListener(window > 0 ? server.pipeCapacity(window) : server);
    }

    @Override
    public Listener silent() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
        return new MemoryListener(memory.listen(anyPort).answering(false));
    }

    private record MemoryListener(MemoryServer server) implements Listener {
        @Override
        public SocketAddress address() {
            return server.address();
        }

        @Override
        public Wire accept(Duration patience) throws IOException {
            try {
                return server.awaitPeer(patience)
                        .map(MemoryWire::new)
                        .orElseThrow(() -> new SocketTimeoutException("nobody connected within " + patience));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while nobody connected");
            }
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private record MemoryWire(MemoryPeer peer) implements Wire {
        @Override
        public InputStream input() {
            return peer.input();
        }

        @Override
        public OutputStream output() {
            return peer.output();
        }

        @Override
        public void shutdownOutput() {
            peer.shutdownOutput();
        }

        @Override
        public void reset() {
            peer.reset();
        }

        @Override
        public void close() {
            peer.close();
        }

        @Override
        public SocketAddress localAddress() {
            return peer.localAddress();
        }

        @Override
        public SocketAddress remoteAddress() {
            return peer.remoteAddress();
        }
    }
}
