package dev.bowline.transport.netty;

import dev.bowline.spi.Engine;
import dev.bowline.spi.EngineOptions;
import dev.bowline.spi.EngineProvider;

/** Offers the transport {@code netty}: Netty 4.2 over its NIO event loops. */
public final class NettyEngineProvider implements EngineProvider {
    /** What Netty 4.2 has and 4.1 has not. */
    private static final String NEEDED = "io.netty.channel.nio.NioIoHandler";

    /** For {@link java.util.ServiceLoader}. */
    public NettyEngineProvider() {}

    @Override
    public String name() {
        return "netty";
    }

    @Override
    public int priority() {
        return 30;
    }

    /** Whether Netty 4.2 is there: on a class path the artifact may have been left out. */
    @Override
    public boolean isAvailable() {
        try {
            Class.forName(NEEDED, false, NettyEngineProvider.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    @Override
    public Engine create(EngineOptions options) {
        return new NettyEngine(options.threads());
    }
}
