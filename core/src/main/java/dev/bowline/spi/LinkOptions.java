package dev.bowline.spi;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is told about one link, before it connects. A unix domain socket has none of TCP's options: there the
 * two switches mean nothing.
 *
 * <pre>{@code
 * engine.open(new InetSocketAddress("127.0.0.1", 8001), LinkOptions.named("127.0.0.1:8001"), handler);
 * }</pre>
 *
 * @param name the endpoint as the user wrote it, for the names of threads that serve this link alone
 * @param tcpNoDelay TCP_NODELAY: small writes leave at once
 * @param keepAlive SO_KEEPALIVE: the operating system probes an idle peer
 * @param sendBuffer SO_SNDBUF in bytes; 0 leaves it as it is
 * @param receiveBuffer SO_RCVBUF in bytes, to be set before connecting; 0 leaves it as it is
 * @param localAddress what to bind to before connecting; null for nothing in particular
 */
public record LinkOptions(
        String name,
        boolean tcpNoDelay,
        boolean keepAlive,
        int sendBuffer,
        int receiveBuffer,
        @Nullable SocketAddress localAddress) {
    /**
     * Both switches on, buffers and local address the system's.
     *
     * @param name {@link #name}
     * @return what a test needs, as a rule
     */
    public static LinkOptions named(String name) {
        return new LinkOptions(name, true, true, 0, 0, null);
    }
}
