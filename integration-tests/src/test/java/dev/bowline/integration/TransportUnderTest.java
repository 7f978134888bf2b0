package dev.bowline.integration;

/** Which transport a contract is held against; one interface each says so. */
interface TransportUnderTest {
    String transportName();
}
