import dev.bowline.spi.EngineProvider;
import dev.bowline.transport.netty.NettyEngineProvider;

/** The Netty transport: connections over Netty 4.2 event loops. */
module dev.bowline.transport.netty {
    requires dev.bowline;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;

    provides EngineProvider with
            NettyEngineProvider;
}
