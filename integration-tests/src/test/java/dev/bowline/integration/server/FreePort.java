package dev.bowline.integration.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server, free a moment ago. It lies below those that the operating system gives to whoever connects: else somebody
 * could have the port when a server comes back to it, and who connects to it meanwhile could, by chance, be given that very port
 * and be connected to itself.
 */
public final class FreePort {
    private static final int FIRST = 20_000;

    /** The first of the others, on Linux. */
    private static final int BEHIND = 32_768;

    private static final int TRIES = 100;

    private FreePort() {}

    /** For a server that is told where to listen. */
    public static int at(InetAddress host) throws IOException {
        try (ServerSocket socket = bind(host)) {
            return socket.getLocalPort();
        }
    }

    static ServerSocket bind(InetAddress host) throws IOException {
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
