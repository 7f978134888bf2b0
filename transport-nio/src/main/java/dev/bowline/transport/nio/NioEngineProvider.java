package dev.bowline.transport.nio;

import dev.bowline.spi.Engine;
import dev.bowline.spi.EngineOptions;
import dev.bowline.spi.EngineProvider;

/** Offers the transport {@code nio}: selectors, with nothing needed beyond the JDK. */
public final class NioEngineProvider implements EngineProvider {
    /** For {@link java.util.ServiceLoader}. */
    public NioEngineProvider() {}

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public int priority() {
        return 20;
    }

    @Override
    public Engine create(EngineOptions options) {
        return new NioEngine(options.threads());
    }
}
