package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ClientEvent;
import dev.bowline.ClientObserver;
import dev.bowline.ConnectOptions;
import dev.bowline.DrainResult;
import dev.bowline.LossReason;
import dev.bowline.Reconnect;
import dev.bowline.TlsException;
import dev.bowline.TlsException.Problem;
import dev.bowline.TlsOptions;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import dev.bowline.line.ReplyParser;
import dev.bowline.line.RequestProtocol;
import dev.bowline.line.StartTls;
import dev.bowline.testkit.ManualClock;
import dev.bowline.testkit.TestCertificates;
import dev.bowline.testkit.TestCertificates.Server;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.LogCapture;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS on a connection that begins in the clear (G1 to G4). */
public abstract class StartTlsContract extends TransportContract {
    private static final TlsOptions TRUSTING = TestCertificates.clientOptions();

    /** What each server says, and is told, before TLS: lines of the server's begin with {@code S: }. */
    private static final List<String> SMTP = List.of(
            "S: 220-mail.example greets",
            "S: 220 you",
            "EHLO [127.0.0.1]",
            "S: 250-mail.example",
            "S: 250 STARTTLS",
            "STARTTLS",
            "S: 220 go ahead");

    private static final List<String> IMAP =
            List.of("S: * OK ready", "tls STARTTLS", "S: * CAPABILITY IMAP4rev1", "S: tls OK begin");

    private static final List<String> POP3 = List.of("S: +OK ready", "STLS", "S: +OK begin");

    private static final List<String> IRC = List.of(
            "S: :irc.example NOTICE * :looking you up", "STARTTLS", "S: :irc.example 670 * :STARTTLS successful");

    /** For a transport's own class. */
    protected StartTlsContract() {}

    private static List<String> dialogue(StartTls how) {
        return switch (how) {
            case SMTP -> SMTP;
            case IMAP -> IMAP;
            case POP3 -> POP3;
            case IRC -> IRC;
        };
    }

    private static Peer secured(Peer peer) {
        return peer.startTls(TestCertificates.serverContext(Server.EC), new SSLParameters());
    }

    private static void play(Peer peer, List<String> dialogue) {
        for (String line : dialogue) {
            if (line.startsWith("S: ")) {
                peer.send(line.substring("S: ".length()) + "\r\n");
            } else {
                assertThat(peer.readLine()).isEqualTo(line);
            }
        }
    }

    /** Begins TLS when it is told to, between two lines of its own, and is ready when it has begun. */
    private static final class Polite extends RecordingLines {
        private final CompletableFuture<Void> secured = new CompletableFuture<>();

        @Override
        protected void connectionMade() {}

        @Override
        protected void lineReceived(String line) throws Exception {
            super.lineReceived(line);
            if (line.equals("go")) {
                sendLine("in the clear");
                var unused = startTls(TRUSTING).whenComplete((done, failed) -> {
                    if (failed == null) {
                        ready();
                        secured.complete(null);
                    } else {
                        secured.completeExceptionally(failed);
                    }
                });
                sendLine("protected");
            }
        }

        Problem problem() throws Exception {
            return ((TlsException) Waiting.awaitFailure(secured)).problem();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void g1_whatIsWrittenBeforeGoesInTheClearAndTheRestWithTheQueueProtected(int segment) throws Exception {
        PeerServer server = server();
        Polite protocol = new Polite();
        LineClient client = keep(client(server.endpoint(), () -> protocol).open());
        client.send("queued");
        Peer clear = server.accept().send("go\r\n");
        assertThat(clear.readLine()).isEqualTo("in the clear");
        Peer peer = secured(clear);
        peer.tls().cut(segment);
        assertThat(peer.readLines(2)).containsExactly("protected", "queued");
        peer.send("and back\r\n");
        assertThat(protocol.awaitLines(2)).containsExactly("go", "and back");
    }

    @ParameterizedTest
    @EnumSource
    void g1_aClientAgreesAsItsProtocolHasItAndThenTheProtocolBegins(StartTls how) throws Exception {
        PeerServer server = server();
        RecordingLines protocol = new RecordingLines();
        LineClient client = keep(startTls(server, how, () -> protocol).open());
        client.send("first");
        Peer clear = server.accept();
        play(clear, dialogue(how));
        Peer peer = secured(clear).send("welcome\r\n");
        assertThat(peer.readLine()).isEqualTo("first");
        assertThat(protocol.awaitLines(1)).containsExactly("welcome");
        assertThat(protocol.opened().tlsSession()).isPresent();
    }

    private LineClient.Builder startTls(PeerServer server, StartTls how, Supplier<LineProtocol> protocols) {
        return client(server.endpoint(), protocols)
                .connectOptions(ConnectOptions.DEFAULT.withTls(TRUSTING))
                .startTls(how);
    }

    /** Tells a test why a connection was lost whose protocol may never have heard of it. */
    private static ClientObserver told(CompletableFuture<LossReason> lost) {
        return event -> {
            if (event instanceof ClientEvent.Lost loss) {
                lost.complete(loss.report().reason());
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"SMTP, 454 TLS not available", "IMAP, tls NO not now", "POP3, -ERR no", "IRC, :irc.example 691 * :no"})
    void g1_whereTheServerDoesNotAgreeNothingIsSentInTheClear(StartTls how, String refusal) throws Exception {
        PeerServer server = server();
        CompletableFuture<LossReason> lost = new CompletableFuture<>();
        LineClient client =
                startTls(server, how, RecordingLines::new).observer(told(lost)).open();
        client.send("secret");
        Peer peer = server.accept();
        List<String> dialogue = dialogue(how);
        play(peer, dialogue.subList(0, dialogue.size() - 1));
        peer.send(refusal + "\u001b[31m\r\n");
        assertThat(peer.readToEnd()).isEmpty();
        peer.close();
        DrainResult result = Waiting.await(client.drain(Duration.ofSeconds(10)));
        assertThat(Bytes.lines(result.undelivered().messages())).containsExactly("secret");
        assertThat(Waiting.await(lost))
                .isInstanceOf(LossReason.TlsFailed.class)
                .satisfies(reason -> assertThat(reason.describe())
                        .as("shown, and nothing that a terminal obeys")
                        .contains(refusal + "\\x1b[31m"));
    }

    /** SMTP by hand, as somebody writes it who asks for TLS between two requests. */
    private static final class Smtp extends RequestProtocol {
        private final CompletableFuture<List<String>> secured = new CompletableFuture<>();

        @Override
        protected void connectionMade() {
            var unused = expect(reply())
                    .thenCompose(greeting -> request("EHLO me", reply()))
                    .thenCompose(extensions -> request("STARTTLS", reply()))
                    .thenCompose(goAhead -> startTls(TRUSTING))
                    .thenCompose(begun -> request("EHLO me again", reply()))
                    .whenComplete((extensions, failed) -> {
                        if (failed == null) {
                            secured.complete(extensions);
                        } else {
                            secured.completeExceptionally(failed);
                        }
                    });
        }

        private static ReplyParser<List<String>> reply() {
            return ReplyParser.linesThrough(line -> !line.startsWith("-", 3));
        }
    }

    @Test
    void g1_aProtocolOfRequestsBeginsTlsBetweenTwoOfThem() throws Exception {
        PeerServer server = server();
        Smtp protocol = new Smtp();
        connect(server.endpoint(), new RecordingFactory(() -> protocol));
        Peer clear = server.accept().send("220-mail.example greets\r\n220 you\r\n");
        assertThat(clear.readLine()).isEqualTo("EHLO me");
        clear.send("250-mail.example\r\n250 STARTTLS\r\n");
        assertThat(clear.readLine()).isEqualTo("STARTTLS");
        clear.send("220 go ahead\r\n");
        Peer peer = secured(clear);
        assertThat(peer.readLine()).isEqualTo("EHLO me again");
        peer.send("250-mail.example\r\n250 SIZE 1000\r\n");
        assertThat(Waiting.await(protocol.secured)).containsExactly("250-mail.example", "250 SIZE 1000");
    }

    @Test
    void g4_aReplyBehindTheOneThatAgreesIsNeverTakenForOneUnderTls() throws Exception {
        PeerServer server = server();
        Smtp protocol = new Smtp();
        RecordingFactory factory = new RecordingFactory(() -> protocol);
        connect(server.endpoint(), factory);
        Peer clear = server.accept().send("220 you\r\n");
        assertThat(clear.readLine()).isEqualTo("EHLO me");
        clear.send("250 STARTTLS\r\n");
        assertThat(clear.readLine()).isEqualTo("STARTTLS");
        clear.send("220 go ahead\r\n250 evil\r\n");
        assertThat(factory.awaitLoss().reason()).isInstanceOf(LossReason.TlsFailed.class);
        assertThat(Waiting.awaitFailure(protocol.secured)).isInstanceOf(TlsException.class);
    }

    @Test
    void a5_anExceptionBehindTheAgreementIsTheReason() throws Exception {
        keep(new LogCapture());
        PeerServer server = server();
        IllegalStateException thrown = new IllegalStateException("not today");
        CompletableFuture<LossReason> lost = new CompletableFuture<>();
        keepBriefly(startTls(server, StartTls.POP3, () -> new RecordingLines() {
                    @Override
                    protected void connectionMade() {
                        throw thrown;
                    }
                })
                .observer(told(lost))
                .open());
        Peer clear = server.accept();
        play(clear, POP3);
        Peer peer = secured(clear);
        var unused = Waiting.aside(() -> peer.tls().handshake());
        assertThat(Waiting.await(lost)).isEqualTo(new LossReason.ProtocolFailure(thrown));
    }

    @Test
    void f6_aProtocolBehindTheAgreementThatIsNeverReadyIsNamed() throws Exception {
        PeerServer server = server();
        ManualClock clock = new ManualClock();
        CompletableFuture<LossReason> lost = new CompletableFuture<>();
        CompletableFuture<Void> made = new CompletableFuture<>();
        class Dawdler extends RecordingLines {
            @Override
            protected void connectionMade() {
                made.complete(null);
            }
        }
        keepBriefly(startTls(server, StartTls.POP3, Dawdler::new)
                .transport(transport(clock))
                .observer(told(lost))
                .open());
        Peer clear = server.accept();
        play(clear, POP3);
        Peer peer = secured(clear);
        peer.tls().handshake();
        Waiting.await(made);
        clock.advance(Duration.ofSeconds(30));
        assertThat(Waiting.await(lost).describe()).isEqualTo("Dawdler never called ready() within 30 s");
    }

    @Test
    void g3_aServerThatNeverAgreesIsLeftInTime() throws Exception {
        PeerServer server = server();
        ManualClock clock = new ManualClock();
        Duration limit = Duration.ofSeconds(7);
        CompletableFuture<LossReason> lost = new CompletableFuture<>();
        LineClient client = keepBriefly(LineClient.builder(server.endpoint(), RecordingLines::new)
                .transport(transport(clock))
                .connectOptions(ConnectOptions.DEFAULT.withTls(TRUSTING.withHandshakeTimeout(limit)))
                .startTls(StartTls.POP3)
                .reconnect(Reconnect.never())
                .observer(told(lost))
                .open());
        client.send("secret");
        Peer peer = server.accept();
        clock.awaitTimer(limit);
        clock.advance(limit);
        assertThat(peer.readToEnd()).isEmpty();
        peer.close();
        assertThat(Waiting.await(lost))
                .isInstanceOfSatisfying(
                        LossReason.TlsFailed.class,
                        failed -> assertThat(failed.cause())
                                .hasMessage(server.endpoint() + " did not agree on TLS within 7 s"));
    }

    @Test
    void g2_aCertificateThatIsRefusedEndsTheConnection() throws Exception {
        PeerServer server = server();
        Polite protocol = new Polite();
        RecordingFactory factory = new RecordingFactory(() -> protocol);
        connect(server.endpoint(), factory);
        Peer clear = server.accept().send("go\r\n");
        assertThat(clear.readLine()).isEqualTo("in the clear");
        Peer peer = clear.startTls(TestCertificates.serverContext(Server.WRONG_HOST), new SSLParameters());
        assertThat(Waiting.awaitFailure(Waiting.aside(() -> peer.read(1)))).isNotNull();
        assertThat(protocol.problem()).isEqualTo(Problem.WRONG_HOST_NAME);
        assertThat(factory.awaitLoss().reason()).isInstanceOf(LossReason.TlsFailed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"go\r\nevil\r\n", "go\r\nev"})
    void g4_bytesBehindTheReplyEndTheConnectionAndAreNeverDelivered(String segment) throws Exception {
        PeerServer server = server();
        Polite protocol = new Polite();
        RecordingFactory factory = new RecordingFactory(() -> protocol);
        connect(server.endpoint(), factory);
        server.accept().send(segment);
        assertThat(protocol.problem()).isEqualTo(Problem.CLEAR_TEXT_BEFORE_HANDSHAKE);
        assertThat(factory.awaitLoss().reason()).isInstanceOf(LossReason.TlsFailed.class);
        assertThat(protocol.lines().events()).containsExactly("go");
    }

    @Test
    void g4_bytesInPlaceOfTheHandshakeEndTheConnectionAndAreNeverDelivered() throws Exception {
        PeerServer server = server();
        Polite protocol = new Polite();
        RecordingFactory factory = new RecordingFactory(() -> protocol);
        connect(server.endpoint(), factory);
        Peer peer = server.accept().send("go\r\n");
        assertThat(peer.readLine()).isEqualTo("in the clear");
        peer.send("evil\r\n");
        assertThat(protocol.problem()).isIn(Problem.CLEAR_TEXT_BEFORE_HANDSHAKE, Problem.NOT_TLS);
        assertThat(factory.awaitLoss().reason()).isInstanceOf(LossReason.TlsFailed.class);
        assertThat(protocol.lines().events()).containsExactly("go");
    }
}
