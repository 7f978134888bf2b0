package dev.bowline.testkit.contract.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.spi.Link;
import dev.bowline.testkit.contract.Needs;
import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an attempt begins and ends. */
interface OpeningContract {
    EngineBench bench();

    @Test
    default void a2_anAttemptThatSucceedsIsOpenedOnAnotherThread() throws Exception {
        PeerServer server = bench().server();
        Thread[] thread = new Thread[1];
        ProbedLink link = bench().link().whenOpened(l -> thread[0] = Thread.currentThread());
        link.begin(bench().engine(), server.address()).awaitOpened();
        assertThat(thread[0]).isNotNull().isNotSameAs(Thread.currentThread());
        assertThat(link.log()).startsWith("opened");
    }

    @Test
    default void a2_aRefusedAttemptIsOpenFailedWithAConnectException() throws Exception {
        PeerServer server = bench().server();
        SocketAddress nobody = server.address();
        server.close();
        ProbedLink link = bench().begin(nobody);
        assertThat(link.awaitOpenFailed()).isInstanceOf(ConnectException.class);
        link.cancel();
        assertThat(link.log()).containsExactly("openFailed");
    }

    @Test
    default void a2_anAddressThatIsNotResolvedIsOpenFailedAndNotThrown() {
        ProbedLink link = bench().begin(InetSocketAddress.createUnresolved("nowhere.invalid", 1));
        assertThat(link.awaitOpenFailed()).isNotNull();
    }

    @Test
    default void a2_anAddressOfAnUnknownKindIsOpenFailedAndNotThrown() {
        ProbedLink link = bench().begin(new SocketAddress() {});
        assertThat(link.awaitOpenFailed()).isNotNull();
    }

    @Test
    default void a2_anAttemptCancelledWhileItWaitsForThePeerIsOpenFailed() throws Exception {
        PeerServer server = bench().silentServer();
        ProbedLink link = bench().begin(server.address());
        PeerServer alive = bench().server();
        bench().open(alive);
        assertThat(link.log()).as("still waiting after another link opened").isEmpty();
        link.cancel();
        link.cancel();
        assertThat(link.awaitOpenFailed()).isNotNull();
        assertThat(link.log()).containsExactly("openFailed");
    }

    @RepeatedTest(20)
    default void a2_anAttemptCancelledAtOnceEndsInExactlyOneCall() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().link().whenOpened(Link::abort);
        link.begin(bench().engine(), server.address()).cancel();
        if (link.awaitAttempt()) {
            link.awaitClosed();
            assertThat(link.log()).containsExactly("opened", "closed");
        } else {
            assertThat(link.log()).containsExactly("openFailed");
        }
    }

    @Test
    default void a2_cancellingAfterOpenedDoesNothing() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        link.cancel();
        link.writeAndWait(Bytes.patternBuffer(10));
        assertThat(peer.read(10)).isEqualTo(Bytes.pattern(10));
        peer.send(Bytes.pattern(20));
        assertThat(link.awaitReceived(20)).isEqualTo(Bytes.pattern(20));
    }

    @Test
    default void a4_openingFromTheEventSideReportsNothingInsideTheCall() throws Exception {
        PeerServer server = bench().server();
        ProbedLink second = bench().link();
        ProbedLink first = bench().link();
        first.whenOpened(l -> second.begin(bench().engine(), server.address()));
        first.begin(bench().engine(), server.address()).awaitOpened();
        second.awaitOpened();
    }

    @Test
    default void h1_theAddressesAreThoseOfTheSocketAndAnyThreadMayAsk() throws Exception {
        PeerServer server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        assertThat(link.bareLink().remoteAddress()).isEqualTo(server.address());
        assertThat(link.bareLink().localAddress()).isEqualTo(peer.remoteAddress());
        link.run(Link::abort);
        link.awaitClosed();
        assertThat(link.bareLink().localAddress()).isEqualTo(peer.remoteAddress());
    }

    @Test
    @Needs(Capability.SOCKETS)
    default void b8_keepAliveIsSetWhenAskedFor() throws Exception {
        PeerServer server = bench().server();
        Link link = bench().open(server).bareLink();
        server.accept();
        boolean kept = bench().subject()
                .socketOption(link.localAddress(), link.remoteAddress(), StandardSocketOptions.SO_KEEPALIVE);
        assertThat(kept).isTrue();
    }

    @Test
    @Needs(Capability.UNIX_SOCKETS)
    default void h1_aUnixSocketServesAsWell(@TempDir Path folder) throws Exception {
        PeerServer server = bench().server(UnixDomainSocketAddress.of(folder.resolve("s")));
        ProbedLink link = bench().open(server);
        Peer peer = server.accept();
        link.writeAndWait(Bytes.patternBuffer(1_000));
        assertThat(peer.read(1_000)).isEqualTo(Bytes.pattern(1_000));
        peer.send(Bytes.pattern(2_000));
        assertThat(link.awaitReceived(2_000)).isEqualTo(Bytes.pattern(2_000));
        peer.shutdownOutput();
        link.awaitInputEnded();
        link.run(Link::close);
        link.awaitClosed();
        assertThat(peer.readToEnd()).isEmpty();
    }

    @Test
    @Needs({Capability.UNIX_SOCKETS, Capability.UNIX_HALF_CLOSE})
    default void b5_aUnixSocketTakesWritesAfterThePeersEnd(@TempDir Path folder) throws Exception {
        PeerServer server = bench().server(UnixDomainSocketAddress.of(folder.resolve("s")));
        ProbedLink link = bench().open(server);
        Peer peer = server.accept().shutdownOutput();
        link.awaitInputEnded();
        link.writeAndWait(Bytes.patternBuffer(1_000));
        link.run(Link::shutdownOutput);
        assertThat(peer.readToEnd()).isEqualTo(Bytes.pattern(1_000));
        link.run(Link::close);
        assertThat(link.awaitClosed()).isEmpty();
    }

    @Test
    @Needs(Capability.UNIX_SOCKETS)
    default void a2_aUnixSocketThatIsNotThereIsOpenFailed(@TempDir Path folder) {
        ProbedLink link = bench().begin(UnixDomainSocketAddress.of(folder.resolve("none")));
        assertThat(link.awaitOpenFailed()).isInstanceOf(IOException.class);
    }
}
