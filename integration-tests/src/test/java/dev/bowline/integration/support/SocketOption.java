package dev.bowline.integration.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import dev.bowline.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Socket options as the kernel has them, whichever way a transport set them: the connection's inode is found in {@code
 * /proc/net}, its descriptor among those of this process. Tests that ask elsewhere than on Linux are skipped.
 */
public enum SocketOption {
    /** No waiting for more before a small segment is sent. */
    TCP_NODELAY(6, 1),
    /** Probing an idle peer. */
    SO_KEEPALIVE(1, 9);

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final int INODE = 9;

    private final int level;
    private final int number;

    SocketOption(int level, int number) {
        this.level = level;
        this.number = number;
    }

    /** Whether it is on. */
    public boolean of(Connection connection) throws IOException {
        assumeTrue(Files.exists(TABLES.get(0)), "only Linux tells");
        int descriptor = descriptorOf(inodeOf(connection));
        IntByReference value = new IntByReference();
        IntByReference size = new IntByReference(Integer.BYTES);
        Function ask = NativeLibrary.getInstance("c").getFunction("getsockopt");
        int failed = ask.invokeInt(new Object[] {descriptor, level, number, value, size});
        if (failed != 0) {
            throw new IOException("getsockopt failed for descriptor " + descriptor);
        }
        return value.getValue() != 0;
    }

    private static String inodeOf(Connection connection) throws IOException {
        String near = hexPort(connection.localAddress());
        String far = hexPort(connection.remoteAddress());
        for (Path table : TABLES) {
            for (String row : Files.readAllLines(table)) {
                String[] columns = row.trim().split("\\s+", -1);
                if (columns[1].endsWith(near) && columns[2].endsWith(far)) {
                    return columns[INODE];
                }
            }
        }
        throw new IOException("the kernel knows no connection from " + connection.localAddress());
    }

    private static String hexPort(java.net.SocketAddress address) {
        return String.format(Locale.ROOT, ":%04X", ((InetSocketAddress) address).getPort());
    }

    private static int descriptorOf(String inode) throws IOException {
        String target = "socket:[" + inode + "]";
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path each : all) {
                if (targetOf(each).equals(target)) {
                    return Integer.parseInt(each.getFileName().toString());
                }
            }
        }
        throw new IOException("no descriptor of this process is " + target);
    }

    private static String targetOf(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closedMeanwhile) {
            return "";
        }
    }
}
