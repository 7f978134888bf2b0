package dev.bowline.integration.engine;

import dev.bowline.spi.EngineProvider;
import dev.bowline.transport.blocking.BlockingEngineProvider;

class BlockingEngineContractIT extends EngineContract {
    @Override
    EngineProvider provider() {
        return new BlockingEngineProvider();
    }
}
