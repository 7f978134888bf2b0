package dev.bowline;

import com.google.common.net.InetAddresses;

/**
 * Where to connect to. {@link #parse} reads one from text; {@code toString} writes it back.
 *
 * <pre>{@code
 * Endpoint mail = Endpoint.parse("tls://mail.example:993");
 * Endpoint local = new Endpoint.Unix("/run/log.sock");
 * }</pre>
 */
public sealed interface Endpoint {
    /**
     * Reads {@code host:port}, {@code [::1]:port}, {@code tcp://host:port}, {@code
     * tls://host:port} or {@code unix:/path}.
     *
     * @param text as it stands on a command line, or in a configuration file
     * @return what it names
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
        /**
         * Checks both; the name is resolved later.
         *
         * @param host {@link #host}
         * @param port {@link #port}
         * @throws IllegalArgumentException if the host is empty, or has a colon and is no IPv6 address, or the port
         *     is out of range
         */
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
        /**
         * Checks both; the name is resolved later.
         *
         * @param host {@link #host}
         * @param port {@link #port}
         * @throws IllegalArgumentException as for {@link Tcp}
         */
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
        /**
         * Checks that it may be a path; whether anything is there is seen later.
         *
         * @param path {@link #path}
         * @throws IllegalArgumentException if it is not absolute
         */
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
