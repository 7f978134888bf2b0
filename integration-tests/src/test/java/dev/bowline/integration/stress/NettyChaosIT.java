package dev.bowline.integration.stress;

class NettyChaosIT extends ChaosContract {
    @Override
    String transportName() {
        return "netty";
    }
}
