package dev.bowline.integration.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ConnectOptions;
import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.Reconnect;
import dev.bowline.TlsOptions;
import dev.bowline.integration.server.ReferenceServer;
import dev.bowline.line.LineClient;
import dev.bowline.testkit.FaultProxy;
import dev.bowline.testkit.TestCertificates;
import dev.bowline.testkit.contract.TransportContract;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.Waiting;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients under TLS against the reference server, on its second port and by {@code !starttls} on the first. */
public abstract class ReferenceServerTlsContract extends TransportContract {
    private static final Duration LONG = Duration.ofSeconds(Waiting.patienceSeconds());
    private static final int MANY = 10_000;

    private final ReferenceServer server = ReferenceServer.shared();

    private LineClient.Builder client(int port, TlsOptions tls, RecordingLines protocol) {
        return client(new Endpoint.Tls(server.host(), port), () -> protocol)
                .connectOptions(ConnectOptions.DEFAULT.withTls(tls));
    }

    private LineClient open(int port, RecordingLines protocol) {
        return keep(client(port, TestCertificates.clientOptions(), protocol).open());
    }

    private FaultProxy proxy() throws Exception {
        return keep(FaultProxy.to(new InetSocketAddress(server.host(), server.tlsPort())));
    }

    /** Agrees on TLS by itself, as protocols do that no {@link dev.bowline.line.StartTls} is for. */
    private static final class Agreeing extends RecordingLines {
        private final TlsOptions tls;

        Agreeing(TlsOptions tls) {
            this.tls = tls;
        }

        @Override
        protected void connectionMade() {
            sendLine("!starttls");
        }

        @Override
        protected void lineReceived(String line) throws Exception {
            if (line.equals("starttls")) {
                CompletableFuture<Void> unused = startTls(tls).thenRun(this::agreed);
            } else {
                super.lineReceived(line);
            }
        }

        private void agreed() {
            try {
                super.connectionMade();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Waits for so many lines. */
    private static final class Counting extends RecordingLines {
        private final CompletableFuture<List<String>> all = new CompletableFuture<>();
        private final List<String> received = new ArrayList<>();
        private final int count;

        Counting(int count) {
            this.count = count;
        }

        @Override
        protected void lineReceived(String line) {
            received.add(line);
            if (received.size() == count) {
                all.complete(List.copyOf(received));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsSetup.TLS_1_2, TlsSetup.TLS_1_3})
    void g1_linesFlowOnTheSecondPort(String version) throws Exception {
        RecordingLines protocol = new RecordingLines();
        TlsOptions tls = TestCertificates.clientOptions().withProtocols(version);
        LineClient client = keep(client(server.tlsPort(), tls, protocol).open());
        exchange(client, protocol, version, List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsSetup.TLS_1_2, TlsSetup.TLS_1_3})
    void g1_linesFlowAfterAnAgreementInTheClear(String version) throws Exception {
        RecordingLines protocol = new Agreeing(TestCertificates.clientOptions().withProtocols(version));
        LineClient client = keep(client(new Endpoint.Tcp(server.host(), server.port()), () -> protocol)
                .open());
        exchange(client, protocol, version, List.of("!starttls"));
    }

    private void exchange(LineClient client, RecordingLines protocol, String version, List<String> before)
            throws Exception {
        List<String> lines = List.of("first", "", "gr\u00fc\u00dfe", "x".repeat(16_384), "!ledger");
        for (String line : lines) {
            client.send(line);
        }
        List<String> ledger = Stream.concat(before.stream(), lines.stream()).toList();
        List<String> answers = protocol.awaitLines(lines.size() + ledger.size());
        assertThat(answers.subList(0, lines.size() - 1)).isEqualTo(lines.subList(0, lines.size() - 1));
        assertThat(answers.get(lines.size() - 1)).matches("ledger [0-9]+ " + ledger.size());
        assertThat(answers.subList(lines.size(), answers.size())).isEqualTo(ledger);
        SSLSession session = protocol.opened().tlsSession().orElseThrow();
        assertThat(session.getProtocol()).isEqualTo(version);
        assertThat(session.getPeerCertificates()[0].getPublicKey().getAlgorithm())
                .isEqualTo(ReferenceServer.SHOWN.name());
        assertThat(Waiting.await(client.drain(LONG)))
                .isEqualTo(new DrainResult(lines.size(), 0, Leftover.NONE, Leftover.NONE));
    }

    @Test
    void g1_aFloodAndAsManyLinesTheOtherWayPassEachOther() throws Exception {
        Counting protocol = new Counting(2 * MANY);
        LineClient client = open(server.tlsPort(), protocol);
        client.send("!flood " + MANY + " 12");
        List<String> sent = IntStream.range(0, MANY).mapToObj(i -> "up " + i).toList();
        for (String line : sent) {
            client.send(line);
        }
        List<String> received = Waiting.await(protocol.all);
        assertThat(received.stream().filter(line -> line.length() == 12).toList())
                .isEqualTo(IntStream.rangeClosed(1, MANY)
                        .mapToObj("%012d"::formatted)
                        .toList());
        assertThat(received.stream().filter(line -> line.length() != 12).toList())
                .isEqualTo(sent);
        assertThat(Waiting.await(client.drain(LONG)))
                .isEqualTo(new DrainResult(MANY + 1L, 0, Leftover.NONE, Leftover.NONE));
    }

    @Test
    void g3_tenThousandLinesPassUnharmedBothWaysInSegmentsOfOneByte() throws Exception {
        FaultProxy proxy = proxy();
        proxy.toServer().segments(1);
        proxy.toClient().segments(1);
        Counting protocol = new Counting(MANY);
        LineClient client = open(proxy.address().getPort(), protocol);
        List<String> sent = IntStream.range(0, MANY).mapToObj(i -> "line " + i).toList();
        for (String line : sent) {
            client.send(line);
        }
        assertThat(Waiting.await(protocol.all)).isEqualTo(sent);
        assertThat(Waiting.await(client.drain(LONG))).isEqualTo(new DrainResult(MANY, 0, Leftover.NONE, Leftover.NONE));
    }

    @Test
    void g3_whatIsCutAnywhereIsTruncatedAfterWhatCameWhole() throws Exception {
        FaultProxy proxy = proxy();
        RecordingLines protocol = new RecordingLines();
        proxy.toClient().shutdownAfter(100_000);
        open(proxy.address().getPort(), protocol).send("!flood 20000 12");
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.Truncated());
        List<String> lines = protocol.lines().events();
        assertThat(lines).hasSizeBetween(1_000, 9_000);
        assertThat(lines.get(lines.size() - 1)).isEqualTo("%012d".formatted(lines.size()));
    }

    @Test
    void g3_theServersCloseIsNoTruncationAndItsResetIsAFailure() throws Exception {
        RecordingLines closed = new RecordingLines();
        open(server.tlsPort(), closed).send("!close");
        assertThat(closed.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
        RecordingLines reset = new RecordingLines();
        open(server.tlsPort(), reset).send("!abort");
        assertThat(reset.awaitLost()).isInstanceOf(LossReason.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsSetup.TLS_1_2, TlsSetup.TLS_1_3})
    void g2_reconnectsResumeTheSession(String version) throws Exception {
        CountingTrust trust = new CountingTrust();
        RecordingLines log = new RecordingLines();
        TlsOptions tls = TlsOptions.DEFAULT.trusting(trust).withProtocols(version);
        keep(client(new Endpoint.Tls(server.host(), server.tlsPort()), () -> new Returning(log, "!close"))
                .connectOptions(ConnectOptions.DEFAULT.withTls(tls))
                .reconnect(Reconnect.fixed(Duration.ofMillis(1)))
                .open());
        log.lines().await("lost: closed by the peer", Returning.CONNECTIONS);
        assertThat(trust.checks()).isOne();
    }
}
