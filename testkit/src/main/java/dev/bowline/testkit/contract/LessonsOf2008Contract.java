package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bowline.ClientFailedException;
import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineFormat;
import dev.bowline.queue.QueueClosedException;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the line client of 2008 got wrong, one test a mistake. */
public abstract class LessonsOf2008Contract extends TransportContract {
    /** For a transport's own class. */
    protected LessonsOf2008Contract() {}

    private static final Duration PATIENCE = Duration.ofSeconds(Waiting.patienceSeconds());

    private LineClient open(PeerServer server, RecordingLines protocol) {
        return keep(client(server.endpoint(), () -> protocol).open());
    }

    private static List<String> undelivered(DrainResult result) {
        return result.undelivered().messages().stream()
                .map(LineFormat.crlf()::decodeMessage)
                .toList();
    }

    /** It wiped its queue when it started to connect. */
    @Test
    void f1_whatIsSentBeforeConnectingArrives() throws Exception {
        PeerServer server = server();
        LineClient client = open(server, new RecordingLines());
        client.send("m0");
        client.send("m1");
        assertThat(server.accept().readLines(2)).containsExactly("m0", "m1");
    }

    /** It kept what it had flushed, and flushed it again on the next connection. */
    @Test
    void e5_nothingIsSentTwice() throws Exception {
        PeerServer server = server();
        LineClient first = open(server, new RecordingLines());
        first.send("once");
        Waiting.await(first.flush());
        Peer peer = server.accept();
        assertThat(peer.readLines(1)).containsExactly("once");
        CompletableFuture<DrainResult> drained = first.drain(PATIENCE);
        assertThat(peer.readToEnd()).isEmpty();
        peer.close();
        assertThat(Waiting.await(drained)).isEqualTo(new DrainResult(1, 0, Leftover.NONE, Leftover.NONE));
        LineClient second = open(server, new RecordingLines());
        second.send("another");
        assertThat(server.accept().readLines(1)).containsExactly("another");
    }

    /** It wrote into a dead connection, without an error. */
    @Test
    void e7_aSendAfterTheLossIsNotSwallowedButHandedBack() throws Exception {
        PeerServer server = server();
        RecordingLines protocol = new RecordingLines() {
            @Override
            protected void connectionMade() {
                lines().add("never ready: what is queued stays queued");
            }
        };
        LineClient client = open(server, protocol);
        client.send("queued");
        server.accept().close();
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(PATIENCE))
                .withMessage(server.endpoint() + ": closed by the peer; 1 message undelivered");
        assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> client.send("after the loss"));
        assertThat(undelivered(client.drain(Duration.ZERO).join())).containsExactly("queued");
    }

    /** Its callers waited for ever. */
    @Test
    void f4_everyFutureEndsWhateverTheEndIs() throws Exception {
        List<CompletableFuture<?>> futures = new ArrayList<>();
        PeerServer server = server();
        LineClient refused = keep(client(nobody(), RecordingLines::new).open());
        futures.addAll(List.of(flushOf(refused), refused.drain(PATIENCE)));

        LineClient reset = open(server, new RecordingLines());
        futures.addAll(List.of(flushOf(reset), reset.drain(PATIENCE)));
        server.accept().reset();

        LineClient thrown = open(server, new RecordingLines() {
            @Override
            protected void connectionMade() {
                throw new IllegalStateException("at once");
            }
        });
        futures.addAll(List.of(flushOf(thrown), thrown.drain(PATIENCE)));
        for (CompletableFuture<?> future : futures) {
            Waiting.await(future.handle((result, failure) -> true));
        }
    }

    private static CompletableFuture<Void> flushOf(LineClient client) {
        try {
            client.offer("a message");
        } catch (QueueClosedException endedAlready) {
            return client.flush();
        }
        return client.flush();
    }

    @Test
    void f5_aTransportThatWasGivenStaysOpen() throws Exception {
        PeerServer server = server();
        LineClient first = open(server, new RecordingLines());
        server.accept().close();
        first.close();
        LineClient second = open(server, new RecordingLines());
        second.send("the same transport");
        assertThat(server.accept().readLines(1)).containsExactly("the same transport");
    }
}
