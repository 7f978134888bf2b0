package dev.bowline.integration.choice;

import dev.bowline.spi.Engine;
import dev.bowline.spi.EngineOptions;
import dev.bowline.spi.EngineProvider;

/** A provider whose constructor throws. */
public final class ThrowingProvider implements EngineProvider {
    /** Throws. */
    public ThrowingProvider() {
        throw new IllegalStateException("thrown by the test");
    }

    @Override
    public String name() {
        return "throwing";
    }

    @Override
    public int priority() {
        return 1_000;
    }

    @Override
    public Engine create(EngineOptions options) {
        throw new IllegalStateException("thrown by the test");
    }
}
