package dev.bowline.transport.netty;

import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/** A link that is not yet: makes the channel and connects it, and ends in {@code opened} or {@code openFailed}. */
final class NettyAttempt {
    private final NettyEngine engine;
    private final NettyLoop loop;
    private final SocketAddress remote;
    private final LinkOptions options;
    private final LinkHandler handler;

    // The loop's thread only.

    private @Nullable DuplexChannel channel;

    /** What came of it, if it was opened. */
    private @Nullable NettyLink link;

    private boolean over;

    NettyAttempt(NettyEngine engine, NettyLoop loop, SocketAddress remote, LinkOptions options, LinkHandler handler) {
        this.engine = engine;
        this.loop = loop;
        this.remote = remote;
        this.options = options;
        this.handler = handler;
    }

    // ---- from any thread ----

    void start() {
        loop.execute(this::connect);
    }

    /** Gives the attempt up, if it is not over. */
    void cancel() {
        loop.execute(this::giveUp);
    }

    /** The engine is closing: gives up, or aborts the link. */
    void end() {
        loop.execute(() -> {
            if (link != null) {
                link.abort();
            } else {
                giveUp();
            }
        });
    }

    // ---- on the loop's thread ----

    private void connect() {
        try {
            DuplexChannel made =
                    remote instanceof UnixDomainSocketAddress ? new NioDomainSocketChannel() : new NioSocketChannel();
            channel = made;
            configure(made.config());
            ChannelFuture registered = loop.register(made);
            if (!registered.isSuccess()) {
                fail(registered.cause());
                return;
            }
            SocketAddress local = options.localAddress();
            ChannelFuture connecting = local == null ? made.connect(remote) : made.connect(remote, local);
            var unused = connecting.addListener(this::connected);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void configure(ChannelConfig config) {
        // A Unix socket answers that it does not know TCP's options, and is left alone.
        config.setOption(ChannelOption.TCP_NODELAY, options.tcpNoDelay());
        config.setOption(ChannelOption.SO_KEEPALIVE, options.keepAlive());
        if (options.sendBuffer() > 0) {
            config.setOption(ChannelOption.SO_SNDBUF, options.sendBuffer());
        }
        if (options.receiveBuffer() > 0) {
            config.setOption(ChannelOption.SO_RCVBUF, options.receiveBuffer());
        }
        config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        // A failed write must leave the input as it is; and core has its own connect timeout.
        config.setOption(ChannelOption.AUTO_CLOSE, false);
        config.setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
        config.setOption(ChannelOption.RECVBUF_ALLOCATOR, loop.buffer());
    }

    private void connected(Future<? super Void> outcome) {
        if (over || channel == null) {
            return;
        }
        if (!outcome.isSuccess()) {
            fail(outcome.cause());
            return;
        }
        over = true;
        NettyLink opened = new NettyLink(loop, channel, handler, () -> engine.gone(this));
        link = opened;
        channel.pipeline().addLast(opened);
        NettyLoop.guarded(() -> handler.opened(opened));
    }

    private void giveUp() {
        if (!over) {
            fail(new IOException("the attempt to connect to " + remote + " was given up"));
        }
    }

    /** Netty wraps what the system said, to add the address; whoever reports it to people adds that already. */
    private static IOException plain(IOException cause) {
        return cause.getCause() instanceof IOException original ? original : cause;
    }

    private void fail(Throwable cause) {
        over = true;
        if (channel != null) {
            var unused = channel.close();
        }
        IOException reported =
                cause instanceof IOException io ? plain(io) : new IOException("cannot connect to " + remote, cause);
        loop.execute(() -> {
            NettyLoop.guarded(() -> handler.openFailed(reported));
            engine.gone(this);
        });
    }
}
