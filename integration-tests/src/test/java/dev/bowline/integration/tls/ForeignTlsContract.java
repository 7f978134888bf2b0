package dev.bowline.integration.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ConnectOptions;
import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.Reconnect;
import dev.bowline.TlsOptions;
import dev.bowline.integration.tls.ReversingServer.Software;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineFormat;
import dev.bowline.testkit.FaultProxy;
import dev.bowline.testkit.TestCertificates;
import dev.bowline.testkit.TestCertificates.PemFiles;
import dev.bowline.testkit.contract.TransportContract;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.Waiting;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients meet the TLS of OpenSSL and of the JDK's sockets, in every version and with every kind of certificate. */
public abstract class ForeignTlsContract extends TransportContract {
    private static final Duration LONG = Duration.ofSeconds(Waiting.patienceSeconds());
    private static final int LINES = 200;

    @TempDir
    Path directory;

    static Stream<Arguments> everySetup() {
        return Stream.of(Software.values())
                .flatMap(software -> TlsSetup.all().map(setup -> Arguments.of(software, setup)));
    }

    static Stream<Arguments> everyVersion() {
        return Stream.of(Software.values())
                .flatMap(software ->
                        Stream.of(TlsSetup.TLS_1_2, TlsSetup.TLS_1_3).map(version -> Arguments.of(software, version)));
    }

    private ReversingServer start(Software software, TlsSetup setup) throws Exception {
        return keep(software.start(setup, TestCertificates.writeTo(directory)));
    }

    private TlsOptions tls(TlsSetup setup) throws Exception {
        PemFiles files = TestCertificates.writeTo(directory);
        TlsOptions trusting = TlsOptions.DEFAULT.trusting(files.authority());
        return setup.wantsCertificate()
                ? trusting.withCertificate(files.clientCertificate(), files.clientKey())
                : trusting;
    }

    private LineClient.Builder client(int port, TlsOptions tls, Supplier<? extends RecordingLines> protocols) {
        // OpenSSL ends its lines in LF.
        return client(new Endpoint.Tls(ReversingServer.HOST, port), protocols)
                .format(LineFormat.lenient())
                .connectOptions(ConnectOptions.DEFAULT.withTls(tls));
    }

    private static String reversed(String line) {
        return new StringBuilder(line).reverse().toString();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everySetup")
    void g2_linesGoThereAndComeBack(Software software, TlsSetup setup) throws Exception {
        ReversingServer server = start(software, setup);
        RecordingLines protocol = new RecordingLines();
        LineClient client =
                keep(client(server.port(), tls(setup), () -> protocol).open());
        List<String> lines = IntStream.range(0, LINES)
                .mapToObj(i -> "line " + i + " ".repeat(i * 5) + "!")
                .toList();
        for (String line : lines) {
            client.send(line);
        }
        assertThat(protocol.awaitLines(LINES))
                .isEqualTo(lines.stream().map(ForeignTlsContract::reversed).toList());

        SSLSession session = protocol.opened().tlsSession().orElseThrow();
        assertThat(session.getProtocol()).isEqualTo(setup.version());
        assertThat(session.getPeerCertificates()[0].getPublicKey().getAlgorithm())
                .isEqualTo(setup.shown().name());
        if (setup.wantsCertificate()) {
            server.awaitClientCertificate("Bowline test client");
        }
        assertThat(Waiting.await(client.drain(LONG)))
                .isEqualTo(new DrainResult(LINES, 0, Leftover.NONE, Leftover.NONE));
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedHere());
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everyVersion")
    void g3_theServersCloseIsTheEndAndNoTruncation(Software software, String version) throws Exception {
        ReversingServer server = start(software, new TlsSetup(version, TestCertificates.Server.EC, false));
        RecordingLines protocol = new RecordingLines();
        LineClient client = keep(client(server.port(), TestCertificates.clientOptions(), () -> protocol)
                .open());
        client.send("abc");
        client.send(ReversingServer.CLOSE);
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
        assertThat(protocol.lines().events()).containsExactly("cba");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everyVersion")
    void g3_anEndThatTheServerDidNotAnnounceIsTruncation(Software software, String version) throws Exception {
        ReversingServer server = start(software, new TlsSetup(version, TestCertificates.Server.EC, false));
        FaultProxy proxy = keep(FaultProxy.to(new InetSocketAddress(ReversingServer.HOST, server.port())));
        RecordingLines protocol = new RecordingLines();
        int port = proxy.address().getPort();
        LineClient client = keep(
                client(port, TestCertificates.clientOptions(), () -> protocol).open());
        client.send("abc");
        assertThat(protocol.awaitLines(1)).containsExactly("cba");
        proxy.toClient().shutdownOutput();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.Truncated());
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsSetup.TLS_1_2, TlsSetup.TLS_1_3})
    void g3_aServerThatIsKilledCanAnnounceNothing(String version) throws Exception {
        ReversingServer server = start(Software.OPENSSL, new TlsSetup(version, TestCertificates.Server.EC, false));
        RecordingLines protocol = new RecordingLines();
        LineClient client = keep(client(server.port(), TestCertificates.clientOptions(), () -> protocol)
                .open());
        client.send("abc");
        assertThat(protocol.awaitLines(1)).containsExactly("cba");
        server.close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.Truncated());
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everyVersion")
    void g2_reconnectsResumeTheSession(Software software, String version) throws Exception {
        ReversingServer server = start(software, new TlsSetup(version, TestCertificates.Server.RSA, false));
        CountingTrust trust = new CountingTrust();
        RecordingLines log = new RecordingLines();
        LineClient client = keep(client(
                        server.port(),
                        TlsOptions.DEFAULT.trusting(trust),
                        () -> new Returning(log, ReversingServer.CLOSE))
                .reconnect(Reconnect.fixed(Duration.ofMillis(1)))
                .open());
        log.lines().await("lost: closed by the peer", Returning.CONNECTIONS);
        assertThat(client.counters().connections()).isGreaterThanOrEqualTo(Returning.CONNECTIONS);
        assertThat(trust.checks()).isOne();
    }
}
