package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ConnectFailure;
import dev.bowline.Connector;
import dev.bowline.Endpoint;
import dev.bowline.LossReport;
import dev.bowline.Reconnect;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineFormat;
import dev.bowline.line.LineProtocol;
import dev.bowline.line.RequestProtocol;
import dev.bowline.testkit.contract.support.LogCapture;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.RecordingProtocol;
import dev.bowline.testkit.contract.support.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** What the log says (A5, F2, F5), what it never says, and on which threads: by their names (A4, A7). */
public abstract class LoggingContract extends TransportContract {
    private static final String SECRET = "s3cret";

    /** For a transport's own class. */
    protected LoggingContract() {}

    private LogCapture listen(Level least) {
        return keep(new LogCapture(least));
    }

    private LineClient.Builder staying(Endpoint endpoint, Supplier<? extends LineProtocol> protocols) {
        return client(endpoint, protocols).reconnect(Reconnect.fixed(Duration.ofMillis(1)));
    }

    /** Whatever is said about it from INFO on. */
    private static List<String> loud(List<String> lines) {
        return lines.stream().filter(line -> !line.startsWith("FINE")).toList();
    }

    @Test
    void f2_aClientSaysNothingAboveDebugWhileAllIsWell() throws Exception {
        PeerServer server = server();
        LogCapture log = listen(Level.FINE);
        LineClient client =
                keepBriefly(staying(server.endpoint(), Obedient::new).open());
        Peer peer = server.accept().send("ready\r\n");
        log.awaitLine(server.endpoint(), "FINE ready");
        client.send("m1");
        assertThat(peer.readLine()).isEqualTo("m1");
        CompletableFuture<?> drained = client.drain(Duration.ofHours(1));
        peer.readToEnd();
        peer.close();
        Waiting.await(drained);
        List<String> lines = log.linesAbout(server.endpoint());
        assertThat(loud(lines)).isEmpty();
        assertThat(lines).first().isEqualTo("FINE attempt 1");
        assertThat(lines.get(1)).startsWith("FINE connected, ");
        assertThat(lines).endsWith("FINE ready", "FINE ended; 1 message delivered");
    }

    @Test
    void f2_aRefusedConnectionIsOneLineWithoutAStack_andSoIsTheTenthInARow() throws Exception {
        LogCapture log = listen(Level.FINE);
        Endpoint nobody = nobody();
        CountDownLatch gate = new CountDownLatch(1);
        LineClient client = staying(nobody, Obedient::new)
                .reconnect(Reconnect.fixed(Duration.ofMillis(1)).withMaxAttempts(12))
                .transport(transport(gate))
                .open();
        client.send("m1");
        gate.countDown();
        Waiting.await(client.drain(Duration.ofHours(1)));
        assertThat(log.about(nobody)).extracting(LogRecord::getThrown).containsOnlyNulls();
        assertThat(loud(log.linesAbout(nobody)))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("WARNING no connection: connection refused by ")
                                .endsWith("; attempt 2 in 1 ms"),
                        tenth -> assertThat(tenth).startsWith("WARNING no connection after 10 attempts: "),
                        end -> assertThat(end).startsWith("SEVERE failed: gave up after 12 attempts: "));
        assertThat(log.linesAbout(nobody))
                .filteredOn(line -> line.startsWith("FINE no connection after "))
                .hasSize(9);
    }

    @Test
    void f2_aLossIsOneLine_andTheNextConnectionAnother() throws Exception {
        PeerServer server = server();
        LogCapture log = listen(Level.INFO);
        keepBriefly(staying(server.endpoint(), Obedient::new).open());
        Peer first = server.accept().send("say\r\n");
        assertThat(first.readLine()).isEqualTo("own");
        first.close();
        Peer second = server.accept().send("say\r\n");
        assertThat(second.readLine()).isEqualTo("own");
        second.reset();
        server.accept();
        log.awaitLine(server.endpoint(), "WARNING lost: ");
        assertThat(log.linesAbout(server.endpoint())).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith("INFO lost: closed by the peer; attempt ");
            assertThat(lines.get(1)).startsWith("INFO connected again, ");
            assertThat(lines.get(2)).startsWith("WARNING lost: connection failed: ");
        });
    }

    @Test
    void a5_whatACallbackThrowsIsLoggedOnceWithItsStack_andTheLossInOneLine() throws Exception {
        PeerServer server = server();
        LogCapture log = listen(Level.INFO);
        keepBriefly(staying(server.endpoint(), Obedient::new).open());
        server.accept().send("throw\r\n").countToEnd();
        server.accept();
        log.awaitLine(server.endpoint(), "INFO connected again");
        assertThat(log.about(server.endpoint()))
                .filteredOn(entry -> entry.getThrown() != null)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.getLevel()).isEqualTo(Level.SEVERE);
                    assertThat(entry.getLoggerName()).isEqualTo("dev.bowline.connection");
                    assertThat(entry.getThrown()).hasMessage("thrown by the test");
                });
        assertThat(log.linesAbout(server.endpoint()).get(0))
                .isEqualTo("SEVERE a callback of Obedient failed; the connection is aborted");
        assertThat(log.linesAbout(server.endpoint()).get(1)).startsWith("INFO lost: the protocol failed; attempt ");
    }

    @Test
    void a5_whatMakesNoProtocolIsLoggedWithItsStack() throws Exception {
        PeerServer server = server();
        LogCapture log = listen(Level.INFO);
        IllegalStateException thrown = new IllegalStateException("thrown by the test");
        CountDownLatch gate = new CountDownLatch(1);
        LineClient client = client(server.endpoint(), () -> {
                    throw thrown;
                })
                .transport(transport(gate))
                .open();
        client.send("m1");
        gate.countDown();
        Waiting.await(client.drain(Duration.ofHours(1)));
        assertThat(log.about(server.endpoint()))
                .extracting(LogRecord::getThrown)
                .containsExactly(thrown, null);
        assertThat(log.linesAbout(server.endpoint()).get(0)).isEqualTo("SEVERE no protocol could be made");
    }

    @Test
    void a5_whatThePeerDidWrongIsOneLineWithoutAStack() throws Exception {
        PeerServer server = server();
        LogCapture log = listen(Level.INFO);
        RecordingLines strict = new RecordingLines(LineFormat.crlf().refuseMalformed());
        connect(server, strict);
        server.accept().send(new byte[] {'a', (byte) 0xff, '\r', '\n'});
        strict.awaitLost();
        assertThat(log.about(server.endpoint())).singleElement().satisfies(entry -> {
            assertThat(entry.getLevel()).isEqualTo(Level.WARNING);
            assertThat(entry.getThrown()).isNull();
            assertThat(entry.getMessage()).contains("the peer broke the rules of RecordingLines: ");
        });
    }

    /** Awaits nothing, so that every line is one too many. */
    private static final class Silent extends RequestProtocol {}

    @Test
    void a5_noLineOfEitherSideIsInTheLogAtInfoOrAbove() throws Exception {
        PeerServer server = server();
        LogCapture log = listen(Level.INFO);
        LineClient client = staying(server.endpoint(), Silent::new).open();
        client.send(SECRET);
        server.accept().send(SECRET + "\r\n").countToEnd();
        server.accept();
        log.awaitLine(server.endpoint(), "INFO connected again");
        Waiting.await(client.drain(Duration.ZERO));
        assertThat(log.all()).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.getMessage()).doesNotContain(SECRET);
            assertThat(String.valueOf(entry.getThrown())).doesNotContain(SECRET);
        });
        assertThat(log.linesAbout(server.endpoint()).get(0)).contains("a line that is the reply to no request");
    }

    @Test
    void f5_whatACloseLeavesIsOneWarning_andCountedNotShown() throws Exception {
        PeerServer server = server();
        LogCapture log = listen(Level.INFO);
        LineClient client = client(server.endpoint(), Obedient::new).open();
        client.send(SECRET);
        Peer peer = server.accept().send("say\r\n");
        assertThat(peer.readLine()).isEqualTo("own");
        peer.close();
        client.close();
        client.close();
        assertThat(log.linesAbout(server.endpoint()))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("1 message").doesNotContain(SECRET));
    }

    @Test
    void a2_aConnectorWithoutAClientSaysHowItWentAtDebug() throws Exception {
        PeerServer server = server();
        LogCapture log = listen(Level.FINE);
        RecordingFactory factory = new RecordingFactory(RecordingProtocol::new);
        connect(server.endpoint(), factory);
        server.accept().close();
        factory.awaitStopped();
        assertThat(log.linesAbout(server.endpoint()))
                .satisfiesExactly(
                        made -> assertThat(made).startsWith("FINE connected, "),
                        lost -> assertThat(lost).isEqualTo("FINE lost: closed by the peer"));
    }

    /** Says on which thread it hears of its end. */
    private static final class Naming extends RecordingFactory {
        private final CompletableFuture<String> thread = new CompletableFuture<>();

        Naming(Builder protocols) {
            super(protocols);
        }

        @Override
        public void connectFailed(Connector connector, ConnectFailure failure) {
            thread.complete(Thread.currentThread().getName());
            super.connectFailed(connector, failure);
        }

        @Override
        public void connectionLost(Connector connector, LossReport report) {
            thread.complete(Thread.currentThread().getName());
            super.connectionLost(connector, report);
        }
    }

    @Test
    void a4_callbacksRunOnThreadsThatAreNamedAfterTheTransport() throws Exception {
        PeerServer server = server();
        Naming factory = new Naming(RecordingProtocol::new);
        connect(server.endpoint(), factory);
        server.accept().close();
        assertThat(Waiting.await(factory.thread)).startsWith("bowline-" + transportName());
    }

    @Test
    void a7_whatIsAboutAnAttemptRunsOnThreadsThatAreNamedAfterItsEndpoint() throws Exception {
        CompletableFuture<String> resolving = new CompletableFuture<>();
        var naming = transport(host -> {
            resolving.complete(Thread.currentThread().getName());
            return List.of();
        });
        Naming factory = new Naming(RecordingProtocol::new);
        Endpoint nowhere = endpoint("nowhere.example", 1);
        naming.connect(nowhere, factory, options());
        String prefix = "bowline-" + transportName();
        assertThat(Waiting.await(resolving)).startsWith(prefix + "-resolver-").endsWith(" " + nowhere);
        assertThat(Waiting.await(factory.thread))
                .startsWith(prefix + "-attempt-")
                .endsWith(" " + nowhere);
    }
}
