package dev.bowline.integration.engine;

import dev.bowline.spi.EngineProvider;
import dev.bowline.transport.netty.NettyEngineProvider;

class NettyEngineContractIT extends EngineContract {
    @Override
    EngineProvider provider() {
        return new NettyEngineProvider();
    }

    /** Netty's NIO channel for Unix sockets closes both ways at the peer's end, whatever its options say. */
    @Override
    public boolean unixSocketsHalfClose() {
        return false;
    }
}
