package dev.bowline.integration.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The two ports of a server that goes away and comes back, free a moment ago. */
record ServerPorts(InetSocketAddress clear, InetSocketAddress tls) {
    static ServerPorts free(InetAddress host) throws IOException {
        try (ServerSocket clear = FreePort.bind(host);
                ServerSocket tls = FreePort.bind(host)) {
            return new ServerPorts(
                    (InetSocketAddress) clear.getLocalSocketAddress(), (InetSocketAddress) tls.getLocalSocketAddress());
        }
    }
}
