package dev.bowline.benchmarks.server;

import dev.bowline.testkit.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The other end of every benchmark: a port for each {@link Service}, on the loopback address. It moves ready-made blocks and
 * does nothing else, so that it is not what is measured; how fast it can be, the contender {@code raw-nio} shows.
 *
 * <p>Its first line of output says the ports, {@code = SINK=40001 ECHO=40002 …}. It ends with its standard input.
 */
public final class FastServer {
    private static final int BACKLOG = 4096;

    private final Map<Service, Integer> ports = new EnumMap<>(Service.class);

    /** What {@link Service#CONTROL} controls; there before anybody can connect to that, which comes last. */
    private @Nullable Crowd crowd;

    private FastServer() {}

    /**
     * Runs the server.
     *
     * @param args the first port to listen at, the other services follow; none: any that are free
     */
    public static void main(String[] args) throws IOException {
        FastServer server = new FastServer();
        int first = args.length == 0 ? 0 : Integer.parseInt(args[0]);
        int next = first;
        for (Service service : Service.values()) {
            server.listen(service, first == 0 ? 0 : next++);
        }
        System.out.println("= "
                + server.ports.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" ")));
        while (System.in.read() >= 0) {
            // until whoever started it is gone
        }
        System.exit(0);
    }

    private void listen(Service service, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        if (service.isTls()) {
            SSLContext context = TestCertificates.serverContext(TestCertificates.Server.EC);
            ServerSocket listening =
                    context.getServerSocketFactory().createServerSocket(port, BACKLOG, address.getAddress());
            ports.put(service, listening.getLocalPort());
            start(service, () -> acceptAll(service, listening));
            return;
        }
        ServerSocketChannel listening = ServerSocketChannel.open().bind(address, BACKLOG);
        ports.put(service, listening.socket().getLocalPort());
        ByteBuffer block = service.lineLength() > 0 ? Talk.directBlock(service.lineLength()) : ByteBuffer.allocate(0);
        if (service == Service.CROWD || service == Service.IDLE) {
            Crowd many = new Crowd(listening, block);
            start(service, many::run);
            crowd = service == Service.CROWD ? many : crowd;
        } else {
            start(service, () -> acceptAll(service, listening, block));
        }
    }

    private void acceptAll(Service service, ServerSocketChannel listening, ByteBuffer block) throws IOException {
        while (true) {
            SocketChannel channel = listening.accept();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (service == Service.BOTH) {
                start(service, () -> Talk.flood(channel, block));
            }
            start(service, () -> serve(service, channel, block));
        }
    }

    private void serve(Service service, SocketChannel channel, ByteBuffer block) throws IOException {
        try (channel) {
            switch (service) {
                case SINK, BOTH -> Talk.sink(channel);
                case ECHO -> Talk.echo(channel);
                case CONTROL -> Talk.control(channel, Objects.requireNonNull(crowd));
                default -> Talk.flood(channel, block);
            }
        }
    }

    private static void acceptAll(Service service, ServerSocket listening) throws IOException {
        byte[] block = Talk.block(Service.TLS_FLOOD.lineLength());
        while (true) {
            Socket socket = listening.accept();
            start(service, () -> {
                try (socket) {
                    if (service == Service.TLS_SINK) {
                        Talk.sink(socket.getInputStream());
                    } else {
                        Talk.flood(socket.getOutputStream(), block);
                    }
                }
            });
        }
    }

    private interface Io {
        void run() throws IOException;
    }

    private static void start(Service service, Io work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException clientIsGone) {
                        // as clients do
                    }
                },
                service.name());
        thread.setDaemon(true);
        thread.start();
    }
}
