package dev.bowline.examples.cli;

import static dev.bowline.examples.cli.SerialServer.echo;
import static dev.bowline.examples.cli.SerialServer.reader;
import static dev.bowline.examples.cli.SerialServer.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bowline.examples.Bowline;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code send} in a JVM of its own, told to stop by SIGTERM while its input is still open. */
class SendInterruptedTest {
    @EveryTransport
    void f5_whatWasReadIsDeliveredAndTheExitCodeIsThatOfTheSignal(String transport, @TempDir Path directory)
            throws Exception {
        CompletableFuture<Process> sender = new CompletableFuture<>();
        try (SerialServer server = SerialServer.start(client -> {
            BufferedReader input = reader(client);
            String first = input.readLine();
            terminate(sender.get());
            // Nothing is confirmed before the signal: so it is that what the run still waits for.
            write(client, first + "\r\n");
            return echo(input, client, 100);
        })) {
            Path left = directory.resolve("left");
            Run run = start(sender, "one\ntwo\n", server, "--undelivered", left.toString(), "--transport", transport);
            assertThat(run.errLines().get(0)).isEqualTo("bowline: interrupted; the last line read is line 2");
            assertThat(run.errLines().get(1))
                    .startsWith("sent=2 delivered=2 resent=0 dropped=0 refused=0 uncertain=0 undelivered=0 ");
            assertThat(run.exitCode()).isEqualTo(128 + 15);
            assertThat(server.result()).isEqualTo("two\n");
            assertThat(left).isEmptyFile();
        }
    }

    /** The lines fit into a pipe, and so are read at once; a few of them at a time fit into the queue. */
    @Test
    void f5_whatWasReadAndWaitsForRoomIsQueuedFirst() throws Exception {
        CompletableFuture<Process> sender = new CompletableFuture<>();
        try (SerialServer server = SerialServer.start(client -> {
            BufferedReader input = reader(client);
            String first = input.readLine();
            terminate(sender.get());
            write(client, first + "\r\n");
            return echo(input, client, 100_000);
        })) {
            Run run = start(sender, "1234\n".repeat(8000), server, "--queue-bytes", "100");
            assertThat(run.errLines().get(0)).isEqualTo("bowline: interrupted; the last line read is line 8000");
            assertThat(run.errLines().get(1))
                    .startsWith("sent=8000 delivered=8000 resent=0 dropped=0 refused=0 uncertain=0 undelivered=0 ");
            assertThat(run.exitCode()).isEqualTo(128 + 15);
        }
    }

    @Test
    void ifSomethingIsLeftTheExitCodeSaysThat() throws Exception {
        CompletableFuture<Process> sender = new CompletableFuture<>();
        try (SerialServer server = SerialServer.start(client -> {
            BufferedReader input = reader(client);
            String first = input.readLine();
            terminate(sender.get());
            write(client, first + "\r\n");
            return echo(input, client, 100);
        })) {
            Run run = start(sender, "one\nt\rwo\n", server);
            assertThat(run.errLines().get(1)).isEqualTo("bowline: interrupted; the last line read is line 2");
            assertThat(run.errLines().get(2)).startsWith("sent=1 delivered=1 resent=0 dropped=0 refused=1 ");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    private record Run(int exitCode, List<String> errLines) {}

    private static void terminate(Process sender) {
        assumeThat(sender.supportsNormalTermination()).isTrue();
        sender.toHandle().destroy(); // which leaves its streams open
    }

    /** Gives it an input and leaves that open. */
    private static Run start(CompletableFuture<Process> sender, String input, SerialServer server, String... options)
            throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Bowline.class.getName(), "send", server.endpoint(), "-", "--confirm", "echo"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectOutput(new File("/dev/null"))
                .start();
        try {
            process.getOutputStream().write(input.getBytes(ISO_8859_1));
            process.getOutputStream().flush();
            sender.complete(process);
            List<String> errLines = new String(process.getErrorStream().readAllBytes(), UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Run(process.exitValue(), errLines);
        } finally {
            process.destroyForcibly();
        }
    }
}
