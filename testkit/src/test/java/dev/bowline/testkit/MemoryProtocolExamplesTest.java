package dev.bowline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.Cancellable;
import dev.bowline.ClientFactory;
import dev.bowline.ConnectFailure;
import dev.bowline.ConnectOptions;
import dev.bowline.Connector;
import dev.bowline.DrainResult;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.LossReport;
import dev.bowline.Protocol;
import dev.bowline.Reconnect;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineFormat;
import dev.bowline.line.LineProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How somebody who writes a protocol tests it: a small mail client, a factory that connects again. */
class MemoryProtocolExamplesTest {
    private final MemoryTransport memory = MemoryTransport.open();
    private final MemoryServer server = memory.listen("mail.example:25");

    @AfterEach
    void close() {
        memory.close();
    }

    /** Says who it is when it is greeted, may send when that is accepted, and is not answered for ever. */
    private static final class Mail extends LineProtocol {
        private static final Duration PATIENCE = Duration.ofSeconds(5);

        private final List<String> events;
        private Cancellable patience = () -> {};

        Mail(List<String> events) {
            this.events = events;
        }

        @Override
        protected void connectionMade() {
            patience = connection().schedule(PATIENCE, () -> {
                events.add("not greeted in time");
                connection().abort();
            });
        }

        @Override
        protected void lineReceived(String line) {
            patience.cancel();
            events.add(line);
            if (line.startsWith("220 ")) {
                sendLine("EHLO client.example");
            } else if (line.startsWith("250 ")) {
                ready();
            } else if (line.startsWith("421 ")) {
                close();
            }
        }

        @Override
        public void connectionLost(LossReason reason) {
            events.add(reason.describe());
        }
    }

    private final List<String> events = new ArrayList<>();

    private LineClient open() {
        return LineClient.builder(server.endpoint(), () -> new Mail(events))
                .transport(memory.transport())
                .reconnect(Reconnect.never())
                .open();
    }

    @Test
    void f1_messagesWaitUntilTheHandshakeIsDone() throws Exception {
        LineClient client = open();
        client.send("MAIL FROM:<me@client.example>");
        memory.run();
        MemoryPeer peer = server.accept();
        assertThat(peer.received()).isEmpty();
        peer.send("220 mail.example\r\n");
        memory.run();
        assertThat(peer.readLines()).containsExactly("EHLO client.example");
        peer.send("250 welcome\r\n");
        memory.run();
        assertThat(peer.readLines()).containsExactly("MAIL FROM:<me@client.example>");
        assertThat(client.flush()).isCompleted();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 65_536})
    void d1_theDialogueIsTheSameHoweverTheInputIsCut(int chunk) throws Exception {
        memory.chunkSize(chunk);
        open().send("DATA");
        memory.run();
        MemoryPeer peer = server.accept();
        peer.send("220 mail.example\r\n250 welcome\r\n");
        memory.run();
        assertThat(events).containsExactly("220 mail.example", "250 welcome");
        assertThat(peer.readLines()).containsExactly("EHLO client.example", "DATA");
    }

    @Test
    void aServerThatSaysNothingIsGivenUpAfterFiveSecondsAndNotBefore() {
        open();
        memory.advance(Duration.ofMillis(4_999));
        MemoryPeer peer = server.accept();
        assertThat(peer.wasReset()).isFalse();
        memory.advance(Duration.ofMillis(1));
        assertThat(peer.wasReset()).isTrue();
        assertThat(events).containsExactly("not greeted in time", "aborted here");
    }

    @Test
    void b3_closeWaitsForThePeersEndForTenSecondsAtMost() {
        open();
        memory.run();
        MemoryPeer peer = server.accept();
        peer.send("421 closing\r\n");
        memory.run();
        assertThat(peer.hasEnded()).isTrue();
        memory.advance(Duration.ofMillis(9_999));
        assertThat(events).containsExactly("421 closing");
        memory.advance(Duration.ofMillis(1));
        assertThat(events).containsExactly("421 closing", "closed here");
    }

    @Test
    void a6_theFirstThingThatHappenedIsTheReasonOfTheLoss() {
        open();
        memory.run();
        server.accept().send("220 mail.example\r\n").reset();
        memory.run();
        assertThat(events).containsExactly("220 mail.example", "connection failed: Connection reset by peer");
    }

    @Test
    void e5_aMessageCutOffByALossComesBackWhole() throws Exception {
        server.pipeCapacity(100).peersRead(false);
        LineClient client = open();
        client.send("short");
        client.send("x".repeat(200));
        memory.run();
        MemoryPeer peer = server.accept();
        peer.send("220 mail.example\r\n250 welcome\r\n");
        CompletableFuture<DrainResult> result = client.drain(Duration.ofMinutes(1));
        memory.run();
        assertThat(peer.unreadHere()).isEqualTo(100);
        peer.reset();
        DrainResult account = memory.run(result);
        assertThat(account.delivered()).isEqualTo(1);
        assertThat(account.undelivered().messages())
                .extracting(LineFormat.crlf()::decodeMessage)
                .containsExactly("x".repeat(200));
    }

    @Test
    void b5_aSlowServerGetsEverythingInTheEnd() throws Exception {
        server.pipeCapacity(10);
        LineClient client = open();
        client.send("x".repeat(1_000));
        memory.run();
        MemoryPeer peer = server.accept();
        peer.stopReading();
        peer.send("220 mail.example\r\n250 welcome\r\n");
        memory.run();
        assertThat(peer.unreadHere()).isEqualTo(10);
        CompletableFuture<Void> flushed = client.flush();
        assertThat(flushed).isNotDone();
        peer.resumeReading();
        memory.run(flushed);
        memory.run();
        assertThat(peer.readLines()).containsExactly("EHLO client.example", "x".repeat(1_000));
    }

    // ---- a factory that connects again ----

    /** Tries again after a second, then two, then four; from the start once it was connected. */
    private final class Again implements ClientFactory {
        private Duration delay = Duration.ofSeconds(1);

        @Override
        public Protocol buildProtocol(Endpoint remote) {
            delay = Duration.ofSeconds(1);
            return new Mail(events);
        }

        @Override
        public void connectFailed(Connector connector, ConnectFailure failure) {
            events.add(seconds() + " s: " + failure.describe());
            again(connector);
        }

        @Override
        public void connectionLost(Connector connector, LossReport report) {
            again(connector);
        }

        private void again(Connector connector) {
            connector.reconnect(delay);
            delay = delay.multipliedBy(2);
        }

        @Override
        public void stopped() {
            events.add("stopped");
        }

        private long seconds() {
            return Duration.ofNanos(memory.clock().nanoTime()).toSeconds();
        }
    }

    @Test
    void a3_attemptsFollowOneAnotherWithTheFactorysDelays() {
        server.close();
        Endpoint endpoint = server.endpoint();
        memory.transport().connect(endpoint, new Again(), ConnectOptions.DEFAULT);
        memory.advance(Duration.ofSeconds(10));
        String refused = " s: connection refused by 127.1.0.1:25";
        assertThat(events).containsExactly("0" + refused, "1" + refused, "3" + refused, "7" + refused);
    }

    @Test
    void a3_aServerThatComesBackIsFound() {
        Connector connector = memory.transport().connect(server.endpoint(), new Again(), ConnectOptions.DEFAULT);
        memory.run();
        server.accept().close();
        server.close();
        memory.advance(Duration.ofSeconds(1));
        assertThat(events).hasSize(2).first().isEqualTo("closed by the peer");
        MemoryServer back = memory.listen("mail.example:25");
        memory.advance(Duration.ofSeconds(2));
        back.accept().send("220 here again\r\n");
        memory.run();
        assertThat(events).hasSize(3).last().isEqualTo("220 here again");
        connector.abort();
        memory.run();
        assertThat(events).endsWith("aborted here", "stopped");
    }
}
