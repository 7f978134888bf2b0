package dev.bowline.integration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.spi.Link;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an attempt begins and ends. */
interface OpeningContract {
    EngineBench bench();

    /** Whether a Unix socket can still be written to after the peer's end, as a TCP socket can. */
    default boolean unixSocketsHalfClose() {
        return true;
    }

    @Test
    default void a2_anAttemptThatSucceedsIsOpenedOnAnotherThread() throws Exception {
        ServerSocket server = bench().server();
        Thread[] thread = new Thread[1];
        ProbedLink link = bench().link().whenOpened(l -> thread[0] = Thread.currentThread());
        link.begin(bench().engine(), server.getLocalSocketAddress()).awaitOpened();
        assertThat(thread[0]).isNotNull().isNotSameAs(Thread.currentThread());
        assertThat(link.log()).startsWith("opened");
    }

    @Test
    default void a2_aRefusedAttemptIsOpenFailedWithAConnectException() throws Exception {
        ServerSocket server = bench().server();
        SocketAddress nobody = server.getLocalSocketAddress();
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
        // With its queue of connections full, Linux answers no further one: the attempt hangs until it is cancelled.
        ServerSocket server = bench().keep(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < 8; i++) {
            SocketChannel filler = bench().keep(SocketChannel.open());
            filler.configureBlocking(false);
            filler.connect(server.getLocalSocketAddress());
        }
        ProbedLink link = bench().begin(server.getLocalSocketAddress());
        ServerSocket alive = bench().server();
        bench().open(alive);
        assertThat(link.log()).as("still waiting after another link opened").isEmpty();
        link.cancel();
        link.cancel();
        assertThat(link.awaitOpenFailed()).isNotNull();
        assertThat(link.log()).containsExactly("openFailed");
    }

    @RepeatedTest(20)
    default void a2_anAttemptCancelledAtOnceEndsInExactlyOneCall() throws Exception {
        ServerSocket server = bench().server();
        ProbedLink link = bench().link().whenOpened(Link::abort);
        link.begin(bench().engine(), server.getLocalSocketAddress()).cancel();
        if (link.awaitAttempt()) {
            link.awaitClosed();
            assertThat(link.log()).containsExactly("opened", "closed");
        } else {
            assertThat(link.log()).containsExactly("openFailed");
        }
    }

    @Test
    default void cancellingAfterOpenedDoesNothing() throws Exception {
        ServerSocket server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = bench().accept(server);
        link.cancel();
        link.writeAndWait(EngineBench.patternBuffer(10));
        assertThat(peer.read(10)).isEqualTo(EngineBench.pattern(10));
        peer.send(EngineBench.pattern(20));
        assertThat(link.awaitReceived(20)).isEqualTo(EngineBench.pattern(20));
    }

    @Test
    default void openingFromTheEventSideReportsNothingInsideTheCall() throws Exception {
        ServerSocket server = bench().server();
        ProbedLink second = bench().link();
        ProbedLink first = bench().link();
        first.whenOpened(l -> second.begin(bench().engine(), server.getLocalSocketAddress()));
        first.begin(bench().engine(), server.getLocalSocketAddress()).awaitOpened();
        second.awaitOpened();
    }

    @Test
    default void theAddressesAreThoseOfTheSocketAndAnyThreadMayAsk() throws Exception {
        ServerSocket server = bench().server();
        ProbedLink link = bench().open(server);
        Peer peer = bench().accept(server);
        assertThat(link.bareLink().remoteAddress()).isEqualTo(server.getLocalSocketAddress());
        assertThat(link.bareLink().localAddress()).isEqualTo(peer.socket().getRemoteSocketAddress());
        link.run(Link::abort);
        link.awaitClosed();
        assertThat(link.bareLink().localAddress()).isEqualTo(peer.socket().getRemoteSocketAddress());
    }

    @Test
    default void b8_keepAliveIsSetWhenAskedFor() throws Exception {
        ServerSocket server = bench().server();
        ProbedLink link = bench().open(server);
        bench().accept(server);
        KernelSockets.isKeptAlive(
                        link.bareLink().localAddress(), link.bareLink().remoteAddress())
                .ifPresent(kept -> assertThat(kept).isTrue());
    }

    @Test
    default void aUnixSocketServesAsWell(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
            server.bind(address);
            ProbedLink link = bench().begin(address).awaitOpened();
            try (SocketChannel peer = server.accept()) {
                link.writeAndWait(EngineBench.patternBuffer(1_000));
                ByteBuffer seen = ByteBuffer.allocate(1_000);
                while (seen.hasRemaining() && peer.read(seen) >= 0) {}
                assertThat(seen.array()).isEqualTo(EngineBench.pattern(1_000));
                peer.write(seen.flip());
                assertThat(link.awaitReceived(1_000)).isEqualTo(EngineBench.pattern(1_000));
                peer.shutdownOutput();
                link.awaitInputEnded();
                if (unixSocketsHalfClose()) {
                    link.run(Link::shutdownOutput);
                    assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
                    link.run(Link::close);
                    assertThat(link.awaitClosed()).isEmpty();
                } else {
                    assertThat(link.awaitClosed()).isPresent();
                    assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
                }
            }
        } finally {
            Files.deleteIfExists(path);
        }
    }

    @Test
    default void aUnixSocketThatIsNotThereIsOpenFailed(@TempDir Path folder) {
        ProbedLink link = bench().begin(UnixDomainSocketAddress.of(folder.resolve("none")));
        assertThat(link.awaitOpenFailed()).isInstanceOf(IOException.class);
    }
}
