package dev.bowline.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.benchmarks.contender.Peer;
import dev.bowline.benchmarks.measure.Metric;
import dev.bowline.benchmarks.measure.Results;
import dev.bowline.benchmarks.measure.Series;
import dev.bowline.benchmarks.measure.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {
    @TempDir
    private Path directory;

    private static final ResultsFile FILE = new ResultsFile(
            "quick",
            new Machine("2026-11-26T12:00:00Z", "A <fast> one", 2, "Linux 6", "17.0.15", Map.of("mina-core", "2.2.10")),
            new Results(List.of(
                    new Series(
                            Peer.BOWLINE_NIO,
                            Workload.SEND_1,
                            Map.of(
                                    Metric.LINES_PER_SECOND,
                                    List.of(1.5e7, 1.25e7),
                                    Metric.ALLOCATED_PER_LINE,
                                    List.of(0.25)),
                            null),
                    new Series(Peer.MINA, Workload.TLS_SEND, Map.of(), "no answer within 40 s"))));

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        Path file = directory.resolve("new").resolve("results.json");
        FILE.write(file);
        assertThat(ResultsFile.read(file)).isEqualTo(FILE);
    }

    @Test
    void otherProgramsFindEverySample() throws Exception {
        Path file = directory.resolve("results.json");
        FILE.write(file);
        assertThat(Files.readString(file)).contains("\"LINES_PER_SECOND\"", "1.5E7", "1.25E7", "\"A <fast> one\"");
    }

    @Test
    void theJavaOfAMachineIsTold() {
        assertThat(FILE.machine().javaFeature()).isEqualTo(17);
        assertThat(FILE.machine().sentence()).contains("A <fast> one, 2 cores", "Java 17.0.15", "mina-core=2.2.10");
    }
}
