package dev.bowline.transport.blocking;

import dev.bowline.spi.Engine;
import dev.bowline.spi.EngineOptions;
import dev.bowline.spi.EngineProvider;

/**
 * The transport named {@code blocking}: no thread until the first link opens, then one for an idle link and at most
 * three for a busy one. They are virtual threads on Java 21 and newer, daemon platform threads before.
 */
public final class BlockingEngineProvider implements EngineProvider {
    /** For {@link java.util.ServiceLoader}. */
    public BlockingEngineProvider() {}

    @Override
    public String name() {
        return "blocking";
    }

    @Override
    public int priority() {
        return 10;
    }

    @Override
    public Engine create(EngineOptions options) {
        return new BlockingEngine(Workers.ofThisJvm());
    }
}
