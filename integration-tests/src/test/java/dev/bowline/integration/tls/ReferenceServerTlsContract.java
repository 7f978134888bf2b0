package dev.bowline.integration.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ConnectOptions;
import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.Reconnect;
import dev.bowline.TlsOptions;
import dev.bowline.examples.server.LedgerEntry;
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

    /** A line that no other test sends, on no transport. */
    private String unique(String line) {
        return line + " " + transportName() + " " + System.nanoTime();
    }

    /** What the server received on the connection that sent this line. */
    private List<String> ledgerOfConnectionWith(String line) {
        List<LedgerEntry> ledger = server.ledger();
        int connection = ledger.stream()
                .filter(entry -> entry.line().equals(line))
                .mapToInt(LedgerEntry::connection)
                .findFirst()
                .orElseThrow(() -> new AssertionError("not in the ledger: " + line));
        return ledger.stream()
                .filter(entry -> entry.connection() == connection)
                .map(LedgerEntry::line)
                .toList();
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
        List<String> lines = List.of(unique("line"), "", "gr\u00fc\u00dfe", "x".repeat(16_384), "last");
        for (String line : lines) {
            client.send(line);
        }
        assertThat(protocol.awaitLines(lines.size())).isEqualTo(lines);
        SSLSession session = protocol.opened().tlsSession().orElseThrow();
        assertThat(session.getProtocol()).isEqualTo(version);
        assertThat(session.getPeerCertificates()[0].getPublicKey().getAlgorithm())
                .isEqualTo(ReferenceServer.SHOWN.name());
        assertThat(Waiting.await(client.drain(LONG)))
                .isEqualTo(new DrainResult(lines.size(), 0, Leftover.NONE, Leftover.NONE));
        assertThat(ledgerOfConnectionWith(lines.get(0)))
                .isEqualTo(Stream.concat(before.stream(), lines.stream()).toList());
    }

    @Test
    void g3_tenThousandLinesPassUnharmedBothWaysInSegmentsOfOneByte() throws Exception {
        FaultProxy proxy = proxy();
        proxy.toServer().segments(1);
        proxy.toClient().segments(1);
        List<String> received = new ArrayList<>(MANY);
        CompletableFuture<Void> all = new CompletableFuture<>();
        RecordingLines counting = new RecordingLines() {
            @Override
            protected void lineReceived(String line) {
                received.add(line);
                if (received.size() == MANY) {
                    all.complete(null);
                }
            }
        };
        LineClient client = open(proxy.address().getPort(), counting);
        List<String> sent = IntStream.range(0, MANY).mapToObj(Integer::toString).toList();
        for (String line : sent) {
            client.send(line);
        }
        Waiting.await(all);
        assertThat(received).isEqualTo(sent);
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
