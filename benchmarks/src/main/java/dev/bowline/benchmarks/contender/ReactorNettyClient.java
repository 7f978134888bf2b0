package dev.bowline.benchmarks.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.benchmarks.LineText;
import dev.bowline.testkit.TestCertificates;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;
import reactor.util.retry.Retry;

/**
 * Reactor Netty, with Netty's frame decoder added as its reference guide shows. Lines to be sent come from a sink with a bounded
 * buffer; it decides itself when to flush. It takes the native transport that it brings along, as it does by itself.
 */
final class ReactorNettyClient implements Contender {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int BUFFERED_LINES = 1024;
    private static final long PAUSE_NANOS = 20_000;
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);

    private final LoopResources loops = LoopResources.create("reactor-netty", 1, true);

    private TcpClient client(Remote remote) throws SSLException {
        TcpClient client = TcpClient.newConnection() // its pool would hold 500
                .runOn(loops)
                .host(Remote.HOST)
                .port(remote.port())
                .doOnConnected(made -> made.addHandlerLast(new LineBasedFrameDecoder(LONGEST_LINE)));
        if (!remote.tls()) {
            return client;
        }
        var context = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(TestCertificates.authority())
                .build();
        return client.secure(spec -> spec.sslContext(context));
    }

    @Override
    public Session connect(Remote remote, Purpose purpose, LineListener listener) throws SSLException {
        BlockingQueue<String> buffer = new ArrayBlockingQueue<>(BUFFERED_LINES);
        Sinks.Many<String> lines = Sinks.many().unicast().onBackpressureBuffer(buffer);
        Connection connection = client(remote).connectNow();
        Flux<String> encoded = lines.asFlux().map(line -> line + LineText.END);
        Disposable sending =
                connection.outbound().sendString(encoded, UTF_8).then().subscribe(nothing -> {}, failure -> {});
        if (purpose == Purpose.BYTES) {
            connection.inbound().receive().subscribe((ByteBuf line) -> listener.lines(1), failure -> {});
        } else {
            connection
                    .inbound()
                    .receive()
                    .asString(UTF_8)
                    .subscribe(line -> answer(lines, listener.line(line)), failure -> {});
        }
        return new Writing(connection, lines, sending);
    }

    private static void answer(Sinks.Many<String> lines, @Nullable String answer) {
        if (answer != null) {
            lines.tryEmitNext(answer).orThrow();
        }
    }

    /** As its reference guide says of reconnecting: Reactor's own retry, with a backoff. */
    @Override
    public void stayConnected(Remote remote, Runnable ready, Runnable lost) throws SSLException {
        client(remote)
                .doOnConnected(made -> ready.run())
                .doOnDisconnected(made -> lost.run())
                .connect()
                .flatMap(made -> made.onDispose().then(Mono.error(new IllegalStateException("connection lost"))))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_BACKOFF))
                .subscribe(nothing -> {}, failure -> {});
    }

    @Override
    public void close() {
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block();
    }

    private record Writing(Connection connection, Sinks.Many<String> lines, Disposable sending) implements Session {
        @Override
        public void send(String line) {
            while (true) {
                switch (lines.tryEmitNext(line)) {
                    case OK -> {
                        return;
                    }
                    // The buffer is full, or another thread is in there: its documentation says to try again.
                    case FAIL_OVERFLOW, FAIL_NON_SERIALIZED -> LockSupport.parkNanos(PAUSE_NANOS);
                    default -> throw new IllegalStateException("the connection is over");
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new IllegalStateException("interrupted");
                }
            }
        }

        @Override
        public void close() {
            sending.dispose();
            connection.dispose(); // without waiting: thousands take their time
        }
    }
}
