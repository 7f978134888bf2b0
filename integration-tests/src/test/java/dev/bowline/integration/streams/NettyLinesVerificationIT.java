package dev.bowline.integration.streams;

import org.testng.annotations.Test;

@Test
public class NettyLinesVerificationIT extends LinesVerification {
    public NettyLinesVerificationIT() {
        super("netty");
    }
}
