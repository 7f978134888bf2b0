package dev.bowline.testkit.contract.engine;

/**
 * What an engine did that the SPI forbids.
 *
 * @param rule the rule that cannot be kept over such an engine, {@code A4} for one
 * @param what what it did, and what came before
 */
record Breach(String rule, String what) {
    @Override
    public String toString() {
        return "[" + rule + "] " + what;
    }
}
