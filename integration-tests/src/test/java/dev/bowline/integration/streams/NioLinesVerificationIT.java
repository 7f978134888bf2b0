package dev.bowline.integration.streams;

import org.testng.annotations.Test;

@Test
public class NioLinesVerificationIT extends LinesVerification {
    public NioLinesVerificationIT() {
        super("nio");
    }
}
