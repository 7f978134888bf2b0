package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.ClientFailedException;
import dev.bowline.DrainResult;
import dev.bowline.Endpoint;
import dev.bowline.Reconnect;
import dev.bowline.Transport;
import dev.bowline.line.LineClient;
import dev.bowline.queue.QueueClosedException;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.LogCapture;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every client ends, whatever happens to it, and with it every future; every message is accounted for (F4, F5). */
public abstract class ClientEndContract extends TransportContract {
    /** For a transport's own class. */
    protected ClientEndContract() {}

    private static final Duration LONG = Duration.ofHours(1);

    /** How a client may end. */
    enum Ending {
        REFUSED,
        NOT_RESOLVED,
        CLOSED_BY_PEER,
        RESET_BY_PEER,
        CLOSED_BY_PROTOCOL,
        PROTOCOL_THREW,
        NO_PROTOCOL,
        TRANSPORT_CLOSED,
        LIMIT_PASSED,
        FINISHED
    }

    @ParameterizedTest
    @EnumSource
    void f4_inEveryEndingEveryFutureEndsAndEveryMessageIsAccountedFor(Ending ending) throws Exception {
        PeerServer server = server();
        Transport own = anotherTransport();
        CountDownLatch sent = new CountDownLatch(1);
        // What such endings are logged as is none of the build's business.
        keep(new LogCapture());
        LineClient client = keep(LineClient.builder(endpointFor(ending, server), () -> {
                    awaitQuietly(sent);
                    if (ending == Ending.NO_PROTOCOL) {
                        throw new IllegalStateException("thrown by the test");
                    }
                    return new Greeting();
                })
                .connectOptions(options())
                .transport(own)
                .reconnect(Reconnect.never())
                .open());
        int taken = sendUpTo(3, client);
        Future<Void> flushed = client.flush();
        Future<Boolean> awaited = Waiting.aside(() -> client.await(LONG));
        sent.countDown();
        end(ending, server, own, client);
        DrainResult result = Waiting.await(client.drain(LONG));
        boolean delivered = ending == Ending.FINISHED;
        assertThat(result.sent()).isEqualTo(taken);
        assertThat(Bytes.lines(result.undelivered().messages()))
                .isEqualTo(delivered ? List.of() : Bytes.messages(3).subList(0, taken));
        assertThat(result.isComplete()).isEqualTo(delivered || taken == 0);
        if (delivered) {
            Waiting.await(flushed);
            assertThat(Waiting.await(awaited)).isTrue();
        } else if (taken > 0) {
            assertThat(Waiting.awaitFailure(flushed)).isInstanceOf(QueueClosedException.class);
            assertThat(Waiting.awaitFailure(awaited)).isInstanceOf(ClientFailedException.class);
        }
        assertThat(client.flush()).as("nothing is left to flush").isDone();
        assertThatThrownBy(() -> client.send("late")).isInstanceOf(QueueClosedException.class);
        assertThatThrownBy(() -> client.offer("late")).isInstanceOf(QueueClosedException.class);
    }

    private Endpoint endpointFor(Ending ending, PeerServer server) throws Exception {
        return switch (ending) {
            case REFUSED -> nobody();
            case NOT_RESOLVED -> endpoint("a-name-that-does-not-resolve.invalid", 1);
            default -> server.endpoint();
        };
    }

    /** A client that has failed already takes no more. */
    private static int sendUpTo(int count, LineClient client) throws InterruptedException {
        for (int i = 1; i <= count; i++) {
            try {
                client.send("m" + i);
            } catch (QueueClosedException failedMeanwhile) {
                return i - 1;
            }
        }
        return count;
    }

    private static void end(Ending ending, PeerServer server, Transport own, LineClient client) throws Exception {
        if (ending == Ending.REFUSED || ending == Ending.NOT_RESOLVED || ending == Ending.NO_PROTOCOL) {
            return;
        }
        Peer peer = server.accept();
        assertThat(peer.readLine()).isEqualTo("hello");
        switch (ending) {
            case CLOSED_BY_PEER -> peer.close();
            case RESET_BY_PEER -> peer.reset();
            case CLOSED_BY_PROTOCOL -> {
                peer.send("bye\r\n");
                assertThat(peer.readLinesToEnd()).containsExactly("bye");
                peer.close();
            }
            case PROTOCOL_THREW -> peer.send("throw\r\n");
            case TRANSPORT_CLOSED -> own.close();
            case LIMIT_PASSED -> Waiting.await(client.drain(Duration.ofMillis(1)));
            case FINISHED -> {
                peer.send("ready\r\nfinish\r\n");
                assertThat(peer.readLinesToEnd()).isEqualTo(Bytes.messages(3));
                peer.close();
            }
            default -> throw new AssertionError(ending);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            Waiting.await(latch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void f4_aFailedClientSaysWhereWhyAndWhatIsLeft() throws Exception {
        PeerServer server = server();
        LineClient client = keep(client(server.endpoint(), Greeting::new).open());
        client.send("m1");
        Peer peer = server.accept();
        assertThat(peer.readLine()).isEqualTo("hello");
        peer.reset();
        assertThatThrownBy(() -> client.await(LONG))
                .isInstanceOf(ClientFailedException.class)
                .hasMessageContainingAll(server.endpoint().toString(), "reset", "1 message");
        assertThatThrownBy(() -> client.send("m2"))
                .isInstanceOf(QueueClosedException.class)
                .hasCauseInstanceOf(ClientFailedException.class);
    }

    @Test
    void f4_awaitReturnsWhetherTheClientHasEnded() throws Exception {
        PeerServer server = server();
        LineClient client = keep(client(server.endpoint(), Greeting::new).open());
        Peer peer = server.accept();
        assertThat(peer.readLine()).isEqualTo("hello");
        assertThat(client.await(Duration.ofMillis(1))).isFalse();
        peer.send("ready\r\nfinish\r\n");
        assertThat(peer.readLinesToEnd()).isEmpty();
        peer.close();
        assertThat(client.await(LONG)).isTrue();
        assertThat(client.await(Duration.ZERO)).isTrue();
    }

    @Test
    void f4_aPeerThatClosesWhenAllIsDeliveredIsNoFailure() throws Exception {
        PeerServer server = server();
        LineClient client = keep(client(server.endpoint(), RecordingLines::new).open());
        client.send("m1");
        Peer peer = server.accept();
        assertThat(peer.readLine()).isEqualTo("m1");
        Waiting.await(client.flush());
        peer.close();
        assertThat(client.await(LONG)).isTrue();
    }
}
