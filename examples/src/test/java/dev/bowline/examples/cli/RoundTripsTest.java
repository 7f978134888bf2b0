package dev.bowline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.examples.cli.Histogram.Range;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RoundTripsTest {
    @Test
    void percentilesAreTimesThatWereMeasured() {
        RoundTrips trips = new RoundTrips();
        LongStream.rangeClosed(1, 2000).map(i -> 2001 - i).forEach(trips::add);
        long[] sorted = trips.sorted();
        assertThat(RoundTrips.percentile(sorted, 50)).isEqualTo(1000);
        assertThat(RoundTrips.percentile(sorted, 90)).isEqualTo(1800);
        assertThat(RoundTrips.percentile(sorted, 99)).isEqualTo(1980);
        assertThat(trips.count()).isEqualTo(2000);
        assertThat(trips.max()).isEqualTo(2000);
        assertThat(trips.mean()).isEqualTo(1000);
    }

    @Test
    void ofOneTripAllPercentilesAreThat() {
        assertThat(RoundTrips.percentile(new long[] {7}, 50)).isEqualTo(7);
        assertThat(RoundTrips.percentile(new long[] {7}, 99)).isEqualTo(7);
        assertThat(RoundTrips.percentile(new long[] {7, 9}, 50)).isEqualTo(7);
        assertThat(RoundTrips.percentile(new long[] {7, 9}, 90)).isEqualTo(9);
    }

    @Test
    void rangesGrowByTheSameFactorAndCountEachTimeOnce() {
        long[] sorted = {1_000, 1_500, 2_000, 4_000, 500_000, 1_024_000};
        List<Range> ranges = Histogram.of(sorted);
        assertThat(ranges)
                .extracting(Range::from)
                .containsExactly(
                        1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 64_000L, 128_000L, 256_000L, 512_000L);
        assertThat(ranges).extracting(Range::count).containsExactly(2, 1, 1, 0, 0, 0, 0, 0, 1, 1);
        assertThat(ranges.get(9).to()).isEqualTo(1_024_000);
    }

    @Test
    void timesThatAreAllTheSameHaveOneRange() {
        assertThat(Histogram.of(new long[] {5, 5, 5})).containsExactly(new Range(5, 5, 3));
        assertThat(Histogram.of(new long[] {0})).containsExactly(new Range(0, 0, 1));
    }

    @Test
    void timesThatAreCloseHaveFewerRanges() {
        assertThat(Histogram.of(new long[] {5, 6})).containsExactly(new Range(5, 6, 1), new Range(6, 6, 1));
    }
}
