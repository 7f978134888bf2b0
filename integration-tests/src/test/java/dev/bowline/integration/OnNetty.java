package dev.bowline.integration;

interface OnNetty extends TransportUnderTest {
    @Override
    default String transportName() {
        return "netty";
    }
}
