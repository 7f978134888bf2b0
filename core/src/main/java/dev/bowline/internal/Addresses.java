package dev.bowline.internal;

import dev.bowline.Connection;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Socket addresses, as they stand in sentences. */
public final class Addresses {
    private Addresses() {}

    /** {@code 127.0.0.1:80}, {@code [::1]:80}: numeric, without the name in front. */
    public static String text(SocketAddress address) {
        if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
            String host = inet.getAddress().getHostAddress();
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + inet.getPort();
        }
        return address.toString();
    }

    /** {@code , 127.0.0.1:40112 to 127.0.0.1:80}; the peer's alone where this side has none, as behind a Unix domain socket. */
    public static String ends(Connection connection) {
        String here = text(connection.localAddress());
        return ", " + (here.isEmpty() ? "" : here + " ") + "to " + text(connection.remoteAddress());
    }
}
