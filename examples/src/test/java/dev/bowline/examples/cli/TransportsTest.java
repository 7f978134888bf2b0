package dev.bowline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransportsTest {
    @AfterEach
    void forgetTheProperty() {
        System.clearProperty("bowline.transport");
    }

    @Test
    void allAreListedTheBestFirstAndPicked() {
        ProgramRun run = ProgramRun.of("transports");
        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines())
                .map(line -> line.replaceAll(" +", " "))
                .containsExactly(
                        "netty priority 30 usable",
                        "nio priority 20 usable",
                        "blocking priority 10 usable",
                        "picked: netty, which has the highest priority of those that can be used");
    }

    @Test
    void thePropertyPicksAnother() {
        System.setProperty("bowline.transport", "blocking");
        assertThat(ProgramRun.of("transports").outLines())
                .last()
                .isEqualTo("picked: blocking, which -Dbowline.transport names");
    }

    @Test
    void aPropertyThatNamesNoneIsAnError() {
        System.setProperty("bowline.transport", "pigeon");
        ProgramRun run = ProgramRun.of("transports");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .contains("'pigeon'")
                .contains("-Dbowline.transport");
    }
}
