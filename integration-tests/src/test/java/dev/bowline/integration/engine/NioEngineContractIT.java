package dev.bowline.integration.engine;

import dev.bowline.spi.EngineProvider;
import dev.bowline.transport.nio.NioEngineProvider;

class NioEngineContractIT extends EngineContract {
    @Override
    EngineProvider provider() {
        return new NioEngineProvider();
    }
}
