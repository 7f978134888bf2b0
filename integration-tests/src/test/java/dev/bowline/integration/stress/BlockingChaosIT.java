package dev.bowline.integration.stress;

class BlockingChaosIT extends ChaosContract {
    @Override
    String transportName() {
        return "blocking";
    }
}
