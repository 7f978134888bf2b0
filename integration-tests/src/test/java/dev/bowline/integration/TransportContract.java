package dev.bowline.integration;

import dev.bowline.ClientFactory;
import dev.bowline.ConnectOptions;
import dev.bowline.Connector;
import dev.bowline.Endpoint;
import dev.bowline.Reconnect;
import dev.bowline.Resolver;
import dev.bowline.Transport;
import dev.bowline.integration.support.BowlineThreads;
import dev.bowline.integration.support.ManualClock;
import dev.bowline.integration.support.PeerServer;
import dev.bowline.integration.support.RecordingFactory;
import dev.bowline.integration.support.RecordingLines;
import dev.bowline.integration.support.RecordingProtocol;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * What every transport must do, rule by rule of the design, from outside: through core's public API on one side and a
 * plain socket on the other. Each contract is a subclass; its tests carry their rules. A transport's class names the
 * transport and nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class TransportContract implements TransportUnderTest {
    /** What a test opened, in that order: servers go before the clients that would else wait for their end. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private @Nullable Transport transport;

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
        BowlineThreads.awaitNone(transportName());
    }

    /** Closes it when the test is over. */
    final <T extends AutoCloseable> T keep(T resource) {
        opened.add(resource);
        return resource;
    }

    /** The one that the tests of a class share. */
    final Transport transport() {
        Transport running = transport;
        if (running == null) {
            running = Transport.open(transportName());
            transport = running;
        }
        return running;
    }

    final Transport transport(ManualClock clock) {
        return keep(Transport.builder().name(transportName()).scheduler(clock).open());
    }

    final Transport transport(Resolver resolver) {
        return keep(Transport.builder().name(transportName()).resolver(resolver).open());
    }

    /** A transport on which no attempt gets anywhere until the gate opens. */
    final Transport transport(CountDownLatch gate) {
        return transport(host -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of(InetAddress.getByName(host));
        });
    }

    final PeerServer server() throws IOException {
        return keep(PeerServer.open());
    }

    final PeerServer serverWithSmallWindow() throws IOException {
        return keep(PeerServer.withReceiveBuffer(PeerServer.SMALL_WINDOW));
    }

    final Connector connect(Endpoint endpoint, ClientFactory factory) {
        return transport().connect(endpoint, factory, ConnectOptions.DEFAULT);
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

    /** A builder of a client that uses the transport of this class. */
    final LineClient.Builder client(Endpoint endpoint, Supplier<? extends LineProtocol> protocols) {
        return LineClient.builder(endpoint, protocols).transport(transport()).reconnect(Reconnect.never());
    }
}
