package dev.bowline.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bowline.Cancellable;
import dev.bowline.spi.Link;
import dev.bowline.spi.LinkOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** An engine in memory, without core above it. */
final class MemoryBench {
    static final LinkOptions OPTIONS = LinkOptions.named("bench");

    final MemorySteps steps = new MemorySteps();
    final MemoryNetwork network = new MemoryNetwork(steps);
    final MemoryEngine engine = new MemoryEngine(steps, network);
    final MemoryServer server = listen(0);

    MemoryServer listen(int port) {
        return network.listen(loopback(port), "127.0.0.1");
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    Cancellable begin(MemoryProbe probe, SocketAddress remote) {
        return engine.open(remote, OPTIONS, probe);
    }

    /** A probe whose link is open. */
    MemoryProbe open() {
        return open(new MemoryProbe());
    }

    MemoryProbe open(MemoryProbe probe) {
        return open(probe, server.address());
    }

    MemoryProbe open(MemoryProbe probe, SocketAddress remote) {
        begin(probe, remote);
        steps.run();
        return probe;
    }

    /** Does something on the event side, and all that follows from it. */
    void run(MemoryProbe probe, Consumer<Link> action) {
        begin(probe, action);
        steps.run();
    }

    /** Does something on the event side, and nothing more. */
    void begin(MemoryProbe probe, Consumer<Link> action) {
        steps.execute(() -> probe.quietly(() -> action.accept(probe.link())));
        if (!steps.step()) {
            throw new AssertionError("no step");
        }
    }

    /** Writes on the event side; whatever follows from that happens, too. */
    void write(MemoryProbe probe, ByteBuffer data) {
        steps.execute(() -> probe.write(data));
        steps.run();
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    /** So many bytes, no two stretches of which are alike. */
    static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i ^ i >>> 8 ^ i >>> 16);
        }
        return bytes;
    }
}
