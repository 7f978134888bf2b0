package dev.bowline.integration.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that go away and come back. They lie below those that the operating system gives to whoever connects:
 * else somebody could have the port when the server comes back, and who connects to it meanwhile could, by chance, be given
 * that very port and be connected to itself.
 */
final class ServerPort {
    private static final int FIRST = 20_000;

    /** The first of the others, on Linux. */
    private static final int BEHIND = 32_768;

    private static final int TRIES = 100;

    private ServerPort() {}

    /** One that was free a moment ago. */
    static InetSocketAddress free(InetAddress host) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND);
            try (ServerSocket socket = new ServerSocket(port, 1, host)) {
                return (InetSocketAddress) socket.getLocalSocketAddress();
            } catch (BindException taken) {
                // Another one.
            }
        }
        throw new IOException("of " + TRIES + " ports from " + FIRST + " to " + (BEHIND - 1) + " none was free");
    }
}
