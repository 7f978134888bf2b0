package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.DrainResult;
import dev.bowline.Reconnect;
import dev.bowline.Transport;
import dev.bowline.line.LineClient;
import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What flows when (F1). */
public abstract class ClientContract extends TransportContract {
    /** For a transport's own class. */
    protected ClientContract() {}

    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void f1_sendWorksBeforeThereIsAConnection() throws Exception {
        PeerServer server = server();
        CountDownLatch gate = new CountDownLatch(1);
        Transport gated = transport(gate);
        LineClient client = keep(LineClient.builder(server.endpoint(), Greeting::new)
                .connectOptions(options())
                .transport(gated)
                .reconnect(Reconnect.never())
                .open());
        for (String message : Bytes.messages(100)) {
            client.send(message);
        }
        gate.countDown();
        Peer peer = server.accept().send("ready\r\n");
        assertThat(peer.readLine()).isEqualTo("hello");
        assertThat(peer.readLines(100)).isEqualTo(Bytes.messages(100));
    }

    @Test
    void f1_beforeReadyOnlyTheProtocolsOwnWritesGo() throws Exception {
        PeerServer server = server();
        LineClient client = keep(client(server.endpoint(), Greeting::new).open());
        client.send("m1");
        Peer peer = server.accept();
        assertThat(peer.readLine()).isEqualTo("hello");
        for (int i = 2; i <= 20; i++) {
            client.send("m" + i);
            assertThat(peer.send("ping\r\n").readLine()).isEqualTo("pong");
        }
        peer.send("ready\r\n");
        assertThat(peer.readLines(20)).isEqualTo(Bytes.messages(20));
        client.send("m21");
        assertThat(peer.readLine()).isEqualTo("m21");
    }

    @Test
    void f1_afterCloseNothingQueuedGoesButTheProtocolsOwnWritesDo() throws Exception {
        PeerServer server = server();
        CompletableFuture<LineClient> opened = new CompletableFuture<>();
        LineClient client = keep(client(server.endpoint(), () -> new Greeting() {
                    @Override
                    protected void lineReceived(String line) throws Exception {
                        if (line.equals("bye")) {
                            opened.join().send("queued before the close, in the same callback");
                        }
                        super.lineReceived(line);
                        if (line.equals("bye")) {
                            opened.join().send("queued after the close");
                        }
                    }
                })
                .open());
        opened.complete(client);
        Peer peer = server.accept().send("ready\r\n");
        client.send("m1");
        assertThat(peer.readLines(2)).containsExactly("hello", "m1");
        peer.send("bye\r\n");
        assertThat(peer.readLinesToEnd()).containsExactly("bye");
        peer.close();
        DrainResult result = Waiting.await(client.drain(LONG));
        assertThat(result.delivered()).isOne();
        assertThat(Bytes.lines(result.undelivered().messages()))
                .containsExactly("queued before the close, in the same callback", "queued after the close");
    }

    @Test
    @Needs(Capability.HALF_CLOSE)
    void f1_afterThePeersEndNothingQueuedGoesButTheProtocolsOwnWritesDo() throws Exception {
        PeerServer server = server();
        CompletableFuture<RecordingLines> built = new CompletableFuture<>();
        LineClient client = keep(client(server.endpoint(), () -> {
                    RecordingLines protocol = new Greeting() {
                        @Override
                        protected void inputEnded() {
                            lines().add("inputEnded");
                        }
                    };
                    built.complete(protocol);
                    return protocol;
                })
                .open());
        Peer peer = server.accept().send("ready\r\n");
        client.send("m1");
        assertThat(peer.readLines(2)).containsExactly("hello", "m1");
        peer.shutdownOutput();
        RecordingLines protocol = Waiting.await(built);
        protocol.lines().await("inputEnded");
        client.send("late");
        for (int i = 0; i < 5; i++) {
            assertThat(protocol.say("own")).isTrue();
            assertThat(peer.readLine()).isEqualTo("own");
        }
        protocol.becomeReady();
        protocol.say("last");
        CompletableFuture<DrainResult> drained = client.drain(Duration.ZERO);
        assertThat(Bytes.lines(Waiting.await(drained).undelivered().messages())).containsExactly("late");
    }

    @Test
    void f1_aPeersEndAmidABacklogSplitsItExactly() throws Exception {
        PeerServer server = serverWithSmallWindow();
        LineClient client = keep(client(server.endpoint(), RecordingLines::new).open());
        int count = 12_000;
        for (int i = 0; i < count; i++) {
            client.send(i + " " + "x".repeat(1_000));
        }
        Peer peer = server.accept();
        List<String> begin = peer.readLines(10);
        peer.shutdownOutput();
        List<String> rest = peer.readLinesToEnd();
        DrainResult result = Waiting.await(client.drain(LONG));
        assertThat(begin).hasSize(10);
        // What was handed over before the end, the peer has; the rest was never sent.
        assertThat(result.delivered()).isEqualTo(10 + rest.size()).isLessThan(count);
        List<String> left = Bytes.lines(result.undelivered().messages());
        assertThat(left).hasSize(count - 10 - rest.size());
        assertThat(left.get(0)).startsWith(result.delivered() + " ");
    }
}
