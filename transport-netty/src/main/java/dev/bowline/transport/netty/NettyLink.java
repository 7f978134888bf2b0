package dev.bowline.transport.netty;

import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * One connected channel, and the only handler in its pipeline.
 *
 * <p><b>Writing.</b> Netty would copy a heap buffer as a whole into a direct one and tell nothing until all of it is
 * out. So a heap buffer goes in slices, copied here, and a progressive promise moves the caller's position with every
 * byte that the socket takes; it stands exact when the promise fails.
 *
 * <p><b>Ends.</b> With half-closure allowed a reset shows as an exception followed by an event that says that input is
 * shut down, so what comes first decides. A failed write shuts the output down and leaves the input alone. {@code
 * closed} waits until the channel is deregistered and a select has really closed its descriptor.
 *
 * <p>Everything is on the loop's thread, but for {@link #execute} and the addresses, which do not change.
 */
final class NettyLink extends ChannelInboundHandlerAdapter implements Link, ChannelProgressiveFutureListener {
    private enum Input {
        OPEN,
        ENDED
    }

    /** IDLE to OFFERING to IDLE or WAITING; WAITING to OFFERING; all to FAILED, which is for good. */
    private enum Output {
        /** No write outstanding. */
        IDLE,
        /** {@link #offer} is running: a slice that ends inside it must not begin it anew. */
        OFFERING,
        /** Netty has a slice that the socket has not wholly taken. */
        WAITING,
        /** A write failed; its report was made. */
        FAILED
    }

    private static final Logger LOG = System.getLogger("dev.bowline.transport.netty");

    private static final int SLICE_BYTES = 128 * 1024;

    private final NettyLoop loop;
    private final DuplexChannel channel;
    private final LinkHandler handler;
    private final Runnable gone;
    private final SocketAddress localAddress;
    private final SocketAddress remoteAddress;

    private Input input = Input.OPEN;
    private Output output = Output.IDLE;

    /** The write in progress, if there is one, and the stretch of it that Netty has. */
    private @Nullable ByteBuffer outstanding;

    private int sliceStart;
    private int sliceEnd;

    /** From here on only {@code closed} follows. */
    private boolean over;

    private @Nullable IOException closedBy;

    NettyLink(NettyLoop loop, DuplexChannel channel, LinkHandler handler, Runnable gone) {
        this.loop = loop;
        this.channel = channel;
        this.handler = handler;
        this.gone = gone;
        this.localAddress = channel.localAddress();
        this.remoteAddress = channel.remoteAddress();
    }

    // ---- reading ----

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (!over) {
                NettyLoop.guarded(() -> handler.received(loop.buffer().filled()));
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !over && input == Input.OPEN) {
            input = Input.ENDED;
            channel.config().setAutoRead(false);
            NettyLoop.guarded(handler::inputEnded);
        }
    }

    /** Reading failed: what our own side throws never comes here. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!over) {
            finish(asIo(cause));
        }
    }

    @Override
    public void setReading(boolean on) {
        if (!over && input == Input.OPEN) {
            channel.config().setAutoRead(on);
        }
    }

    // ---- writing ----

    @Override
    public void write(ByteBuffer data) {
        if (!over && output == Output.IDLE) {
            outstanding = data;
            sliceEnd = data.position();
            offer();
        }
    }

    /** Gives Netty slice after slice of the outstanding write, as long as the socket takes each at once. */
    private void offer() {
        ByteBuffer data = outstanding;
        if (data == null) {
            return;
        }
        output = Output.OFFERING;
        while (output == Output.OFFERING && data.hasRemaining() && data.position() == sliceEnd) {
            send(slice(data), data.position());
        }
        if (output == Output.OFFERING) {
            if (data.hasRemaining()) {
                output = Output.WAITING;
            } else {
                output = Output.IDLE;
                outstanding = null;
                handler.written();
            }
        }
    }

    /** A direct buffer as it is; of another one the next part, copied. */
    private ByteBuf slice(ByteBuffer data) {
        if (data.isDirect()) {
            return Unpooled.wrappedBuffer(data);
        }
        int length = Math.min(data.remaining(), SLICE_BYTES);
        return channel.alloc().directBuffer(length).writeBytes(data.slice(data.position(), length));
    }

    private void send(ByteBuf slice, int start) {
        sliceStart = start;
        sliceEnd = start + slice.readableBytes();
        ChannelProgressivePromise promise = channel.newProgressivePromise();
        promise.addListener(this);
        var unused = channel.writeAndFlush(slice, promise);
    }

    @Override
    public void operationProgressed(ChannelProgressiveFuture slice, long progress, long total) {
        if (outstanding != null) {
            outstanding.position(sliceStart + (int) progress);
        }
    }

    @Override
    public void operationComplete(ChannelProgressiveFuture slice) {
        if (over) {
            return;
        }
        if (!slice.isSuccess()) {
            outputFailed(slice.cause());
        } else if (output == Output.WAITING) {
            NettyLoop.guarded(this::offer);
        }
    }

    private void outputFailed(Throwable cause) {
        outstanding = null;
        output = Output.FAILED;
        Throwable first =
                cause instanceof ChannelOutputShutdownException && cause.getCause() != null ? cause.getCause() : cause;
        NettyLoop.guarded(() -> handler.outputFailed(asIo(first)));
    }

    @Override
    public void shutdownOutput() {
        if (!over && output != Output.FAILED) {
            var unused = channel.shutdownOutput().addListener(done -> {
                if (!done.isSuccess()) {
                    loop.execute(() -> brokenOutput(done.cause()));
                }
            });
        }
    }

    private void brokenOutput(Throwable cause) {
        if (!over && output != Output.FAILED) {
            outputFailed(cause);
        }
    }

    // ---- the end ----

    @Override
    public void close() {
        if (!over) {
            finish(null);
        }
    }

    @Override
    public void abort() {
        if (over) {
            return;
        }
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException e) {
            LOG.log(Level.DEBUG, "a socket that is broken already takes no SO_LINGER", e);
        }
        finish(null);
    }

    private void finish(@Nullable IOException cause) {
        over = true;
        closedBy = cause;
        outstanding = null;
        var unused = channel.close();
    }

    /**
     * Netty closed it unasked. A Unix socket's end of input does so, since Netty half-closes TCP sockets only; else it
     * could not even shut a broken output down.
     */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!over && input == Input.OPEN && channel instanceof NioDomainSocketChannel) {
            input = Input.ENDED;
            NettyLoop.guarded(handler::inputEnded);
        }
        if (!over) {
            finish(new ClosedChannelException());
        }
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext context) {
        loop.afterSelect(() -> {
            NettyLoop.guarded(() -> handler.closed(closedBy));
            gone.run();
        });
    }

    private static IOException asIo(Throwable cause) {
        return cause instanceof IOException io ? io : new IOException(cause);
    }

    // ---- from any thread ----

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public SocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }
}
