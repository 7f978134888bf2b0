import dev.bowline.spi.EngineProvider;
import dev.bowline.transport.netty.NettyEngineProvider;

/**
 * The Netty transport: connections over Netty 4.2 event loops. Nothing here is called by name; it is enough that it is there.
 *
 * <pre>{@code
 * Transport transport = Transport.open("netty");
 * }</pre>
 */
module dev.bowline.transport.netty {
    requires dev.bowline;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;

    provides EngineProvider with
            NettyEngineProvider;
}
