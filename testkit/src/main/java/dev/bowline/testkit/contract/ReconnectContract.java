package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.ClientEvent;
import dev.bowline.ClientFailedException;
import dev.bowline.ClientState;
import dev.bowline.DrainResult;
import dev.bowline.LossReason;
import dev.bowline.Reconnect;
import dev.bowline.Resolver;
import dev.bowline.Transport;
import dev.bowline.line.LineClient;
import dev.bowline.queue.MemoryQueue;
import dev.bowline.testkit.ManualClock;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.EventLog;
import dev.bowline.testkit.contract.support.LogCapture;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.Waiting;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client that stays connected (F2), and what survives a connection (A3, E5, F1). */
public abstract class ReconnectContract extends TransportContract {
    /** For a transport's own class. */
    protected ReconnectContract() {}

    private static final Duration LONG = Duration.ofHours(1);

    private final EventLog events = new EventLog();

    private LineClient.Builder staying(PeerServer server) {
        return client(server.endpoint(), Obedient::new)
                .reconnect(Reconnect.fixed(Duration.ZERO))
                .observer(event -> events.add(event.getClass().getSimpleName()));
    }

    @BeforeEach
    void forget() {
        events.clear();
    }

    /** A connection of which the client knows, too. */
    private static Peer openedAt(PeerServer server) {
        Peer peer = server.accept().send("say\r\n");
        assertThat(peer.readLine()).isEqualTo("own");
        return peer;
    }

    @Test
    void f2_everyLossReconnects_theProtocolsOwnCloseToo() throws Exception {
        PeerServer server = server();
        keep(new LogCapture());
        LineClient client = keepBriefly(staying(server).open());
        openedAt(server).close();
        openedAt(server).reset();
        Peer closed = openedAt(server).send("close\r\n");
        assertThat(closed.readToEnd()).isEmpty();
        closed.close();
        openedAt(server).send("throw\r\n").countToEnd();
        client.send("still there");
        Peer last = server.accept().send("ready\r\n");
        assertThat(last.readLine()).isEqualTo("still there");
        assertThat(client.state()).isEqualTo(ClientState.READY);
        assertThat(client.counters().losses()).isEqualTo(4);
        assertThat(client.counters().connections()).isEqualTo(5);
    }

    @Test
    void f2_theFirstAttemptIsTriedAgainLikeAnyOther() throws Exception {
        PeerServer server = server();
        AtomicInteger asked = new AtomicInteger();
        Resolver failingTwice = host -> {
            if (asked.incrementAndGet() <= 2) {
                throw new UnknownHostException(host);
            }
            return Resolver.SYSTEM.resolve(host);
        };
        LineClient client =
                keepBriefly(staying(server).transport(transport(failingTwice)).open());
        client.send("m1");
        assertThat(server.accept().send("ready\r\n").readLine()).isEqualTo("m1");
        assertThat(client.counters().attempts()).isEqualTo(3);
        assertThat(asked).as("names are resolved at every attempt").hasValue(3);
    }

    @Test
    void f2_pastTheMaximumOfAttemptsTheClientFailsAndHandsBackWhatIsLeft() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Transport gated = transport(gate);
        LineClient client = keepBriefly(client(nobody(), Obedient::new)
                .reconnect(Reconnect.fixed(Duration.ofMillis(1)).withMaxAttempts(3))
                .transport(gated)
                .open());
        client.send("m1");
        gate.countDown();
        DrainResult result = Waiting.await(client.drain(LONG));
        assertThat(client.counters().attempts()).isEqualTo(3);
        assertThat(client.state()).isEqualTo(ClientState.FAILED);
        assertThat(Bytes.lines(result.undelivered().messages())).containsExactly("m1");
        assertThatThrownBy(() -> client.await(Duration.ZERO))
                .isInstanceOf(ClientFailedException.class)
                .hasMessageContaining("gave up after 3 attempts: connection refused")
                .hasMessageEndingWith("1 message undelivered");
    }

    @Test
    void f2_aProtocolThatFailsEndsTheClientForGood_whateverThePolicySays() throws Exception {
        PeerServer server = server();
        LogCapture log = keep(new LogCapture());
        LineClient client = keepBriefly(staying(server).open());
        client.send("m1");
        Peer peer = openedAt(server).send("say\r\nfail\r\n");
        assertThat(peer.readLine()).as("its own writes go first").isEqualTo("own");
        assertThat(peer.readToEnd()).isEmpty();
        peer.close();
        assertThatThrownBy(() -> client.await(Duration.ofSeconds(Waiting.patienceSeconds())))
                .isInstanceOf(ClientFailedException.class)
                .hasMessageEndingWith("told to fail; 1 message undelivered")
                .hasCauseInstanceOf(ProtocolException.class);
        assertThat(client.state()).isEqualTo(ClientState.FAILED);
        assertThat(Bytes.lines(Waiting.await(client.drain(LONG)).undelivered().messages()))
                .containsExactly("m1");
        assertThat(client.counters().attempts()).isOne();
        assertThat(events.count("Failed")).isOne();
        assertThat(log.linesAbout(server.endpoint()))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("SEVERE failed: told to fail"));
    }

    @Test
    void f2_withOneAttemptAPeerThatLeavesBeforeReadyIsAFailure_andLaterIsNone() throws Exception {
        PeerServer server = server();
        keep(new LogCapture());
        LineClient early = keep(client(server.endpoint(), Obedient::new).open());
        openedAt(server).close();
        assertThatThrownBy(() -> early.await(Duration.ofSeconds(Waiting.patienceSeconds())))
                .isInstanceOf(ClientFailedException.class)
                .hasMessageEndingWith("closed by the peer");
        LineClient later = keep(client(server.endpoint(), Obedient::new).open());
        Peer peer = server.accept().send("ready\r\nsay\r\n");
        assertThat(peer.readLine()).isEqualTo("own");
        peer.close();
        assertThat(later.await(Duration.ofSeconds(Waiting.patienceSeconds()))).isTrue();
    }

    @Test
    void f2_onlyTheClientsEndEndsIt_alsoWhileItWaits() throws Exception {
        PeerServer server = server();
        ManualClock clock = new ManualClock();
        LineClient client = keepBriefly(staying(server)
                .reconnect(Reconnect.fixed(LONG))
                .transport(transport(clock))
                .open());
        openedAt(server).close();
        events.await("Waiting");
        assertThat(client.state()).isEqualTo(ClientState.WAITING);
        assertThat(Waiting.await(client.drain(LONG)).sent()).isZero();
        assertThat(client.state()).isEqualTo(ClientState.ENDED);
    }

    @Test
    void f2_theNextAttemptComesWhenItsDelayIsOver() throws Exception {
        PeerServer server = server();
        ManualClock clock = new ManualClock();
        keepBriefly(staying(server)
                .reconnect(Reconnect.after(Duration::ofSeconds))
                .transport(transport(clock))
                .open());
        openedAt(server).close();
        for (int delay = 1; delay <= 3; delay++) {
            events.await("Waiting", delay);
            clock.awaitTimer(Duration.ofSeconds(delay));
            clock.advance(Duration.ofSeconds(delay).minusNanos(1));
            assertThat(events.count("Connecting")).isEqualTo(delay);
            clock.advance(Duration.ofNanos(1));
            openedAt(server).close();
        }
    }

    @Test
    void a3_theNextAttemptBeginsAfterEverybodyWasToldOfTheLoss() throws Exception {
        PeerServer server = server();
        LineClient client = keepBriefly(client(server.endpoint(), () -> new Obedient() {
                    @Override
                    public void connectionLost(LossReason reason) throws Exception {
                        events.add("protocol told");
                        super.connectionLost(reason);
                    }
                })
                .reconnect(Reconnect.fixed(Duration.ZERO))
                .observer(event -> {
                    if (!(event instanceof ClientEvent.Waiting)) {
                        events.add(event.getClass().getSimpleName());
                    }
                })
                .open());
        openedAt(server).close();
        server.accept();
        events.await("Connected", 2);
        assertThat(events.events())
                .containsExactly("Connecting", "Connected", "protocol told", "Lost", "Connecting", "Connected");
        assertThat(client.counters().reconnects()).isOne();
    }

    @Test
    void f1_whatIsSentWhileNobodyIsThereWaits() throws Exception {
        PeerServer server = server();
        LineClient client = keepBriefly(staying(server).open());
        openedAt(server).close();
        List<String> messages = Bytes.messages(500);
        for (String message : messages) {
            client.send(message);
        }
        Peer peer = server.accept();
        CompletableFuture<Void> flushed = client.flush();
        peer.send("ready\r\n");
        assertThat(peer.readLines(500)).isEqualTo(messages);
        Waiting.await(flushed);
    }

    @Test
    void e5_aMessageCutOffMidWriteIsSentAgainWholeOnTheNextConnection() throws Exception {
        PeerServer server = serverWithSmallWindow();
        LineClient client = keepBriefly(staying(server)
                .queue(MemoryQueue.builder().maxBytes(100_000_000).build())
                .open());
        byte[] message = Bytes.pattern(12_000_000);
        client.sendRaw(ByteBuffer.wrap(message));
        client.send("after it");
        Peer first = server.accept().send("ready\r\n");
        first.read(1_000);
        first.reset();
        Peer second = server.accept().send("ready\r\n");
        assertThat(second.read(message.length)).isEqualTo(message);
        assertThat(second.readLine()).isEqualTo("after it");
        Waiting.await(client.flush());
        assertThat(client.counters().delivered()).isEqualTo(2);
    }

    @Test
    void f5_aDrainReconnectsUntilAllIsDelivered() throws Exception {
        PeerServer server = server();
        LineClient client = keepBriefly(staying(server).open());
        client.send("m1");
        client.send("m2");
        Peer first = server.accept();
        CompletableFuture<DrainResult> drained = client.drain(LONG);
        first.reset();
        Peer second = server.accept().send("ready\r\n");
        assertThat(second.readLinesToEnd()).containsExactly("m1", "m2");
        second.close();
        assertThat(Waiting.await(drained).isComplete()).isTrue();
    }

    @Test
    void f4_everyFutureEndsWhenTheTransportIsClosed() throws Exception {
        PeerServer server = server();
        var own = anotherTransport();
        LineClient waiting =
                staying(server).reconnect(Reconnect.fixed(LONG)).transport(own).open();
        openedAt(server).close();
        events.await("Waiting");
        waiting.send("m1");
        LineClient connected = staying(server).transport(own).open();
        server.accept();
        connected.send("m2");
        CompletableFuture<Void> flushed = waiting.flush();
        CompletableFuture<Void> alsoFlushed = connected.flush();
        own.close();
        Waiting.awaitFailure(flushed);
        Waiting.awaitFailure(alsoFlushed);
        for (LineClient client : List.of(waiting, connected)) {
            assertThat(Waiting.await(client.drain(LONG)).undelivered().count()).isOne();
            assertThatThrownBy(() -> client.await(Duration.ZERO))
                    .isInstanceOf(ClientFailedException.class)
                    .hasMessageContaining("the transport was closed");
        }
    }
}
