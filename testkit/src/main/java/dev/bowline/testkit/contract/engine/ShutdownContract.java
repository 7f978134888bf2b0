package dev.bowline.testkit.contract.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bowline.spi.Engine;
import dev.bowline.spi.Link;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The end of an engine: nothing of it is left. */
interface ShutdownContract {
    EngineBench bench();

    @Test
    default void h1_closingTheEngineLeavesNoThread() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        assertThat(bench().threads()).allMatch(Thread::isDaemon);
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
    default void h1_closingAnEngineThatWasNeverUsedLeavesNoThread() throws Exception {
        bench().engine().close();
        assertNoThreadIsLeft();
    }

    @Test
    default void b4_closingTheEngineAbortsLinksThatAreStillOpen() throws Exception {
        PeerServer server = bench().server(PeerServer.SMALL_WINDOW);
        List<ProbedLink> links = new ArrayList<>();
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            links.add(bench().open(server));
            peers.add(server.accept());
        }
        links.get(3).run(l -> l.setReading(false));
        links.get(4).run(l -> l.write(Bytes.patternBuffer(40_000_000)));
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
    default void a2_closingTheEngineEndsAnAttemptThatHangs() throws Exception {
        PeerServer server = bench().silentServer();
        ProbedLink link = bench().begin(server.address());
        bench().engine().close();
        assertThat(link.awaitOpenFailed()).isNotNull();
        assertNoThreadIsLeft();
    }

    @Test
    default void h1_closingTheEngineOnItsOwnThreadOnlyBegins() throws Exception {
        PeerServer server = bench().server();
        Engine engine = bench().engine();
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        link.run(l -> {
            engine.close();
            assertThat(link.isClosed()).isFalse();
        });
        link.awaitClosed();
        assertThat(peer.countToEnd().byReset()).isTrue();
        assertNoThreadIsLeft();
    }

    @Test
    default void h1_closingTheEngineInsideClosedWorks() throws Exception {
        PeerServer server = bench().server();
        Engine engine = bench().engine();
        ProbedLink link = bench().link().whenClosed(engine::close);
        link.begin(engine, server.address()).awaitOpened();
        link.run(Link::close);
        link.awaitClosed();
        assertNoThreadIsLeft();
    }

    @Test
    default void h1_aClosedEngineOpensNothing() throws Exception {
        PeerServer server = bench().server();
        bench().engine().close();
        ProbedLink link = bench().link();
        assertThatIllegalStateException().isThrownBy(() -> link.begin(bench().engine(), server.address()));
        assertNoThreadIsLeft();
        assertThat(server.hasCaller()).isFalse();
        assertThat(link.log()).isEmpty();
    }

    @Test
    default void h1_tasksGivenAfterTheEnginesEndAreDroppedInSilence() throws Exception {
        PeerServer server = bench().server();
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

    private void assertNoThreadIsLeft() throws InterruptedException {
        for (Thread thread : bench().threads()) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName() + " is alive").isFalse();
        }
    }
}
