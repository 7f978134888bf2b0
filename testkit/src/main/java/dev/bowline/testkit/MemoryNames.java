package dev.bowline.testkit;

import dev.bowline.Resolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names and their addresses, in memory: nothing here ever asks the system's resolver. From any thread. */
final class MemoryNames implements Resolver {
    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    private final ReentrantLock lock;

    /** Names in lower case. Guarded by lock. */
    private final Map<String, List<InetAddress>> table = new HashMap<>();

    /** How many names were given an address of our own. Guarded by lock. */
    private int given;

    MemoryNames(MemorySteps steps) {
        this.lock = steps.lock;
        set("localhost", "127.0.0.1");
    }

    void set(String name, String... literals) {
        List<InetAddress> addresses = new ArrayList<>();
        for (String literal : literals) {
            InetAddress address = literal(literal);
            if (address == null) {
                throw new IllegalArgumentException("'" + literal + "' is no IP address");
            }
            addresses.add(named(name, address.getAddress()));
        }
        lock.lock();
        try {
            table.put(name.toLowerCase(Locale.ROOT), List.copyOf(addresses));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        InetAddress literal = literal(host);
        if (literal != null) {
            return List.of(literal);
        }
        lock.lock();
        try {
            List<InetAddress> known = table.get(host.toLowerCase(Locale.ROOT));
            if (known == null) {
                throw new UnknownHostException(host);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** The one address where a server of this name listens; a name that has none is given one. */
    InetAddress addressOf(String host) {
        lock.lock();
        try {
            InetAddress literal = literal(host);
            if (literal != null) {
                return literal;
            }
            String name = host.toLowerCase(Locale.ROOT);
            List<InetAddress> known = table.get(name);
            if (known == null) {
                int number = ++given;
                known = List.of(named(host, new byte[] {127, 1, (byte) (number >> 8), (byte) number}));
                table.put(name, known);
            }
            if (known.size() != 1) {
                throw new IllegalArgumentException(host + " has " + known.size() + " addresses: say which one listens");
            }
            return known.get(0);
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable InetAddress literal(String host) {
        if (host.indexOf(':') < 0 && !IPV4.matcher(host).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }

    private static InetAddress named(String name, byte[] address) {
        try {
            return InetAddress.getByAddress(name, address);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
