package dev.bowline.testkit;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Who listens where. From any thread. */
final class MemoryNetwork {
    /** What the SPI allows, and the size of a chunk unless told otherwise. */
    static final int LARGEST_CHUNK = 64 * 1024;

    /** Where servers go that leave it to the network. */
    private static final int FIRST_FREE_PORT = 8001;

    /** The ports of clients, as IANA has them. */
    private static final int FIRST_EPHEMERAL_PORT = 49152;

    private static final int EPHEMERAL_PORTS = 65536 - FIRST_EPHEMERAL_PORT;

    private final MemorySteps steps;
    private final ReentrantLock lock;

    /** Guarded by lock. */
    private final Map<SocketAddress, MemoryServer> servers = new HashMap<>();

    /** Paths at which somebody listened once: the file stays, and refuses. Guarded by lock. */
    private final Set<SocketAddress> leftBehind = new HashSet<>();

    /** The port of the server that left it to the network last. Guarded by lock. */
    private int lastFreePort = FIRST_FREE_PORT - 1;

    /** How many connections were made. Guarded by lock. */
    private int connections;

    /** How many bytes a link reads at once; set by any thread. */
    private volatile int chunkSize = LARGEST_CHUNK;

    MemoryNetwork(MemorySteps steps) {
        this.steps = steps;
        this.lock = steps.lock;
    }

    int chunkSize() {
        return chunkSize;
    }

    void chunkSize(int bytes) {
        chunkSize = bytes;
    }

    /** @param host the name that the address was found by */
    MemoryServer listen(SocketAddress address, String host) {
        lock.lock();
        try {
            SocketAddress bound = withPort(address);
            MemoryServer server = new MemoryServer(this, steps, bound, host);
            if (servers.putIfAbsent(bound, server) != null) {
                throw new IllegalArgumentException("somebody listens at " + bound + " already");
            }
            return server;
        } finally {
            lock.unlock();
        }
    }

    /** The port after the last: where a server has closed, who still comes is refused, and meets no other. */
    private SocketAddress withPort(SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet) || inet.getPort() != 0) {
            return address;
        }
        InetSocketAddress free;
        do {
            lastFreePort = lastFreePort + 1 < FIRST_EPHEMERAL_PORT ? lastFreePort + 1 : FIRST_FREE_PORT;
            free = new InetSocketAddress(inet.getAddress(), lastFreePort);
        } while (servers.containsKey(free));
        return free;
    }

    /** The address is free again; under lock. */
    void forget(MemoryServer server) {
        servers.remove(server.address(), server);
        if (server.address() instanceof UnixDomainSocketAddress) {
            leftBehind.add(server.address());
        }
    }

    /** Under lock. Fails as a socket would. */
    MemoryServer serverAt(SocketAddress remote) throws IOException {
        if (remote instanceof InetSocketAddress inet) {
            if (inet.isUnresolved()) {
                throw new UnknownHostException(inet.getHostString());
            }
            if (inet.getAddress().isMulticastAddress()) {
                throw new SocketException("Network is unreachable");
            }
        } else if (!(remote instanceof UnixDomainSocketAddress)) {
            throw new SocketException("no way to connect to " + remote);
        }
        MemoryServer server = servers.get(remote);
        if (server != null) {
            return server;
        }
        if (remote instanceof UnixDomainSocketAddress && !leftBehind.contains(remote)) {
            throw new SocketException("No such file or directory");
        }
        throw new ConnectException("Connection refused");
    }

    private int nextPort() {
        return FIRST_EPHEMERAL_PORT + connections++ % EPHEMERAL_PORTS;
    }

    /** The address of a client that connects there, the one that it asks for if it does; under lock. */
    SocketAddress clientAddress(SocketAddress remote, @Nullable SocketAddress local) {
        if (!(remote instanceof InetSocketAddress inet)) {
            return UnixDomainSocketAddress.of("");
        }
        if (local instanceof InetSocketAddress asked) {
            return asked.getPort() != 0 ? asked : new InetSocketAddress(asked.getAddress(), nextPort());
        }
        byte[] loopback = inet.getAddress() instanceof Inet6Address
                ? new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}
                : new byte[] {127, 0, 0, 1};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(loopback), nextPort());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
