package dev.bowline.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5.0);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(Statistics.median(List.of(4.0, 1.0, 100.0, 2.0))).isEqualTo(3.0);
    }

    @Test
    void ofNothingThereIsNoMedianAndNoSpread() {
        assertThat(Statistics.median(List.of())).isNaN();
        assertThat(Statistics.low(List.of())).isNaN();
        assertThat(Statistics.high(List.of())).isNaN();
    }

    @Test
    void theSpreadGoesFromTheLeastToTheGreatest() {
        List<Double> samples = List.of(3.0, 1.0, 2.0);
        assertThat(Statistics.low(samples)).isEqualTo(1.0);
        assertThat(Statistics.high(samples)).isEqualTo(3.0);
    }

    @Test
    void aRatioComparesWithinARound() {
        // A slow second round is slow for both.
        assertThat(Statistics.ratios(List.of(20.0, 2.0, 30.0), List.of(10.0, 1.0, 10.0)))
                .containsExactly(2.0, 2.0, 3.0);
    }

    @Test
    void aRoundThatOnlyOneHasIsNotCompared() {
        assertThat(Statistics.ratios(List.of(4.0, 6.0), List.of(2.0))).containsExactly(2.0);
        assertThat(Statistics.ratios(List.of(4.0), List.of())).isEmpty();
    }
}
