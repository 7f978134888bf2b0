package dev.bowline.testkit.contract;

import dev.bowline.ClientFactory;
import dev.bowline.ConnectOptions;
import dev.bowline.Connector;
import dev.bowline.Endpoint;
import dev.bowline.Reconnect;
import dev.bowline.Resolver;
import dev.bowline.Transport;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import dev.bowline.spi.EngineOptions;
import dev.bowline.testkit.ManualClock;
import dev.bowline.testkit.contract.subject.ContractSubject;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.RecordingProtocol;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/**
 * What every transport must do, rule by rule of the design, from outside: through core's public API on one side and the
 * peer's end of the network on the other. Each contract is a subclass; its tests carry their rules. A transport's test
 * class extends one, names the transport through {@link ContractSubject#subject}, and holds nothing else.
 */
public abstract class TransportContract extends Contract {
    /** What a test opened, in that order: servers go before the clients that would else wait for their end. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private @Nullable Transport transport;

    /** For a group of tests about any transport. */
    protected TransportContract() {}

    @AfterEach
    void closeWhatTheTestOpened() throws Exception {
        while (!opened.isEmpty()) {
            opened.remove().close();
        }
    }

    @AfterAll
    void closeTheTransport() {
        if (transport != null) {
            transport.close();
        }
    }

    /**
     * Closes it when the test is over.
     *
     * @param <T> what it is
     * @param resource closed in the order in which things were kept
     * @return the same
     */
    protected final <T extends AutoCloseable> T keep(T resource) {
        opened.add(resource);
        return resource;
    }

    /** {@return the transport's short name} */
    protected final String transportName() {
        return underTest().name();
    }

    /** For a transport of the kind under test that differs from the one that all tests share; it is to be kept. */
    final Transport.Builder builder() {
        return Transport.builder().name(transportName()).engine(underTest().start(EngineOptions.DEFAULT));
    }

    /** {@return the one that the tests of a class share} */
    protected final Transport transport() {
        Transport running = transport;
        if (running == null) {
            running = builder().open();
            transport = running;
        }
        return running;
    }

    /** Another one. */
    final Transport anotherTransport() {
        return keep(builder().open());
    }

    final Transport transport(ManualClock clock) {
        return keep(builder().scheduler(clock).open());
    }

    final Transport transport(Resolver resolver) {
        return keep(builder().resolver(resolver).open());
    }

    /** A transport on which no attempt gets anywhere until the gate opens. */
    final Transport transport(CountDownLatch gate) {
        return transport(host -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Resolver.SYSTEM.resolve(host);
        });
    }

    final PeerServer server() throws IOException {
        return keep(PeerServer.open(underTest().network()));
    }

    final PeerServer serverWithSmallWindow() throws IOException {
        return keep(PeerServer.open(underTest().network(), PeerServer.SMALL_WINDOW));
    }

    /** A server that never answers. */
    final PeerServer silentServer() throws IOException {
        return keep(PeerServer.silent(underTest().network()));
    }

    /** An endpoint where nobody listens. */
    final Endpoint nobody() throws IOException {
        return PeerServer.nobody(underTest().network());
    }

    /** A port where nobody listens. */
    final int nobodysPort() throws IOException {
        return PeerServer.nobodysPort(underTest().network());
    }

    /** A port of a host, as the network under test is spoken to. */
    final Endpoint endpoint(String host, int port) {
        return underTest().network().endpoint(host, port);
    }

    /** What each attempt of the tests begins with. */
    final ConnectOptions options() {
        return underTest().network().connectOptions();
    }

    final Connector connect(Endpoint endpoint, ClientFactory factory) {
        return transport().connect(endpoint, factory, options());
    }

    /** Connects a protocol to a server, and returns it. */
    final <P extends RecordingProtocol> P connect(PeerServer server, P protocol) {
        connect(server.endpoint(), new RecordingFactory(() -> protocol));
        return protocol;
    }

    /** Connects a line protocol to a server, and returns it. */
    final <P extends RecordingLines> P connect(PeerServer server, P protocol) {
        connect(server.endpoint(), new RecordingFactory(() -> protocol));
        return protocol;
    }

    /** A client that ends with its test, without delivering what it still has. */
    final LineClient keepBriefly(LineClient client) {
        keep(() -> {
            client.drain(Duration.ZERO).join();
        });
        return client;
    }

    /**
     * A builder of a client that uses the transport of this class, and does not reconnect.
     *
     * @param endpoint of a server of the test
     * @param protocols makes the protocol of each connection
     * @return whose client the test closes or keeps
     */
    protected final LineClient.Builder client(Endpoint endpoint, Supplier<? extends LineProtocol> protocols) {
        return LineClient.builder(endpoint, protocols)
                .connectOptions(options())
                .transport(transport())
                .reconnect(Reconnect.never());
    }
}
