import dev.bowline.spi.EngineProvider;
import dev.bowline.transport.nio.NioEngineProvider;

/** The NIO transport: selectors, one thread for many connections. */
module dev.bowline.transport.nio {
    requires dev.bowline;

    provides EngineProvider with
            NioEngineProvider;
}
