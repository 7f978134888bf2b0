package dev.bowline.integration;

interface OnNio extends TransportUnderTest {
    @Override
    default String transportName() {
        return "nio";
    }
}
