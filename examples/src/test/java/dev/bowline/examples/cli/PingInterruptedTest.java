package dev.bowline.examples.cli;

import static dev.bowline.examples.cli.SerialServer.echo;
import static dev.bowline.examples.cli.SerialServer.reader;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code ping} in a JVM of its own, told to stop by SIGTERM while it waits for an answer. */
class PingInterruptedTest {
    @Test
    void whatWasMeasuredIsToldAndTheExitCodeIsThatOfTheSignal() throws Exception {
        CompletableFuture<Process> started = new CompletableFuture<>();
        try (SerialServer server = SerialServer.start(client -> {
            BufferedReader input = reader(client);
            echo(input, client, 3);
            input.readLine();
            assumeThat(started.get().supportsNormalTermination()).isTrue();
            started.get().toHandle().destroy(); // which leaves its streams open
            return client.getInputStream().read();
        })) {
            Process ping = Shell.start("ping", server.endpoint());
            try {
                started.complete(ping);
                String out = new String(ping.getInputStream().readAllBytes(), UTF_8);
                String err = new String(ping.getErrorStream().readAllBytes(), UTF_8);
                assertThat(ping.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(out).startsWith("3 round trips in ");
                assertThat(err).isEmpty();
                assertThat(ping.exitValue()).isEqualTo(128 + 15);
            } finally {
                ping.destroyForcibly();
            }
        }
    }
}
