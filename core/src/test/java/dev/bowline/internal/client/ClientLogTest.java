package dev.bowline.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ClientEvent;
import dev.bowline.ClientFailedException;
import dev.bowline.ConnectFailure;
import dev.bowline.ConnectFailure.Tried;
import dev.bowline.Connection;
import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.internal.UnsolicitedLineException;
import dev.bowline.internal.client.Drain.Phase;
import dev.bowline.testing.RecordingLogger;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How loudly a client speaks, and how often. */
class ClientLogTest {
    private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 40112);
    private static final InetSocketAddress THERE = new InetSocketAddress("127.0.0.1", 8001);
    private static final Endpoint ENDPOINT = Endpoint.parse("127.0.0.1:8001");

    private static final ConnectFailure REFUSED =
            new ConnectFailure.Refused(List.of(new Tried(THERE, new ConnectException("Connection refused"))));

    private static final ConnectFailure NOT_RESOLVED =
            new ConnectFailure.NotResolved("log.example", new UnknownHostException());

    private final RecordingLogger logger = new RecordingLogger();
    private final ClientLog log = new ClientLog(ENDPOINT, logger);

    /** Only its addresses can be asked. */
    private static Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                ClientLogTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> method.getName().equals("localAddress") ? HERE : THERE);
    }

    private void refused(ConnectFailure failure) {
        log.waiting(new ClientEvent.Waiting(Duration.ofMillis(430), 7, failure), null);
    }

    private void lost(LossReason reason) {
        log.waiting(new ClientEvent.Waiting(Duration.ofMillis(430), 1, null), reason);
    }

    private List<String> loud() {
        return logger.lines().stream().filter(line -> !line.startsWith("DEBUG")).toList();
    }

    private static DrainResult left(int undelivered) {
        return new DrainResult(
                5,
                0,
                Leftover.of(IntStream.range(0, undelivered)
                        .mapToObj(i -> new byte[0])
                        .toList()),
                Leftover.NONE);
    }

    @Test
    void theFirstConnectionIsNoNews() {
        log.connecting(1);
        log.connected(connection());
        log.ready();
        assertThat(logger.lines())
                .containsExactly(
                        "DEBUG 127.0.0.1:8001: attempt 1",
                        "DEBUG 127.0.0.1:8001: connected, 127.0.0.1:40112 to 127.0.0.1:8001",
                        "DEBUG 127.0.0.1:8001: ready");
    }

    @Test
    void f2_ofAThousandAttemptsThatFailInARowFourAreHeard() {
        for (int i = 0; i < 1_000; i++) {
            refused(REFUSED);
        }
        String why = "connection refused by 127.0.0.1:8001; attempt 7 in 430 ms";
        assertThat(loud())
                .containsExactly(
                        "WARNING 127.0.0.1:8001: no connection: " + why,
                        "WARNING 127.0.0.1:8001: no connection after 10 attempts: " + why,
                        "WARNING 127.0.0.1:8001: no connection after 100 attempts: " + why,
                        "WARNING 127.0.0.1:8001: no connection after 1000 attempts: " + why);
        assertThat(logger.lines()).hasSize(1_000);
    }

    @Test
    void f2_anotherKindOfFailureIsHeardOnce() {
        for (int i = 0; i < 3; i++) {
            refused(REFUSED);
            refused(NOT_RESOLVED);
        }
        assertThat(loud())
                .satisfiesExactly(
                        first -> assertThat(first).contains("no connection: connection refused"),
                        second -> assertThat(second)
                                .contains("no connection after 2 attempts: the name 'log.example' does not resolve"));
    }

    @Test
    void f2_theEndOfAnOutageIsHeard_andWhatComesThenIsHeardAnew() {
        refused(REFUSED);
        refused(REFUSED);
        log.connected(connection());
        lost(new LossReason.ClosedByPeer());
        refused(REFUSED);
        log.connected(connection());
        assertThat(loud())
                .containsExactly(
                        "WARNING 127.0.0.1:8001: no connection: connection refused by 127.0.0.1:8001; attempt 7 in 430 ms",
                        "INFO 127.0.0.1:8001: connected after 2 failed attempts, 127.0.0.1:40112 to 127.0.0.1:8001",
                        "INFO 127.0.0.1:8001: lost: closed by the peer; attempt 1 in 430 ms",
                        "WARNING 127.0.0.1:8001: no connection: connection refused by 127.0.0.1:8001; attempt 7 in 430 ms",
                        "INFO 127.0.0.1:8001: connected again after 1 failed attempt, 127.0.0.1:40112 to 127.0.0.1:8001");
    }

    @Test
    void f2_aLossIsAWarningWhereTheConnectionBrokeOrMessagesAreGone() {
        lost(new LossReason.Failed(new IOException("Connection reset")));
        lost(new LossReason.Truncated());
        log.uncertain(2);
        log.uncertain(1);
        lost(new LossReason.ClosedByPeer());
        lost(new LossReason.ClosedHere());
        lost(new LossReason.AbortedHere());
        assertThat(loud())
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("WARNING", "WARNING", "WARNING", "INFO", "INFO");
        assertThat(loud().get(2))
                .isEqualTo("WARNING 127.0.0.1:8001: lost: closed by the peer; 3 messages uncertain, and not sent again;"
                        + " attempt 1 in 430 ms");
        assertThat(loud().get(3)).isEqualTo("INFO 127.0.0.1:8001: lost: closed here; attempt 1 in 430 ms");
    }

    @Test
    void a5_whatIsLoggedWithItsStackElsewhereIsNotRepeated() {
        IllegalStateException bug = new IllegalStateException("a bug");
        lost(new LossReason.ProtocolFailure(bug));
        refused(new ConnectFailure.FactoryFailed(bug));
        refused(new ConnectFailure.FactoryFailed(null));
        assertThat(logger.lines())
                .containsExactly(
                        "INFO 127.0.0.1:8001: lost: the protocol failed; attempt 1 in 430 ms",
                        "INFO 127.0.0.1:8001: no connection: the factory failed; attempt 7 in 430 ms",
                        "DEBUG 127.0.0.1:8001: no connection after 2 attempts: the factory returned no protocol;"
                                + " attempt 7 in 430 ms");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10, 1_000_000})
    void e3_dropsAreHeardAtTheFirstTheTenthTheHundredth(long heard) {
        log.dropped(heard + 1);
        log.dropped(heard);
        assertThat(logger.lines())
                .containsExactly("WARNING 127.0.0.1:8001: the queue is full, and has dropped " + heard
                        + (heard == 1 ? " message" : " messages"));
    }

    @Test
    void f5_anEndThatSomebodyLooksAtIsNoNews() {
        log.end(left(3), new ClientFailedException("not all", null), false, Phase.OVERDUE);
        assertThat(logger.lines()).containsExactly("DEBUG 127.0.0.1:8001: ended; 5 messages delivered");
    }

    @Test
    void f5_whatIsLeftWhereNobodyLooksIsOneWarning() {
        log.nobodyLooksAtTheResult();
        log.end(left(1), new ClientFailedException("not all", null), false, Phase.OVERDUE);
        log.leftOver(left(1));
        assertThat(logger.lines())
                .containsExactly("WARNING 127.0.0.1:8001: ended with 1 message undelivered, 0 dropped, 0 uncertain");
    }

    @Test
    void f2_aClientThatGaveUpIsAnError_andACloseOfItSaysNothingMore() {
        ClientFailedException failure =
                new ClientFailedException("127.0.0.1:8001: gave up after 3 attempts: why; 1 message undelivered", null);
        log.end(left(1), failure, true, Phase.RUNNING);
        log.nobodyLooksAtTheResult();
        log.leftOver(left(1));
        assertThat(logger.lines())
                .containsExactly("ERROR 127.0.0.1:8001: failed: gave up after 3 attempts: why; 1 message undelivered");
    }

    @Test
    void f5_aTransportClosedBeneathAClientIsAWarning() {
        log.end(
                left(0),
                new ClientFailedException("127.0.0.1:8001: the transport was closed", null),
                false,
                Phase.RUNNING);
        assertThat(logger.lines()).containsExactly("WARNING 127.0.0.1:8001: failed: the transport was closed");
    }

    @Test
    void a5_whatThePeerSaidIsNotInTheSentenceOfAFailure() {
        UnsolicitedLineException quoting = new UnsolicitedLineException("s3cret");
        ClientFailedException failure = new ClientFailedException(
                "127.0.0.1:8001: " + new LossReason.ProtocolFailure(quoting).describe(), quoting);
        log.end(left(0), failure, true, Phase.RUNNING);
        assertThat(logger.lines())
                .containsExactly("ERROR 127.0.0.1:8001: failed: the protocol failed: the server sent a line that is the"
                        + " reply to no request");
    }
}
