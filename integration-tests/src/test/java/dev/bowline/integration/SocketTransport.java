package dev.bowline.integration;

import dev.bowline.spi.Engine;
import dev.bowline.spi.EngineOptions;
import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.subject.TransportUnderTest;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.EnumSet;
import java.util.Set;

/**
 * A transport of this project, over the loopback interface.
 *
 * @param threads how many event threads it runs where a test does not ask for a number
 * @param lacking what its platform does not offer
 */
record SocketTransport(String name, int threads, Set<Capability> lacking) implements TransportUnderTest {
    SocketTransport(String name) {
        this(name, 1, Set.of());
    }

    @Override
    public Engine start(EngineOptions options) {
        boolean asked = !options.equals(EngineOptions.DEFAULT);
        return TransportUnderTest.super.start(asked ? options : new EngineOptions(threads));
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.allOf(Capability.class);
        capabilities.removeAll(lacking);
        if (!KernelOptions.areReadable()) {
            capabilities.remove(Capability.SOCKETS);
        }
        return capabilities;
    }

    @Override
    public <T> T socketOption(SocketAddress local, SocketAddress remote, SocketOption<T> option) throws IOException {
        return KernelOptions.read(local, remote, option);
    }
}
