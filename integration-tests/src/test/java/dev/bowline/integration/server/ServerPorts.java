package dev.bowline.integration.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The two ports of a server that goes away and comes back, free a moment ago. They lie below those that the operating system gives to whoever connects:
 * else somebody could have the port when the server comes back, and who connects to it meanwhile could, by chance, be given
 * that very port and be connected to itself.
 */
record ServerPorts(InetSocketAddress clear, InetSocketAddress tls) {
    private static final int FIRST = 20_000;

    /** The first of the others, on Linux. */
    private static final int BEHIND = 32_768;

    private static final int TRIES = 100;

    static ServerPorts free(InetAddress host) throws IOException {
        try (ServerSocket clear = bind(host);
                ServerSocket tls = bind(host)) {
            return new ServerPorts(
                    (InetSocketAddress) clear.getLocalSocketAddress(), (InetSocketAddress) tls.getLocalSocketAddress());
        }
    }

    private static ServerSocket bind(InetAddress host) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND);
            try {
                return new ServerSocket(port, 1, host);
            } catch (BindException taken) {
                // Another one.
            }
        }
        throw new IOException("of " + TRIES + " ports from " + FIRST + " to " + (BEHIND - 1) + " none was free");
    }
}
