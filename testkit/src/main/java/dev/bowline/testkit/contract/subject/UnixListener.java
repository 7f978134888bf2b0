package dev.bowline.testkit.contract.subject;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;

/** Listens at a path of the file system, which is gone when this is closed. */
final class UnixListener implements Network.Listener {
    private final UnixDomainSocketAddress address;
    private final ServerSocketChannel channel;

    UnixListener(UnixDomainSocketAddress address) throws IOException {
        this.address = address;
        this.channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(address);
        channel.configureBlocking(false);
    }

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public Network.Wire accept(Duration patience) throws IOException {
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_ACCEPT);
            selector.select(key -> {}, patience.toMillis());
            SocketChannel accepted = channel.accept();
            if (accepted == null) {
                throw new SocketTimeoutException("nobody has connected to " + address);
            }
            return new Accepted(accepted);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(address.getPath());
    }

    /** Its reads wait without limit: such channels have no timeouts. */
    private static final class Accepted implements Network.Wire {
        private final SocketChannel channel;
        private final SocketAddress local;
        private final SocketAddress remote;

        Accepted(SocketChannel channel) throws IOException {
            this.channel = channel;
            this.local = channel.getLocalAddress();
            this.remote = channel.getRemoteAddress();
        }

        @Override
        public InputStream input() {
            return Channels.newInputStream(channel);
        }

        @Override
        public OutputStream output() {
            return Channels.newOutputStream(channel);
        }

        @Override
        public void shutdownOutput() throws IOException {
            channel.shutdownOutput();
        }

        /** There is no RST here: bytes left unread are what makes it one. */
        @Override
        public void reset() throws IOException {
            channel.close();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }

        @Override
        public SocketAddress localAddress() {
            return local;
        }

        @Override
        public SocketAddress remoteAddress() {
            return remote;
        }
    }
}
