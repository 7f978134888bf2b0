package dev.bowline.benchmarks.contender;

import dev.bowline.ClientFactory;
import dev.bowline.ConnectOptions;
import dev.bowline.Connector;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.Protocol;
import dev.bowline.Reconnect;
import dev.bowline.Transport;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Bowline's client of lines on one of its transports, with all defaults. */
final class BowlineClient implements Contender {
    private static final int CONNECT_SECONDS = 30;
    private static final String NOT_CONNECTED = "not connected after " + CONNECT_SECONDS + " s";

    private final Transport transport;

    /** One for all idle connections, as one would have it: that is what a factory is for. Null until there is one. */
    private @Nullable IdleFactory idle;

    BowlineClient(String transport) {
        this.transport = Transport.open(transport);
    }

    @Override
    public Session connect(Remote remote, Purpose purpose, LineListener listener) throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        Lines lines = purpose == Purpose.BYTES
                ? new Bytes(listener, ready::countDown)
                : new Strings(listener, ready::countDown);
        LineClient client = LineClient.builder(endpoint(remote), () -> lines)
                .transport(transport)
                .connectOptions(options(remote))
                .reconnect(Reconnect.never())
                .open();
        await(ready);
        return new Sending(client, lines);
    }

    /** A connection without a client: it has nothing to queue. */
    @Override
    public Session connectIdle(Remote remote, LineListener listener) throws Exception {
        IdleFactory factory = idle;
        if (factory == null) {
            factory = new IdleFactory(endpoint(remote), listener);
            idle = factory;
        }
        Connector connector = transport.connect(factory.endpoint, factory, options(remote));
        if (!factory.made.tryAcquire(CONNECT_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException(NOT_CONNECTED);
        }
        return new Listening(connector);
    }

    @Override
    public void stayConnected(Remote remote, Runnable ready, Runnable lost) {
        var unused = LineClient.builder(endpoint(remote), () -> new Reconnecting(ready, lost))
                .transport(transport)
                .drainOnShutdown(Duration.ZERO)
                .open();
    }

    private static Endpoint endpoint(Remote remote) {
        return Endpoint.parse((remote.tls() ? "tls://" : "tcp://") + Remote.HOST + ":" + remote.port());
    }

    private static ConnectOptions options(Remote remote) {
        return remote.tls() ? ConnectOptions.DEFAULT.withTls(ClientTls.options()) : ConnectOptions.DEFAULT;
    }

    private static void await(CountDownLatch ready) throws InterruptedException, TimeoutException {
        if (!ready.await(CONNECT_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException(NOT_CONNECTED);
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Makes protocols that only listen, all to one endpoint. */
    private static final class IdleFactory implements ClientFactory {
        private final Endpoint endpoint;
        private final LineListener listener;
        private final Semaphore made = new Semaphore(0);
        private final Runnable release = made::release;

        IdleFactory(Endpoint endpoint, LineListener listener) {
            this.endpoint = endpoint;
            this.listener = listener;
        }

        @Override
        public Protocol buildProtocol(Endpoint peer) {
            return new Strings(listener, release);
        }
    }

    /** Is ready at once. */
    private abstract static class Lines extends LineProtocol {
        private final Runnable made;

        Lines(Runnable made) {
            this.made = made;
        }

        @Override
        protected void connectionMade() {
            ready();
            made.run();
        }

        final void abort() {
            connection().abort();
        }
    }

    private static class Strings extends Lines {
        final LineListener listener;

        Strings(LineListener listener, Runnable made) {
            super(made);
            this.listener = listener;
        }

        @Override
        protected void lineReceived(String line) {
            @Nullable String answer = listener.line(line);
            if (answer != null) {
                sendLine(answer);
            }
        }
    }

    /** Takes each line before it becomes a String. */
    private static final class Bytes extends Strings {
        Bytes(LineListener listener, Runnable made) {
            super(listener, made);
        }

        @Override
        protected void lineReceived(ByteBuffer line) {
            listener.lines(1);
        }
    }

    private static final class Reconnecting extends Lines {
        private final Runnable lost;

        Reconnecting(Runnable made, Runnable lost) {
            super(made);
            this.lost = lost;
        }

        @Override
        protected void lineReceived(String line) {}

        @Override
        public void connectionLost(LossReason reason) {
            lost.run();
        }
    }

    private record Listening(Connector connector) implements Session {
        @Override
        public void send(String line) {
            throw new UnsupportedOperationException("this one only listens");
        }

        @Override
        public void close() {
            connector.abort();
        }
    }

    private record Sending(LineClient client, Lines lines) implements Session {
        @Override
        public void send(String line) throws InterruptedException {
            client.send(line);
        }

        @Override
        public void close() {
            lines.abort(); // a good end would read what the server goes on to send
            client.drain(Duration.ZERO).join();
        }
    }
}
