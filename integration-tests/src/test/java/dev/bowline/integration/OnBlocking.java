package dev.bowline.integration;

interface OnBlocking extends TransportUnderTest {
    @Override
    default String transportName() {
        return "blocking";
    }
}
