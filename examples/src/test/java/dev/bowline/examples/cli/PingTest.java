package dev.bowline.examples.cli;

import static dev.bowline.examples.cli.SerialServer.echo;
import static dev.bowline.examples.cli.SerialServer.reader;
import static dev.bowline.examples.cli.SerialServer.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PingTest {
    private static final String ERASE = "\r\033[K";

    @EveryTransport
    void aReportTellsPercentilesAndAHistogramWhateverTheLocale(String transport) throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try (SerialServer server = echoServer()) {
            ProgramRun run = ProgramRun.of("ping", server.endpoint(), "--count", "200", "--transport", transport);
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).isEmpty();
            List<String> lines = run.outLines();
            assertThat(lines.get(0)).matches("200 round trips in [0-9]+\\.[0-9]{3} s");
            assertThat(lines.subList(1, 6))
                    .allMatch(line -> line.matches("(min|p50|p90|p99|max) +[0-9]+\\.[0-9]{3} ms"))
                    .isSortedAccordingTo((a, b) -> Double.compare(millis(a), millis(b)));
            int counted = lines.stream()
                    .skip(7)
                    .peek(line -> assertThat(line).matches(" +[0-9]+\\.[0-9]{3} ms +[0-9]+( #+)?"))
                    .mapToInt(line -> Integer.parseInt(line.strip().split(" +", -1)[2]))
                    .sum();
            assertThat(counted).isEqualTo(200);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void asJsonItIsOneObjectOnOneLine() throws Exception {
        try (SerialServer server = echoServer()) {
            ProgramRun run = ProgramRun.of("ping", server.endpoint(), "--count", "50", "--json");
            assertThat(run.outLines()).hasSize(1);
            JsonObject report = JsonParser.parseString(run.out()).getAsJsonObject();
            assertThat(report.get("endpoint").getAsString()).isEqualTo(server.endpoint());
            assertThat(report.get("trips").getAsInt()).isEqualTo(50);
            assertThat(report.get("ms").getAsJsonObject().keySet()).containsExactly("min", "p50", "p90", "p99", "max");
            int counted = 0;
            for (JsonElement range : report.get("histogram").getAsJsonArray()) {
                counted += range.getAsJsonObject().get("count").getAsInt();
            }
            assertThat(counted).isEqualTo(50);
        }
    }

    @Test
    void anEndpointIsQuotedAsJsonWants() {
        RoundTrips trips = new RoundTrips();
        trips.add(1_500_000);
        String json = new PingReport("unix:/a\"b\\c\n", trips, Duration.ofMillis(2)).json();
        assertThat(json).contains("\"ms\":{\"min\":1.500,").contains("\"seconds\":0.002,");
        assertThat(JsonParser.parseString(json)
                        .getAsJsonObject()
                        .get("endpoint")
                        .getAsString())
                .isEqualTo("unix:/a\"b\\c\n");
    }

    @Test
    void aTerminalShowsALineWhileItRunsAndNothingOfItRemains() throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (SerialServer server = echoServer()) {
            int exitCode = Program.run(
                    new String[] {"ping", server.endpoint(), "--count", "10"},
                    InputStream.nullInputStream(),
                    new ByteArrayOutputStream(),
                    new PrintStream(err, true, UTF_8),
                    TestSurroundings.ofWidth(80));
            assertThat(exitCode).isZero();
            assertThat(err.toString(UTF_8))
                    .matches("(\r\033\\[Kping [0-9]+/10, mean [0-9.]+ ms, max [0-9.]+ ms)+" + "\r\033\\[K")
                    .startsWith(ERASE + "ping 1/10, ");
        }
    }

    @Test
    void aServerThatEndsIsAFailureAfterWhatWasMeasured() throws Exception {
        try (SerialServer server = SerialServer.start(client -> echo(client, 3))) {
            ProgramRun run = ProgramRun.of("ping", server.endpoint());
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).startsWith("3 round trips in ");
            assertThat(run.err()).isEqualTo("bowline: 3 of 1000 round trips; closed by the peer\n");
        }
    }

    @Test
    void anAnswerThatDoesNotComeInTimeIsAFailure() throws Exception {
        try (SerialServer server =
                SerialServer.start(client -> client.getInputStream().transferTo(OutputStream.nullOutputStream()))) {
            ProgramRun run = ProgramRun.of("ping", server.endpoint(), "--timeout", "0.1");
            assertThat(run)
                    .isEqualTo(new ProgramRun(1, "", "bowline: 0 of 1000 round trips; no answer came within 0.1 s\n"));
        }
    }

    @Test
    void aServerThatDoesNotEchoIsTold() throws Exception {
        try (SerialServer server = SerialServer.start(client -> {
            reader(client).readLine();
            write(client, "500 what\033[2J?\r\n");
            return reader(client).readLine();
        })) {
            ProgramRun run = ProgramRun.of("ping", server.endpoint());
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .isEqualTo("bowline: 0 of 1000 round trips; the server is no echo server: it answered "
                            + "'500 what\\x1b[2J?' to 'bowline ping 1'\n");
        }
    }

    @Test
    void withoutAConnectionThereIsOneSentence() throws Exception {
        SerialServer server = SerialServer.start();
        server.close();
        ProgramRun run = ProgramRun.of("ping", server.endpoint());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).singleElement().asString().contains("refused");
    }

    private static SerialServer echoServer() throws Exception {
        return SerialServer.start(client -> echo(client, Integer.MAX_VALUE));
    }

    private static double millis(String line) {
        return Double.parseDouble(line.split(" +", -1)[1]);
    }
}
