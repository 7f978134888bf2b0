import dev.bowline.spi.EngineProvider;
import dev.bowline.transport.blocking.BlockingEngineProvider;

/**
 * The blocking transport: worker threads for each connection, virtual ones where the JVM has them. Nothing here is called by name;
 * it is enough that it is there.
 *
 * <pre>{@code
 * Transport transport = Transport.open("blocking");
 * }</pre>
 */
module dev.bowline.transport.blocking {
    requires dev.bowline;

    provides EngineProvider with
            BlockingEngineProvider;
}
