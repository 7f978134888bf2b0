package dev.bowline.transport.nio;

import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A link that is not yet: connects without blocking and ends in {@code opened} or {@code openFailed}. All on the loop's
 * thread.
 */
final class NioAttempt implements NioLoop.Registration {
    private final NioLoop loop;
    private final SocketAddress remote;
    private final LinkOptions options;
    private final LinkHandler handler;

    /** Null until begun; closed if the attempt fails, else the link's. */
    private @Nullable SocketChannel channel;

    private @Nullable SelectionKey key;
    private boolean over;

    NioAttempt(NioLoop loop, SocketAddress remote, LinkOptions options, LinkHandler handler) {
        this.loop = loop;
        this.remote = remote;
        this.options = options;
        this.handler = handler;
    }

    void begin() {
        boolean connected;
        try {
            SocketChannel begun = openChannel();
            channel = begun;
            begun.configureBlocking(false);
            configure(begun);
            connected = begun.connect(remote);
            key = begun.register(loop.selector(), connected ? 0 : SelectionKey.OP_CONNECT, this);
        } catch (IOException | RuntimeException e) {
            // Not IOExceptions: an address that is not resolved, or of a kind unknown here.
            fail(e);
            return;
        }
        if (connected) {
            succeed();
        }
    }

    private SocketChannel openChannel() throws IOException {
        return remote instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
    }

    private void configure(SocketChannel channel) throws IOException {
        set(channel, StandardSocketOptions.TCP_NODELAY, options.tcpNoDelay());
        set(channel, StandardSocketOptions.SO_KEEPALIVE, options.keepAlive());
        if (options.sendBuffer() > 0) {
            set(channel, StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
        }
        if (options.receiveBuffer() > 0) {
            set(channel, StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
        }
        if (options.localAddress() != null) {
            channel.bind(options.localAddress());
        }
    }

    /** Unix sockets know none of TCP's options. */
    private static <T> void set(SocketChannel channel, SocketOption<T> option, T value) throws IOException {
        if (channel.supportedOptions().contains(option)) {
            channel.setOption(option, value);
        }
    }

    @Override
    public void ready() {
        if (over || channel == null) {
            return;
        }
        try {
            if (!channel.finishConnect()) {
                return;
            }
        } catch (IOException e) {
            fail(e);
            return;
        }
        succeed();
    }

    private void succeed() {
        if (channel == null || key == null) {
            throw new IllegalStateException("connected before it began");
        }
        NioLink link;
        try {
            link = new NioLink(loop, channel, key, handler);
        } catch (IOException e) {
            fail(e);
            return;
        }
        over = true;
        key.attach(link);
        link.begin();
    }

    @Override
    public void moved(SelectionKey key) {
        this.key = key;
    }

    /** Gives the attempt up, if it is not over. */
    @Override
    public void end() {
        if (!over) {
            fail(new IOException("the attempt to connect to " + remote + " was given up"));
        }
    }

    private void fail(Exception cause) {
        over = true;
        if (channel != null) {
            NioLink.closeQuietly(channel);
        }
        IOException reported =
                cause instanceof IOException io ? io : new IOException("cannot connect to " + remote, cause);
        loop.afterSelect(() -> handler.openFailed(reported));
    }
}
