package dev.bowline.benchmarks.contender;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A port of the server, which is on the loopback address, and whether it speaks TLS. */
public record Remote(int port, boolean tls) {
    /** An address that is in the server's certificate, too. */
    public static final String HOST = "127.0.0.1";

    /** Where it is, without a look-up. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
