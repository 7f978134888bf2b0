package dev.bowline.integration.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ConnectFailure;
import dev.bowline.ConnectOptions;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.TlsException;
import dev.bowline.TlsException.Problem;
import dev.bowline.TlsOptions;
import dev.bowline.integration.tls.ReversingServer.Software;
import dev.bowline.testkit.TestCertificates;
import dev.bowline.testkit.TestCertificates.Server;
import dev.bowline.testkit.contract.TransportContract;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.RecordingProtocol;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients and servers refuse each other for: in one sentence each, whoever the server is, and long before any timeout. */
public abstract class TlsRefusalContract extends TransportContract {
    @TempDir
    Path directory;

    /**
     * What comes of a server and a client.
     *
     * @param name what is wrong with them
     * @param offered the version of TLS that the client offers
     * @param sentence how it begins; {@code PEER} is where the server is
     */
    record Refusal(String name, TlsSetup server, String offered, Problem problem, String sentence) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Refusal> REFUSALS = List.of(
            new Refusal(
                    "unknown authority",
                    TlsSetup.showing(Server.OTHER_CA),
                    TlsSetup.TLS_1_3,
                    Problem.UNKNOWN_ISSUER,
                    "the certificate of PEER was issued by O=Bowline tests, CN=Another test authority, which is not trusted: "),
            new Refusal(
                    "another host",
                    TlsSetup.showing(Server.WRONG_HOST),
                    TlsSetup.TLS_1_3,
                    Problem.WRONG_HOST_NAME,
                    "the certificate of PEER is for elsewhere.example and 192.0.2.1, not for 127.0.0.1"),
            new Refusal(
                    "expired",
                    TlsSetup.showing(Server.EXPIRED),
                    TlsSetup.TLS_1_3,
                    Problem.EXPIRED_CERTIFICATE,
                    "the certificate of PEER expired on 2020-02-01"),
            new Refusal(
                    "older versions only",
                    new TlsSetup(TlsSetup.TLS_1_2, Server.EC, false),
                    TlsSetup.TLS_1_3,
                    Problem.PROTOCOL_MISMATCH,
                    "PEER accepts no TLS version of TLSv1.3"),
            new Refusal(
                    "newer versions only",
                    TlsSetup.showing(Server.EC),
                    TlsSetup.TLS_1_2,
                    Problem.PROTOCOL_MISMATCH,
                    "PEER accepts no TLS version of TLSv1.2"),
            new Refusal(
                    "no client certificate",
                    new TlsSetup(TlsSetup.TLS_1_2, Server.EC, true),
                    TlsSetup.TLS_1_2,
                    Problem.CLIENT_CERTIFICATE,
                    "PEER wants a client certificate, and there is none: give one with TlsOptions.withCertificate"));

    static Stream<Arguments> everyRefusal() {
        return Stream.of(Software.values())
                .flatMap(software -> REFUSALS.stream().map(refusal -> Arguments.of(software, refusal)));
    }

    private ReversingServer start(Software software, TlsSetup setup) throws IOException {
        return keep(software.start(setup, TestCertificates.writeTo(directory)));
    }

    /** Makes one attempt. */
    private RecordingFactory connect(int port, TlsOptions tls, RecordingProtocol protocol) {
        RecordingFactory factory = new RecordingFactory(() -> protocol);
        ConnectOptions options = ConnectOptions.DEFAULT.withTls(tls);
        transport().connect(new Endpoint.Tls(ReversingServer.HOST, port), factory, options);
        return factory;
    }

    private TlsException refused(int port, TlsOptions tls) throws Exception {
        ConnectFailure failure = connect(port, tls, new RecordingProtocol()).awaitFailure();
        assertThat(failure).isInstanceOf(ConnectFailure.TlsRefused.class);
        TlsException cause = ((ConnectFailure.TlsRefused) failure).cause();
        assertThat(failure.describe()).isEqualTo(cause.getMessage());
        return cause;
    }

    private static String peer(int port) {
        return ReversingServer.HOST + ":" + port;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyRefusal")
    void g2_aHandshakeThatFailsSaysWhyInOneSentence(Software software, Refusal refusal) throws Exception {
        ReversingServer server = start(software, refusal.server());
        TlsException refused =
                refused(server.port(), TestCertificates.clientOptions().withProtocols(refusal.offered()));
        assertThat(refused.problem()).isEqualTo(refusal.problem());
        assertThat(refused).hasMessageStartingWith(refusal.sentence().replace("PEER", peer(server.port())));
    }

    /** In TLS 1.3 the client is done before the server has looked at its certificate. */
    @ParameterizedTest
    @EnumSource
    void g2_aServerThatMissesACertificateAfterTheHandshakeSaysSo(Software software) throws Exception {
        ReversingServer server = start(software, new TlsSetup(TlsSetup.TLS_1_3, Server.EC, true));
        RecordingProtocol protocol = new RecordingProtocol();
        connect(server.port(), TestCertificates.clientOptions(), protocol);
        LossReason reason = protocol.awaitLost();
        assertThat(reason).isInstanceOf(LossReason.TlsFailed.class);
        TlsException cause = ((LossReason.TlsFailed) reason).cause();
        assertThat(cause.problem()).isEqualTo(Problem.CLIENT_CERTIFICATE);
        assertThat(cause)
                .hasMessageStartingWith(peer(server.port())
                        + " wants a client certificate, and there is none: give one with TlsOptions.withCertificate");
    }

    @Test
    void g2_aServerInTheClearIsToldByWhatItSaid() throws Exception {
        ServerSocket server = keep(new ServerSocket(0, 1, InetAddress.getByName(ReversingServer.HOST)));
        CompletableFuture<Socket> greeted = Waiting.aside(() -> {
            Socket accepted = server.accept();
            accepted.getOutputStream().write("220 mail.example ready\r\n".getBytes(UTF_8));
            return accepted;
        });
        TlsException refused = refused(server.getLocalPort(), TestCertificates.clientOptions());
        keep(Waiting.await(greeted));
        assertThat(refused.problem()).isEqualTo(Problem.NOT_TLS);
        assertThat(refused)
                .hasMessage(peer(server.getLocalPort()) + " does not speak TLS: it sent \"220 mail.example ready\"");
    }

    @Test
    void g3_aServerThatSaysNothingIsGivenUpAfterTheHandshakeTimeout() throws Exception {
        ServerSocket server = keep(new ServerSocket(0, 1, InetAddress.getByName(ReversingServer.HOST)));
        Duration limit = Duration.ofMillis(200);
        TlsException refused =
                refused(server.getLocalPort(), TestCertificates.clientOptions().withHandshakeTimeout(limit));
        assertThat(refused.problem()).isEqualTo(Problem.HANDSHAKE_TIMED_OUT);
        assertThat(refused)
                .hasMessageStartingWith(peer(server.getLocalPort()) + " did not answer to TLS within 0.2 s: ");
    }
}
