package dev.bowline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bowline.spi.Link;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The peer as tests use it; what the client makes of it stands in the tests of the link. */
class MemoryPeerTest {
    private final MemoryBench bench = new MemoryBench();
    private final MemoryProbe probe = new MemoryProbe();

    private MemoryPeer connect() {
        bench.open(probe);
        return bench.server.accept();
    }

    @Test
    void linesAreReadWholeWithEitherEnding() {
        MemoryPeer peer = connect();
        bench.write(probe, MemoryBench.bytes("one\r\ntwo\n\r\n\nrest"));
        assertThat(peer.readLine()).isEqualTo("one");
        assertThat(peer.readLines()).containsExactly("two", "", "");
        assertThat(peer.received()).isEqualTo("rest");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(peer::readLine)
                .withMessage("no whole line has come, only 'rest'");
        bench.write(probe, MemoryBench.bytes(" of it\n"));
        assertThat(peer.readLine()).isEqualTo("rest of it");
    }

    @Test
    void peersAreAcceptedInTheOrderInWhichTheyConnected() {
        connect();
        MemoryProbe second = bench.open();
        MemoryProbe third = bench.open();
        assertThat(bench.server.accept().remoteAddress())
                .isEqualTo(second.link().localAddress());
        assertThat(bench.server.hasCaller()).isTrue();
        assertThat(bench.server.accept().remoteAddress()).isEqualTo(third.link().localAddress());
        assertThat(bench.server.hasCaller()).isFalse();
    }

    @Test
    void readTakesWhatHasComeAndNothingFromThePipeWhileThePeerReadsByItself() {
        MemoryPeer peer = connect();
        bench.write(probe, MemoryBench.bytes("abcdef"));
        bench.steps.execute(() -> probe.write(MemoryBench.bytes("ghi")));
        bench.steps.step();
        assertThat(peer.read(4)).containsExactly('a', 'b', 'c', 'd');
        assertThat(peer.read(100)).containsExactly('e', 'f');
        assertThat(peer.read(100)).isEmpty();
        bench.steps.run();
        assertThat(peer.received()).isEqualTo("ghi");
    }

    @Test
    void aPeerThatHasEndedItsOutputSendsNoMore() {
        MemoryPeer peer = connect();
        peer.shutdownOutput();
        peer.shutdownOutput();
        assertThatIllegalStateException().isThrownBy(() -> peer.send("x")).withMessageContaining("ended its output");
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened", "inputEnded");
    }

    @Test
    void closingOrResettingAgainDoesNothingMore() {
        MemoryPeer peer = connect();
        peer.close();
        peer.close();
        peer.reset();
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened", "inputEnded");
    }

    @Test
    void aPeerWhoseClientResetItKeepsWhatItHadReceivedAndSendsIntoTheVoid() {
        MemoryPeer peer = connect();
        bench.write(probe, MemoryBench.bytes("all"));
        bench.run(probe, Link::abort);
        assertThat(peer.wasReset()).isTrue();
        peer.send("to nobody").shutdownOutput();
        assertThat(peer.received()).isEqualTo("all");
        assertThat(peer.hasEnded()).isFalse();
    }

    @Test
    void aPipeHasRoomForSomething() {
        assertThatIllegalArgumentException().isThrownBy(() -> bench.server.pipeCapacity(0));
    }

    // ---- the streams, whose calls wait ----

    private static <T> CompletableFuture<T> aside(Callable<T> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return work.call();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private <T> T driven(Callable<T> work) throws Exception {
        MemoryDriver driver = new MemoryDriver(bench.steps);
        driver.start();
        try {
            return aside(work).get(60, TimeUnit.SECONDS);
        } finally {
            driver.stop();
        }
    }

    @Test
    void theStreamsMoveMoreThanAPipeHoldsBothWays() throws Exception {
        byte[] data = MemoryBench.pattern(1_000_000);
        bench.server.pipeCapacity(1_000).peersRead(false);
        MemoryPeer peer = connect();
        probe.on("written", () -> probe.link().shutdownOutput());
        byte[] read = driven(() -> {
            CompletableFuture<Void> sending = aside(() -> {
                peer.output().write(data);
                peer.shutdownOutput();
                return null;
            });
            bench.steps.execute(() -> probe.write(ByteBuffer.wrap(data)));
            byte[] all = peer.input().readNBytes(data.length);
            sending.join();
            assertThat(peer.input().read()).isEqualTo(-1);
            return all;
        });
        assertThat(read).isEqualTo(data);
        assertThat(probe.received()).isEqualTo(data);
    }

    @Test
    void aReadFindsWhatThePeerHadReceivedByItself() throws Exception {
        MemoryPeer peer = connect();
        bench.write(probe, MemoryBench.bytes("ab"));
        bench.run(probe, Link::shutdownOutput);
        try (InputStream in = peer.input()) {
            assertThat(in.read()).isEqualTo('a');
            assertThat(in.readAllBytes()).containsExactly('b');
        }
        assertThatIllegalStateException().isThrownBy(() -> peer.send("closed with the stream"));
    }

    @Test
    void aReadThatWaitsEndsWithTheClientsReset() throws Exception {
        MemoryPeer peer = connect();
        driven(() -> {
            CompletableFuture<Integer> reading = aside(peer.input()::read);
            bench.steps.execute(probe.link()::abort);
            assertThat(reading.handle((count, failure) -> failure).join())
                    .hasCauseInstanceOf(SocketException.class)
                    .hasMessageContaining("Connection reset");
            return null;
        });
    }

    @Test
    void aWriteThatWaitsFailsWhenTheClientGoes() throws Exception {
        bench.server.pipeCapacity(10);
        MemoryPeer peer = connect();
        bench.run(probe, link -> link.setReading(false));
        OutputStream out = peer.output();
        CompletableFuture<Throwable> writing = aside(() -> {
                    out.write(new byte[25]);
                    return null;
                })
                .handle((nothing, failure) -> failure);
        assertThat(bench.steps.await(() -> peer.unreadByClient() == 10, Duration.ofSeconds(30)))
                .isTrue();
        bench.run(probe, Link::close);
        assertThat(writing.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> out.write(1));
    }
}
