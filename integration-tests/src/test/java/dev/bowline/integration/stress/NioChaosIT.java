package dev.bowline.integration.stress;

class NioChaosIT extends ChaosContract {
    @Override
    String transportName() {
        return "nio";
    }
}
