package dev.bowline.internal.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.bowline.Connection;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.TlsException.Problem;
import dev.bowline.TlsOptions;
import dev.bowline.internal.connection.OutboundSource;
import dev.bowline.internal.connection.ProtocolSide;
import dev.bowline.testing.QueueSource;
import dev.bowline.testing.RecordingProtocol;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

/** Ends that come at a bad moment: before the handshake has begun, amid it, or while a record is on its way. */
class TlsFailureTest {
    private static final String TLS_1_3 = "TLSv1.3";

    private final RecordingProtocol protocol = new RecordingProtocol();

    /** A connection whose last clear bytes are not gone when TLS is asked for; "secret" waits behind them. */
    private TlsHarness requested() throws Exception {
        TlsHarness harness = TlsHarness.clear(protocol, null);
        harness.link.takeAtMost(3);
        harness.write("in the clear");
        harness.secured = harness.connection.startTls(TestTls.options());
        harness.link.runTasks();
        return harness;
    }

    /** What the client says next is in the clear up to the end of that word, and then the handshake. */
    private static void hearBehind(String word, TlsHarness harness) throws Exception {
        byte[] said = harness.takeFromLink();
        int end = new String(said, ISO_8859_1).indexOf(word) + word.length();
        harness.peer.hear(Arrays.copyOfRange(said, end, said.length));
    }

    @Test
    void b3_aCloseBeforeTheHandshakeSendsWhatWasWrittenProtected() throws Exception {
        TlsHarness harness = requested();
        harness.write("secret");
        harness.connection.close();
        harness.link.runTasks();
        harness.link.takeMore(Integer.MAX_VALUE);
        hearBehind("in the clear", harness);
        harness.link.receive(harness.peer.take());
        harness.carry();
        assertThat(harness.peer.heard()).isEqualTo("secret");
        assertThat(harness.peer.heardTheEnd()).isTrue();
        assertThat(harness.link.calls()).containsExactly("fin");
    }

    @Test
    void g3_thePeerIsToldOfAFailureBehindWhatWasOnItsWay() throws Exception {
        TlsHarness harness = TlsHarness.open(TLS_1_3, protocol);
        harness.carry();
        harness.link.takeAtMost(0);
        harness.write("on its way");
        harness.link.receive("never a record");
        assertThat(harness.link.calls()).isEmpty();
        harness.link.takeMore(Integer.MAX_VALUE);
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(harness::carryToPeer)
                .withMessageContaining("alert");
        assertThat(harness.peer.heard()).isEqualTo("on its way");
        assertThat(harness.link.calls()).containsExactly("close");
    }

    @Test
    void b5_thePeersEndBeforeTheHandshakeFailsIt() throws Exception {
        TlsHarness harness = requested();
        harness.write("secret");
        harness.link.endInput();
        assertThat(harness.secured).isCompletedExceptionally();
        harness.link.loseIfReleased();
        assertThat(harness.reports.get(0).reason()).isInstanceOf(LossReason.TlsFailed.class);
        assertThat(harness.link.taken()).doesNotContain("secret");
    }

    @Test
    void g3_aHandshakeThatCantBeginFailsInTime() throws Exception {
        TlsHarness harness = requested();
        harness.clock.advance(Duration.ofSeconds(10));
        harness.link.runTasks();
        assertThat(harness.secured)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("did not begin within 10 s");
    }

    @Test
    void a6_aCloseAmidTheHandshakeWithNothingToSendIsAClose() throws Exception {
        TlsHarness harness = TlsHarness.clear(protocol, null);
        harness.secured = harness.connection.startTls(TestTls.options());
        harness.link.runTasks();
        harness.connection.close();
        harness.link.runTasks();
        assertThat(harness.link.calls()).containsExactly("fin");
        harness.link.endInput();
        harness.link.loseIfReleased();
        assertThat(protocol.reason()).isEqualTo(new LossReason.ClosedHere());
    }

    @Test
    void g1_thereIsNoSessionBeforeAllIsProtected() throws Exception {
        TlsHarness harness = TlsHarness.clear(protocol, null);
        Connection connection = harness.connection;
        harness.secured = connection.startTls(TestTls.options());
        harness.link.runTasks();
        assertThat(connection.tlsSession()).isEmpty();
        assertThat(connection.applicationProtocol()).isEmpty();
        harness.carry();
        assertThat(harness.secured).isCompleted();
        assertThat(connection.tlsSession()).isPresent();
    }

    @Test
    void g1_withoutOptionsThereIsNoTls() throws Exception {
        TlsHarness harness = TlsHarness.clear(protocol, null);
        assertThatNullPointerException().isThrownBy(() -> harness.connection.startTls(nothing()));
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    @Test
    void g1_aPauseBeforeItKeepsNoHandshakeFromItsInput() throws Exception {
        TlsHarness harness = TlsHarness.clear(protocol, null);
        harness.connection.pauseReading();
        harness.link.runTasks();
        assertThat(harness.link.isReading()).isFalse();
        harness.secured = harness.connection.startTls(TestTls.options());
        harness.link.runTasks();
        assertThat(harness.link.isReading()).isTrue();
        harness.carry();
        assertThat(harness.secured).isCompleted();
    }

    @Test
    void g3_aTruncationThatAPauseHidesFromACloseIsOneAllTheSame() throws Exception {
        protocol.on("data one", Connection::pauseReading);
        TlsHarness harness = TlsHarness.open(TLS_1_3, protocol);
        harness.peer.say("one");
        harness.carry();
        harness.link.endInput();
        harness.connection.close();
        harness.link.runTasks();
        harness.link.loseIfReleased();
        assertThat(protocol.reason()).isEqualTo(new LossReason.Truncated());
    }

    /** Else a client would send again what its peer has read. */
    @Test
    void e5_whatIsOnItsWayWhenTlsFailsIsHandedOverIfItArrives() throws Exception {
        QueueSource queue = new QueueSource();
        protocol.on("data go", connection -> ProtocolSide.of(connection).ready(OutboundSource.ALL));
        for (int i = 0; i < 10; i++) {
            queue.add("message " + i);
        }
        TlsHarness harness = TlsHarness.begun(TLS_1_3, protocol, queue);
        harness.carry();
        harness.link.takeAtMost(10);
        harness.link.receive(harness.peer.say("go").take());
        byte[] broken = harness.peer.say("x").take();
        broken[broken.length - 1] ^= 1;
        harness.link.receive(broken);
        harness.link.takeMore(Integer.MAX_VALUE);
        harness.link.runTasks();
        harness.link.loseIfReleased();
        assertThat(protocol.reason()).isInstanceOf(LossReason.TlsFailed.class);
        assertThat(queue.handedOver()).isEqualTo(10);
    }

    // ---- while a certificate is being checked ----

    private abstract static class Checking implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void g2_aTrustManagerThatFailsItselfFailsTheHandshake() throws Exception {
        TlsHarness harness = TlsHarness.begun(
                handshake(new Checking() {
                    @Override
                    public void checkServerTrusted(X509Certificate[] chain, String authType) {
                        throw new AssertionError("never mind");
                    }
                }),
                Runnable::run,
                protocol);
        harness.carry();
        assertThat(harness.failure()).hasMessageContaining("never mind");
        assertThat(harness.clock.waiting()).isLessThanOrEqualTo(1);
    }

    /** The engine is locked meanwhile: whoever asked it for something would wait, and an event loop with all its connections. */
    @Test
    void g3_theTimeoutWaitsForNoCheckOfACertificate() throws Exception {
        CompletableFuture<Void> checking = new CompletableFuture<>();
        CompletableFuture<Void> enough = new CompletableFuture<>();
        X509TrustManager slow = new Checking() {
            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) {
                checking.complete(null);
                enough.join();
            }
        };
        Executor aside = task -> new Thread(task, "aside").start();
        TlsHarness harness = TlsHarness.begun(
                handshake(slow),
                task -> CompletableFuture.anyOf(CompletableFuture.runAsync(task, aside), checking)
                        .join(),
                protocol);
        try {
            while (!checking.isDone()) {
                harness.carry();
                harness.link.runTasks();
            }
            CompletableFuture<Void> timeout = CompletableFuture.runAsync(
                    () -> {
                        harness.clock.advance(Duration.ofSeconds(10));
                        harness.link.runTasks();
                    },
                    aside);
            timeout.get(30, TimeUnit.SECONDS);
            assertThat(harness.failure().problem()).isEqualTo(Problem.HANDSHAKE_TIMED_OUT);
        } finally {
            enough.complete(null);
        }
    }

    private static Handshake handshake(X509TrustManager trusting) throws Exception {
        return Handshake.maker(TlsOptions.DEFAULT.trusting(trusting), new Endpoint.Tls("localhost", 1))
                .get();
    }
}
