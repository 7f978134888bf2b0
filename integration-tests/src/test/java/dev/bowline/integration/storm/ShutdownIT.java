package dev.bowline.integration.storm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.examples.server.LedgerEntry;
import dev.bowline.integration.server.ReferenceServer;
import dev.bowline.integration.storm.StormLine.Mode;
import dev.bowline.testkit.FaultProxy;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program with a client that is told to stop by SIGTERM, as service managers do. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There is no SIGTERM.")
class ShutdownIT {
    private static final int LINES = 2_000;
    private static final Duration ROUND_TRIP = Duration.ofMillis(50);
    private static final int KILLED_BY_SIGTERM = 128 + 15;
    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    private static Process start(String transport, FaultProxy proxy, Duration limit) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        // A forked test JVM may have a jar on its class path that only names the others.
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ShutdownProgram.class.getName(),
                        transport,
                        proxy.endpoint().toString(),
                        Integer.toString(LINES),
                        Long.toString(limit.toMillis()))
                .redirectErrorStream(true)
                .start();
    }

    private static void awaitQueued(Process program) throws Exception {
        BufferedReader output = program.inputReader(UTF_8);
        Waiting.await(Waiting.aside(() -> {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.equals(ShutdownProgram.QUEUED)) {
                    return line;
                }
            }
            throw new IOException("the program ended before all was queued");
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "nio", "netty"})
    void f5_whatIsQueuedAtSigtermIsDeliveredBeforeTheProgramEnds(String transport) throws Exception {
        try (ReferenceServer server = ReferenceServer.open();
                FaultProxy proxy = FaultProxy.to(new InetSocketAddress(server.host(), server.port()))) {
            proxy.toClient().delay(ROUND_TRIP);
            Process program = start(transport, proxy, Duration.ZERO);
            try {
                awaitQueued(program);
                assertThat(server.ledger()).hasSizeLessThan(LINES / 2);
                program.destroy();
                assertThat(Waiting.exitCode(program)).isEqualTo(KILLED_BY_SIGTERM);
            } finally {
                program.destroyForcibly();
            }
            List<LedgerEntry> ledger = server.ledger();
            assertThat(new LedgerAudit(ledger, Mode.CONFIRMED, 1, LINES).confirmed(0))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "nio", "netty"})
    void f5_withADeadServerTheProgramEndsAtTheLimit(String transport) throws Exception {
        Duration limit = Duration.ofSeconds(1);
        try (FaultProxy proxy = FaultProxy.to(new InetSocketAddress("127.0.0.1", 1))) {
            proxy.kill();
            Process program = start(transport, proxy, limit);
            try {
                awaitQueued(program);
                long told = System.nanoTime();
                program.destroy();
                assertThat(Waiting.exitCode(program)).isEqualTo(KILLED_BY_SIGTERM);
                assertThat(Duration.ofNanos(System.nanoTime() - told)).isBetween(limit, limit.plus(A_MOMENT));
            } finally {
                program.destroyForcibly();
            }
        }
    }
}
