package dev.bowline;

import com.google.common.net.InetAddresses;

/** Where to connect to. {@link #parse} reads one from text; {@code toString} writes it back. */
public sealed interface Endpoint {
    /**
     * Reads {@code host:port}, {@code [::1]:port}, {@code tcp://host:port}, {@code
     * tls://host:port} or {@code unix:/path}.
     *
     * @throws IllegalArgumentException if it is anything else; the message says what is wrong where, and what would be
     *     right
     */
    static Endpoint parse(String text) {
        return EndpointParser.parse(text);
    }

    /**
     * A TCP port of a host.
     *
     * @param host a name or an IP literal, without brackets; resolved anew at every attempt
     * @param port 1 to 65535
     */
    record Tcp(String host, int port) implements Endpoint {
        public Tcp {
            if (host.isEmpty()) {
                throw new IllegalArgumentException("the host is empty");
            }
            if (host.indexOf(':') >= 0 && !InetAddresses.isInetAddress(host)) {
                throw new IllegalArgumentException("the host '" + host + "' has a colon, and is no IPv6 address");
            }
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("port " + port + " is out of range: 1 to 65535");
            }
        }

        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * The same with TLS from the first byte on.
     *
     * @param host a name or an IP literal, without brackets; resolved anew at every attempt, and checked against the server's
     *     certificate (rule G2)
     * @param port 1 to 65535
     */
    record Tls(String host, int port) implements Endpoint {
        public Tls {
            new Tcp(host, port);
        }

        @Override
        public String toString() {
            return "tls://" + new Tcp(host, port);
        }
    }

    /**
     * A unix domain socket, on systems that have them.
     *
     * @param path where the server's socket lies, absolute; most systems take about 100 bytes
     */
    record Unix(String path) implements Endpoint {
        public Unix {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("the path '" + path + "' is not absolute");
            }
        }

        @Override
        public String toString() {
            return "unix:" + path;
        }
    }
}
