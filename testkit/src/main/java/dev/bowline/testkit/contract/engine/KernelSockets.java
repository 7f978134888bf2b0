package dev.bowline.testkit.contract.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What Linux itself says of a TCP connection, from {@code /proc/net}: whether a descriptor is closed shows there without
 * waiting for a packet. On other systems nothing is known, and what rests on it is not checked.
 */
final class KernelSockets {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private KernelSockets() {}

    /** One row's columns, if the connection is known. */
    private static Optional<String[]> row(SocketAddress local, SocketAddress remote) {
        if (!(local instanceof InetSocketAddress near) || !(remote instanceof InetSocketAddress far)) {
            return Optional.empty();
        }
        String nearPort = hexPort(near);
        String farPort = hexPort(far);
        for (Path table : TABLES) {
            for (String line : lines(table)) {
                String[] columns = line.trim().split("\\s+", -1);
                if (columns.length > 5 && columns[1].endsWith(nearPort) && columns[2].endsWith(farPort)) {
                    return Optional.of(columns);
                }
            }
        }
        return Optional.empty();
    }

    /** The connection's state as its two hexadecimal digits; nothing if the kernel has forgotten it. */
    static Optional<String> stateOf(SocketAddress local, SocketAddress remote) {
        return row(local, remote).map(columns -> columns[3]);
    }

    /** ESTABLISHED and CLOSE_WAIT: the states in which a socket stays until its owner closes it. */
    static boolean isHeldOpen(String state) {
        return state.equals("01") || state.equals("08");
    }

    private static String hexPort(InetSocketAddress address) {
        return String.format(Locale.ROOT, ":%04X", address.getPort());
    }

    private static List<String> lines(Path table) {
        try {
            return Files.isReadable(table) ? Files.readAllLines(table) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
