package dev.bowline.testkit.contract.engine;

import dev.bowline.spi.Engine;
import dev.bowline.spi.EngineOptions;
import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.subject.TransportUnderTest;
import dev.bowline.testkit.contract.support.PeerServer;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What one test works with: an engine, its links, and the peers at their other ends. Cleared away and judged at the end. */
public final class EngineBench {
    private final TransportUnderTest subject;

    /** Those that are not an engine's of this test: what drives a network, say. */
    private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();

    private final List<Engine> engines = new CopyOnWriteArrayList<>();
    private final List<ProbedLink> links = new CopyOnWriteArrayList<>();
    private final List<PeerServer> servers = new CopyOnWriteArrayList<>();

    private @Nullable Engine engine;

    EngineBench(TransportUnderTest subject) {
        this.subject = subject;
    }

    TransportUnderTest subject() {
        return subject;
    }

    /** The one engine that most tests need. */
    Engine engine() {
        Engine running = engine;
        if (running == null) {
            running = engine(EngineOptions.DEFAULT);
            engine = running;
        }
        return running;
    }

    Engine engine(EngineOptions options) {
        Engine started = subject.start(options);
        engines.add(started);
        return started;
    }

    PeerServer server() throws IOException {
        return keep(PeerServer.open(subject.network()));
    }

    /** A server whose connections take about so many bytes before somebody reads them. */
    PeerServer server(int window) throws IOException {
        return keep(PeerServer.open(subject.network(), window));
    }

    PeerServer server(SocketAddress at) throws IOException {
        return keep(PeerServer.open(subject.network(), at, 0));
    }

    /** A server that never answers. */
    PeerServer silentServer() throws IOException {
        return keep(PeerServer.silent(subject.network()));
    }

    private PeerServer keep(PeerServer server) {
        servers.add(server);
        return server;
    }

    /** A link that has not begun to connect, for a test that sets what it does first. */
    ProbedLink link() {
        ProbedLink link = new ProbedLink(subject.capabilities().contains(Capability.SOCKETS));
        links.add(link);
        return link;
    }

    ProbedLink begin(SocketAddress remote) {
        return link().begin(engine(), remote);
    }

    ProbedLink open(PeerServer server) {
        return begin(server.address()).awaitOpened();
    }

    /** The threads of the engines, those that live. */
    List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("bowline-" + subject.name()))
                .filter(thread -> !threadsBefore.contains(thread))
                .toList();
    }

    /** Ends everything; then every link must have kept the rules. */
    void finish() throws Exception {
        for (PeerServer server : servers) {
            server.close();
        }
        for (Engine started : engines) {
            started.close();
        }
        List<Breach> breaches =
                links.stream().flatMap(link -> link.breaches().stream()).toList();
        if (!breaches.isEmpty()) {
            throw new BrokenRulesError(breaches);
        }
    }
}
