package dev.bowline.transport.blocking;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What is done to a channel, without state. */
final class Channels {
    static final Logger LOG = System.getLogger("dev.bowline.transport.blocking");

    /**
     * What one system call is given at most: a longer write would hide for long how much the operating system has
     * taken, and would make the JDK keep a direct buffer of its length for the thread.
     */
    static final int SLICE = 64 * 1024;

    private Channels() {}

    /** Sets an option where the channel has it: a Unix domain socket knows nothing of TCP. */
    static <T> void set(SocketChannel channel, SocketOption<T> option, T value) throws IOException {
        if (channel.supportedOptions().contains(option)) {
            channel.setOption(option, value);
        }
    }

    /**
     * Writes one slice at most, as far as the operating system takes it at once. Nobody else may read, write or close
     * the channel meanwhile, since it is not in blocking mode: closing in that mode waits for calls that have begun,
     * changing it waits for them too.
     */
    static void tryToWrite(SocketChannel channel, ByteBuffer data) throws IOException {
        channel.configureBlocking(false);
        try {
            write(channel, data);
        } finally {
            channel.configureBlocking(true);
        }
    }

    /** Writes one slice at most, blocking. The position is exact afterwards, come what may; the limit never moves. */
    static void write(SocketChannel channel, ByteBuffer data) throws IOException {
        ByteBuffer slice = data.duplicate();
        if (slice.remaining() > SLICE) {
            slice.limit(slice.position() + SLICE);
        }
        try {
            channel.write(slice);
        } finally {
            data.position(slice.position());
        }
    }

    /** Makes the coming close drop what is unsent and send RST. */
    static void dropOnClose(SocketChannel channel) {
        try {
            set(channel, StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closed before it could be told to reset", e);
        }
    }

    static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the close itself failed", e);
        }
    }

    static IOException asIoException(Throwable e) {
        return e instanceof IOException io ? io : new IOException(e);
    }
}
