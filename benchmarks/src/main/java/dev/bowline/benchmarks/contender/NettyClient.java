package dev.bowline.benchmarks.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.LineEncoder;
import io.netty.handler.codec.string.LineSeparator;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Netty with its own decoders and encoder for lines. A sender writes line after line and flushes after each burst, and
 * waits while the channel is not writable, as the documentation of {@code isWritable} asks for.
 */
@SuppressWarnings("FutureReturnValueIgnored") // as in Netty's own examples: what fails, ends the channel
final class NettyClient implements Contender {
    private static final int LONGEST_LINE = 16 * 1024;

    /** As Netty's uptime example has it. */
    private static final int RECONNECT_SECONDS = 5;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private @Nullable SslContext tls;

    @Override
    public Session connect(Remote remote, Purpose purpose, LineListener listener) throws Exception {
        if (remote.tls() && tls == null) {
            tls = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .trustManager(dev.bowline.testkit.TestCertificates.authority())
                    .build();
        }
        Room room = new Room();
        Channel channel = bootstrap(remote, pipeline -> {
                    if (remote.tls()) {
                        pipeline.addLast(context().newHandler(pipeline.channel().alloc(), Remote.HOST, remote.port()));
                    }
                    addLineCodec(pipeline, purpose);
                    pipeline.addLast(purpose == Purpose.BYTES ? new Bytes(listener) : new Strings(listener, room));
                })
                .connect(remote.address())
                .sync()
                .channel();
        return new Writing(channel, room);
    }

    private SslContext context() {
        SslContext made = tls;
        if (made == null) {
            throw new IllegalStateException("no TLS yet");
        }
        return made;
    }

    private static void addLineCodec(ChannelPipeline pipeline, Purpose purpose) {
        pipeline.addLast(new LineBasedFrameDecoder(LONGEST_LINE));
        if (purpose != Purpose.BYTES) {
            pipeline.addLast(new StringDecoder(UTF_8));
        }
        pipeline.addLast(new LineEncoder(LineSeparator.WINDOWS, UTF_8));
    }

    private interface Pipelines {
        void fill(ChannelPipeline pipeline);
    }

    private Bootstrap bootstrap(Remote remote, Pipelines pipelines) {
        return new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .remoteAddress(remote.address())
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        pipelines.fill(channel.pipeline());
                    }
                });
    }

    /** As in Netty's uptime example: once the channel has gone, or could not be had, again after a fixed time. */
    @Override
    public void stayConnected(Remote remote, Runnable ready, Runnable lost) {
        bootstrap(remote, pipeline -> {
                    addLineCodec(pipeline, Purpose.STRINGS);
                    pipeline.addLast(new SimpleChannelInboundHandler<String>() {
                        @Override
                        public void channelActive(ChannelHandlerContext context) {
                            ready.run();
                        }

                        @Override
                        protected void channelRead0(ChannelHandlerContext context, String line) {}

                        @Override
                        public void channelInactive(ChannelHandlerContext context) {
                            lost.run();
                        }

                        @Override
                        public void channelUnregistered(ChannelHandlerContext context) {
                            context.channel()
                                    .eventLoop()
                                    .schedule(
                                            () -> stayConnected(remote, ready, lost),
                                            RECONNECT_SECONDS,
                                            TimeUnit.SECONDS);
                        }

                        @Override
                        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                            context.close();
                        }
                    });
                })
                .connect();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Where senders wait while the channel has enough. */
    private static final class Room {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();

        void changed() {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void await(Channel channel) throws InterruptedException {
            lock.lock();
            try {
                while (!channel.isWritable() && channel.isActive()) {
                    changed.await();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private static final class Strings extends SimpleChannelInboundHandler<String> {
        private final LineListener listener;
        private final Room room;

        Strings(LineListener listener, Room room) {
            this.listener = listener;
            this.room = room;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, String line) {
            String answer = listener.line(line);
            if (answer != null) {
                context.writeAndFlush(answer);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            room.changed();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            room.changed();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private static final class Bytes extends SimpleChannelInboundHandler<ByteBuf> {
        private final LineListener listener;

        Bytes(LineListener listener) {
            this.listener = listener;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf line) {
            listener.lines(1);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private record Writing(Channel channel, Room room) implements Session {
        @Override
        public void send(String line) {
            channel.write(line);
        }

        @Override
        public void flush() throws InterruptedException {
            channel.flush();
            if (!channel.isWritable()) {
                room.await(channel);
            }
        }

        @Override
        public void close() {
            channel.close().syncUninterruptibly();
        }
    }
}
