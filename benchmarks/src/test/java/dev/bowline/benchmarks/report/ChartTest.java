package dev.bowline.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.benchmarks.contender.Peer;
import dev.bowline.benchmarks.measure.Metric;
import dev.bowline.benchmarks.measure.Results;
import dev.bowline.benchmarks.measure.Series;
import dev.bowline.benchmarks.measure.Workload;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ChartTest {
    @TempDir
    private Path directory;

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void aChartIsWellFormedWhateverItsNames() throws Exception {
        Chart chart = new Chart("<fast> & slow", "lines/s", List.of(new Chart.Bar("a<b", 2e6, 1e6, 3e6, true)));
        Document svg = parsed(chart.toSvg());
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("<fast> & slow");
        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(1);
    }

    @Test
    void bothColourSchemesAreServed() {
        assertThat(new Chart("t", "u", List.of()).toSvg()).contains("prefers-color-scheme: dark");
    }

    @Test
    void numbersHaveThreeDigits() {
        assertThat(Chart.number(12_345_678)).isEqualTo("12.3 M");
        assertThat(Chart.number(150_000)).isEqualTo("150 k");
        assertThat(Chart.number(3_684)).isEqualTo("3684");
        assertThat(Chart.number(1.234)).isEqualTo("1.23");
    }

    @Test
    void eachWorkloadOfTheResultsIsDrawn() throws Exception {
        Results results = new Results(List.of(
                new Series(Peer.NETTY, Workload.SEND_1, Map.of(Metric.LINES_PER_SECOND, List.of(1e6)), null),
                new Series(
                        Peer.BOWLINE_NIO,
                        Workload.ROUND_TRIP_ONE_CORE,
                        Map.of(Metric.MEDIAN_MICROS, List.of(10.0), Metric.P99_MICROS, List.of(20.0)),
                        null)));
        List<Path> drawn =
                Charts.draw(new ResultsFile("quick", new Machine("", "", 2, "", "17", Map.of()), results), directory);
        assertThat(drawn)
                .extracting(path -> path.getFileName().toString())
                .containsExactly(
                        "send-1.svg", "round-trip-one-core-median-micros.svg", "round-trip-one-core-p99-micros.svg");
        assertThat(parsed(Files.readString(drawn.get(0)))
                        .getElementsByTagName("rect")
                        .getLength())
                .isEqualTo(1);
    }
}
