package dev.bowline.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.ConnectOptions;
import dev.bowline.DrainResult;
import dev.bowline.Transport;
import dev.bowline.integration.support.BowlineThreads;
import dev.bowline.integration.support.Bytes;
import dev.bowline.integration.support.Peer;
import dev.bowline.integration.support.PeerServer;
import dev.bowline.integration.support.RecordingLines;
import dev.bowline.integration.support.Waiting;
import dev.bowline.line.LineClient;
import dev.bowline.queue.QueueClosedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * What the Twisted client of 2008 got wrong. Its greeting is the one that it sent. Nothing here uses the transport that the
 * tests of other contracts share, so the threads that live are those of the clients.
 */
abstract class LessonsOf2008Contract extends TransportContract {
    private static final String GREETING = "A new connection has been made!";

    private static final class Client2008 extends RecordingLines {
        @Override
        protected void connectionMade() throws Exception {
            sendLine(GREETING);
            super.connectionMade();
        }

        @Override
        protected void lineReceived(String line) throws Exception {
            super.lineReceived(line);
            if (line.equals("echo:hello")) {
                finish();
            }
        }
    }

    /** A client on the transport of this name that all clients without their own share. */
    private LineClient sharing(PeerServer server) {
        return keep(LineClient.builder(server.endpoint(), Client2008::new)
                .transport(transportName())
                .open());
    }

    @Test
    void whatIsSentBeforeConnectingArrivesBehindTheGreeting() throws Exception {
        PeerServer server = server();
        CountDownLatch gate = new CountDownLatch(1);
        Transport gated = transport(gate);
        LineClient client = keep(LineClient.builder(server.endpoint(), Client2008::new)
                .transport(gated)
                .open());
        client.send("m0");
        client.send("m1");
        gate.countDown();
        Peer peer = server.accept();
        assertThat(peer.readLines(3)).containsExactly(GREETING, "m0", "m1");
        client.send("m2");
        assertThat(peer.readLine()).isEqualTo("m2");
    }

    @Test
    void nothingIsSentTwice() throws Exception {
        PeerServer server = server();
        LineClient first = sharing(server);
        for (String message : Bytes.messages(1_000)) {
            first.send(message);
        }
        Peer peer = server.accept();
        CompletableFuture<DrainResult> drained = first.drain(Duration.ofHours(1));
        List<String> received = peer.readLinesToEnd();
        peer.close();
        assertThat(received).hasSize(1_001).startsWith(GREETING).doesNotHaveDuplicates();
        DrainResult result = Waiting.await(drained);
        assertThat(result.undelivered()).isEmpty();
        LineClient second = sharing(server);
        second.send("m1001");
        assertThat(server.accept().readLines(2)).containsExactly(GREETING, "m1001");
    }

    @Test
    void whatIsSentAfterTheLossIsNotSwallowedButRefused() throws Exception {
        PeerServer server = server();
        LineClient client = sharing(server);
        Peer peer = server.accept();
        assertThat(peer.readLine()).isEqualTo(GREETING);
        peer.close();
        assertThat(client.await(Duration.ofHours(1))).isTrue();
        assertThatThrownBy(() -> client.send("late"))
                .isInstanceOf(QueueClosedException.class)
                .hasMessageContaining("not taken");
    }

    @Test
    void whatIsSentWhileTheConnectionIsBeingLostIsDeliveredHandedBackOrRefused() throws Exception {
        PeerServer server = server();
        LineClient client = sharing(server);
        CompletableFuture<Integer> sender = Waiting.aside(() -> {
            int taken = 0;
            try {
                while (true) {
                    client.send("m" + ++taken);
                }
            } catch (QueueClosedException lost) {
                return taken - 1;
            }
        });
        Peer peer = server.accept();
        assertThat(peer.readLines(500)).startsWith(GREETING, "m1");
        peer.reset();
        int taken = Waiting.await(sender);
        DrainResult result = Waiting.await(client.drain(Duration.ZERO));
        assertThat(result.sent()).isEqualTo(taken);
        List<String> left = Bytes.lines(result.undelivered());
        assertThat(left).isEqualTo(Bytes.messages(taken).subList((int) result.delivered(), taken));
    }

    @Test
    void theClientEndsWhenItsProtocolSaysSo() throws Exception {
        PeerServer server = server();
        LineClient client = sharing(server);
        client.send("hello");
        Peer peer = server.accept();
        assertThat(peer.readLines(2)).containsExactly(GREETING, "hello");
        CompletableFuture<Boolean> ended = Waiting.aside(() -> client.await(Duration.ofHours(1)));
        peer.send("echo:hello\r\n");
        assertThat(peer.readLinesToEnd()).isEmpty();
        peer.close();
        assertThat(Waiting.await(ended)).isTrue();
        Waiting.await(client.flush());
    }

    @Test
    void aSecondClientInTheSameProcessWorks() throws Exception {
        PeerServer server = server();
        for (int round = 0; round < 3; round++) {
            LineClient client = sharing(server);
            client.send("hello");
            Peer peer = server.accept();
            assertThat(peer.readLines(2)).containsExactly(GREETING, "hello");
            peer.close();
            client.close();
            BowlineThreads.awaitNone(transportName());
        }
    }

    @Test
    void closeLeavesNoThreadBehind() throws Exception {
        PeerServer server = server();
        LineClient client = sharing(server);
        Peer peer = server.accept();
        assertThat(peer.readLine()).isEqualTo(GREETING);
        assertThat(BowlineThreads.of(transportName())).isNotEmpty();
        peer.close();
        client.close();
        BowlineThreads.awaitNone(transportName());
    }

    @Test
    void aClientThatFailsByItselfLeavesNoThreadBehindEither() throws Exception {
        LineClient client = LineClient.builder(PeerServer.nobody(), Client2008::new)
                .transport(transportName())
                .open();
        Waiting.await(client.drain(Duration.ofHours(1)));
        BowlineThreads.awaitNone(transportName());
    }

    @Test
    void theLastOfTheClientsThatShareATransportEndsIt() throws Exception {
        PeerServer server = server();
        LineClient first = sharing(server);
        Peer firstPeer = server.accept();
        LineClient second = sharing(server);
        Peer secondPeer = server.accept();
        firstPeer.close();
        first.close();
        second.send("m1");
        assertThat(secondPeer.readLines(2)).containsExactly(GREETING, "m1");
        assertThat(BowlineThreads.of(transportName())).isNotEmpty();
        secondPeer.close();
        second.close();
        BowlineThreads.awaitNone(transportName());
    }

    @Test
    void aTransportThatWasGivenIsNotClosedByItsClient() throws Exception {
        PeerServer server = server();
        Transport given = keep(Transport.open(transportName()));
        for (int round = 0; round < 2; round++) {
            LineClient client = keep(LineClient.builder(server.endpoint(), Client2008::new)
                    .transport(given)
                    .open());
            Peer peer = server.accept();
            assertThat(peer.readLine()).isEqualTo(GREETING);
            peer.close();
            client.close();
        }
        assertThat(connect(given, server).readLine()).isEqualTo("still open");
        given.close();
        assertThatThrownBy(() -> connect(given, server)).isInstanceOf(IllegalStateException.class);
    }

    private static Peer connect(Transport transport, PeerServer server) {
        transport.connect(
                server.endpoint(),
                remote -> new RecordingLines() {
                    @Override
                    protected void connectionMade() {
                        sendLine("still open");
                    }
                },
                ConnectOptions.DEFAULT);
        return server.accept();
    }
}
