package dev.bowline.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One proxied connection: the client's, and the one to the server. All on the proxy's thread. */
final class FaultProxyConnection {
    /** Something that fails when one of the two connections is broken. */
    private interface Step {
        void run() throws IOException;
    }

    private final FaultProxyLoop loop;
    private final SocketChannel client;
    private final SocketChannel server;
    private final SelectionKey clientKey;
    private final SelectionKey serverKey;
    private final FaultProxyPipe toServer;
    private final FaultProxyPipe toClient;
    private boolean connected;

    /** The direction towards the server was ended before there was a server. */
    private boolean cutOffInAdvance;

    private boolean over;

    FaultProxyConnection(
            FaultProxyLoop loop,
            Selector selector,
            SocketChannel client,
            FaultProxy.Direction up,
            FaultProxy.Direction down)
            throws IOException {
        this.loop = loop;
        this.client = client;
        this.server = SocketChannel.open();
        this.clientKey = register(client, selector);
        this.serverKey = register(server, selector);
        this.toServer = new FaultProxyPipe(loop, this, up, client, server);
        this.toClient = new FaultProxyPipe(loop, this, down, server, client);
    }

    private SelectionKey register(SocketChannel channel, Selector selector) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, 0, this);
    }

    /** Until the server accepts, nothing is read from the client; if it does not, the client is reset. */
    void connect(InetSocketAddress address) {
        step(() -> {
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            server.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connected = server.connect(address);
        });
        refresh();
    }

    /** A channel can do something. */
    void ready(SelectionKey key) {
        step(() -> {
            if (key.isConnectable()) {
                connected = server.finishConnect();
                if (cutOffInAdvance) {
                    toServer.cutOff();
                }
                toServer.pump();
                toClient.pump();
            }
            if (!over && key.isReadable()) {
                (key == clientKey ? toServer : toClient).read();
            }
            if (!over && key.isWritable()) {
                (key == clientKey ? toClient : toServer).pump();
            }
        });
    }

    /** A command has changed what happens to bytes, or time has passed. */
    void refresh() {
        step(() -> {
            if (connected) {
                toServer.pump();
            }
            if (connected && !over) {
                toClient.pump();
            }
        });
    }

    /** Ends one direction now; the one towards the server as soon as that is connected. */
    void shutdownOutput(FaultProxy.Direction direction) {
        step(() -> {
            if (!direction.towardsServer) {
                toClient.cutOff();
            } else if (connected) {
                toServer.cutOff();
            } else {
                cutOffInAdvance = true;
            }
        });
    }

    private void step(Step step) {
        if (over) {
            return;
        }
        try {
            step.run();
            if (over) {
                return;
            }
            if (toServer.isDone() && toClient.isDone()) {
                close();
                return;
            }
            clientKey.interestOps(connected ? interest(toServer, toClient) : 0);
            serverKey.interestOps(connected ? interest(toClient, toServer) : SelectionKey.OP_CONNECT);
        } catch (IOException | CancelledKeyException broken) {
            reset();
        }
    }

    private static int interest(FaultProxyPipe from, FaultProxyPipe to) {
        return (from.wantsToRead() ? SelectionKey.OP_READ : 0) | (to.wantsToWrite() ? SelectionKey.OP_WRITE : 0);
    }

    /** Closes both connections with RST. */
    void reset() {
        if (!over) {
            resetAtClose(client);
            resetAtClose(server);
            close();
        }
    }

    private static void resetAtClose(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException brokenAnyway) {
            // There is nobody left to reset.
        }
    }

    private void close() {
        over = true;
        FaultProxyLoop.closeQuietly(client);
        FaultProxyLoop.closeQuietly(server);
        loop.ended(this);
    }
}
