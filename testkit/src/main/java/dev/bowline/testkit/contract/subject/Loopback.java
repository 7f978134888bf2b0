package dev.bowline.testkit.contract.subject;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Real sockets; TCP in the old blocking form, which has timeouts, and Unix domain sockets as channels. */
final class Loopback implements Network {
    private static final int MANY = 1_000;

    @Override
    public Listener listen(SocketAddress at, int window) throws IOException {
        return at instanceof UnixDomainSocketAddress path
                ? new UnixListener(path)
                : new TcpListener(at, window, MANY, List.of());
    }

    /** With its queue of connections full, Linux answers no further attempt. */
    @Override
    public Listener silent() throws IOException {
        List<SocketChannel> fillers = new ArrayList<>();
        TcpListener full = new TcpListener(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0, 1, fillers);
        for (int i = 0; i < 8; i++) {
            SocketChannel filler = SocketChannel.open();
            fillers.add(filler);
            filler.configureBlocking(false);
            filler.connect(full.address());
        }
        return full;
    }

    private static final class TcpListener implements Listener {
        private final ServerSocket socket;

        /** Connections that only take up room; closed with it. */
        private final List<SocketChannel> fillers;

        TcpListener(SocketAddress at, int window, int backlog, List<SocketChannel> fillers) throws IOException {
            this.socket = new ServerSocket();
            this.fillers = fillers;
            if (window > 0) {
                socket.setReceiveBufferSize(window);
            }
            socket.bind(at, backlog);
        }

        @Override
        public SocketAddress address() {
            return socket.getLocalSocketAddress();
        }

        @Override
        public Wire accept(Duration patience) throws IOException {
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            return new TcpWire(socket.accept());
        }

        @Override
        public void close() throws IOException {
            socket.close();
            for (SocketChannel filler : fillers) {
                filler.close();
            }
        }
    }
}
