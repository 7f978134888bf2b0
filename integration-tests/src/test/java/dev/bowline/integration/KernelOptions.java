package dev.bowline.integration;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Socket options as the kernel of Linux has them, whichever way a transport set them: the connection's inode is found in
 * {@code /proc/net}, its descriptor among those of this process.
 */
final class KernelOptions {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final int INODE = 9;

    /** An option's level and number in {@code getsockopt}. */
    private record Code(int level, int number) {}

    private static final Map<SocketOption<?>, Code> CODES = Map.of(
            StandardSocketOptions.TCP_NODELAY, new Code(6, 1),
            StandardSocketOptions.SO_KEEPALIVE, new Code(1, 9),
            StandardSocketOptions.SO_SNDBUF, new Code(1, 7),
            StandardSocketOptions.SO_RCVBUF, new Code(1, 8));

    private KernelOptions() {}

    /** Whether this system tells. */
    static boolean areReadable() {
        return Files.exists(TABLES.get(0));
    }

    /** The option's value; a switch is a Boolean, a size is an Integer as the kernel counts it. */
    static <T> T read(SocketAddress local, SocketAddress remote, SocketOption<T> option) throws IOException {
        int descriptor = descriptorOf(inodeOf(local, remote));
        Code asked = CODES.get(option);
        IntByReference value = new IntByReference();
        IntByReference size = new IntByReference(Integer.BYTES);
        Function ask = NativeLibrary.getInstance("c").getFunction("getsockopt");
        int failed = ask.invokeInt(new Object[] {descriptor, asked.level(), asked.number(), value, size});
        if (failed != 0) {
            throw new IOException("getsockopt failed for descriptor " + descriptor);
        }
        Object read = option.type() == Boolean.class ? (Object) (value.getValue() != 0) : value.getValue();
        return option.type().cast(read);
    }

    private static String inodeOf(SocketAddress local, SocketAddress remote) throws IOException {
        String near = hexPort(local);
        String far = hexPort(remote);
        for (Path table : TABLES) {
            for (String row : Files.readAllLines(table)) {
                String[] columns = row.trim().split("\\s+", -1);
                if (columns[1].endsWith(near) && columns[2].endsWith(far)) {
                    return columns[INODE];
                }
            }
        }
        throw new IOException("the kernel knows no connection from " + local);
    }

    private static String hexPort(SocketAddress address) {
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
