import dev.bowline.spi.EngineProvider;
import dev.bowline.transport.nio.NioEngineProvider;

/**
 * The NIO transport: selectors, one thread for many connections. Nothing here is called by name; it is enough that it is there.
 *
 * <pre>{@code
 * Transport transport = Transport.open("nio");
 * }</pre>
 */
module dev.bowline.transport.nio {
    requires dev.bowline;

    provides EngineProvider with
            NioEngineProvider;
}
