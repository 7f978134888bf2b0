package dev.bowline.integration.streams;

import org.testng.annotations.Test;

@Test
public class BlockingLinesVerificationIT extends LinesVerification {
    public BlockingLinesVerificationIT() {
        super("blocking");
    }
}
