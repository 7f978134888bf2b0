package dev.bowline.integration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.spi.Engine;
import dev.bowline.spi.Link;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The end of an engine: nothing of it is left. */
interface ShutdownContract {
    EngineBench bench();

    @Test
    default void closingTheEngineLeavesNoThread() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        ServerSocket server = bench().server();
        ProbedLink link = bench().open(server);
        assertThat(threadsOfEngines()).allMatch(Thread::isDaemon);
        link.run(Link::close);
        link.awaitClosed();
        bench().engine().close();
        assertNoThreadIsLeft();
        bench().engine().close();
        // Nor one of a library that would keep the JVM from ending.
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread))
                .allMatch(Thread::isDaemon);
    }

    @Test
    default void closingAnEngineThatWasNeverUsedLeavesNoThread() throws Exception {
        bench().engine().close();
        assertNoThreadIsLeft();
    }

    @Test
    default void closingTheEngineAbortsLinksThatAreStillOpen() throws Exception {
        ServerSocket server = bench().server(EngineBench.SMALL_WINDOW);
        List<ProbedLink> links = new ArrayList<>();
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            links.add(bench().open(server));
            peers.add(bench().accept(server));
        }
        links.get(3).run(l -> l.setReading(false));
        links.get(4).run(l -> l.write(EngineBench.patternBuffer(40_000_000)));
        bench().engine().close();
        for (ProbedLink link : links) {
            assertThat(link.isClosed())
                    .as("closed was reported when Engine.close returned")
                    .isTrue();
        }
        for (Peer peer : peers) {
            assertThat(peer.countToEnd().byReset()).isTrue();
        }
        assertNoThreadIsLeft();
    }

    @Test
    default void closingTheEngineEndsAnAttemptThatHangs() throws Exception {
        ServerSocket server = bench().keep(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < 8; i++) {
            SocketChannel filler = bench().keep(SocketChannel.open());
            filler.configureBlocking(false);
            filler.connect(server.getLocalSocketAddress());
        }
        ProbedLink link = bench().begin(server.getLocalSocketAddress());
        bench().engine().close();
        assertThat(link.awaitOpenFailed()).isNotNull();
        assertNoThreadIsLeft();
    }

    @Test
    default void closingTheEngineOnItsOwnThreadOnlyBegins() throws Exception {
        ServerSocket server = bench().server();
        Engine engine = bench().engine();
        ProbedLink link = bench().open(server);
        Peer peer = bench().accept(server);
        link.run(l -> {
            engine.close();
            assertThat(link.isClosed()).isFalse();
        });
        link.awaitClosed();
        assertThat(peer.countToEnd().byReset()).isTrue();
        assertNoThreadIsLeft();
    }

    @Test
    default void closingTheEngineInsideClosedWorks() throws Exception {
        ServerSocket server = bench().server();
        Engine engine = bench().engine();
        ProbedLink link = bench().link().whenClosed(engine::close);
        link.begin(engine, server.getLocalSocketAddress()).awaitOpened();
        link.run(Link::close);
        link.awaitClosed();
        assertNoThreadIsLeft();
    }

    @Test
    default void tasksGivenAfterTheEnginesEndAreDroppedInSilence() throws Exception {
        ServerSocket server = bench().server();
        ProbedLink link = bench().open(server);
        link.run(Link::close);
        link.awaitClosed();
        bench().engine().close();
        CompletableFuture<Void> ran = new CompletableFuture<>();
        link.bareLink().execute(() -> ran.complete(null));
        link.cancel();
        assertNoThreadIsLeft();
        assertThat(ran).isNotDone();
    }

    private static void assertNoThreadIsLeft() throws InterruptedException {
        for (Thread thread : threadsOfEngines()) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName() + " is alive").isFalse();
        }
    }

    private static List<Thread> threadsOfEngines() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("bowline-"))
                .toList();
    }
}
