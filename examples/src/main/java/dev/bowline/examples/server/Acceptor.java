package dev.bowline.examples.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Listens and accepts connections. */
final class Acceptor {
    private static final System.Logger LOG = System.getLogger(Acceptor.class.getName());
    private static final int BACKLOG = 1024;
    private static final Duration AFTER_FAILURE = Duration.ofMillis(100);

    /** What becomes of a connection. */
    interface Opening {
        void open(SocketChannel accepted) throws IOException;
    }

    private final EventLoop loop;
    private final Opening opening;
    private final ServerSocketChannel channel;
    private final SelectionKey key;

    private Acceptor(EventLoop loop, Opening opening, ServerSocketChannel channel) throws IOException {
        this.loop = loop;
        this.opening = opening;
        this.channel = channel;
        key = loop.register(channel, SelectionKey.OP_ACCEPT, this::accept);
    }

    /** Returns the address that it really has. */
    static InetSocketAddress listen(InetSocketAddress address, EventLoop loop, Opening opening) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(address, BACKLOG);
            new Acceptor(loop, opening, channel);
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void accept() {
        try {
            SocketChannel accepted = channel.accept();
            if (accepted != null) {
                opening.open(accepted);
            }
        } catch (IOException e) {
            // Most likely out of file descriptors: the connection waits, and asking again at once would spin.
            LOG.log(Level.WARNING, "Could not accept a connection: {0}", e.getMessage());
            key.interestOps(0);
            loop.after(AFTER_FAILURE, () -> key.interestOps(SelectionKey.OP_ACCEPT));
        }
    }
}
