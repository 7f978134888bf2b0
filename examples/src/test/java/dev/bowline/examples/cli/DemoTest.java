package dev.bowline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTest {
    @Test
    void theDemoShowsEachTranscriptAndEndsByComparingThem() {
        ProgramRun run = ProgramRun.of("demo");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.outLines())
                .contains("blocking", "nio", "netty", "  > A new connection has been made!", "  < goodbye")
                .last()
                .isEqualTo("3 transports, transcripts equal");
    }

    @Test
    void equalTranscriptsHaveNoDifference() {
        Transcript one = new Transcript("nio", List.of("> hello", "< hello"));
        Transcript other = new Transcript("netty", List.of("> hello", "< hello"));
        assertThat(Transcript.difference(List.of(one, other))).isEmpty();
    }

    @Test
    void aDifferenceNamesTheLineAndBothTransports() {
        Transcript one = new Transcript("nio", List.of("> hello", "< hello"));
        Transcript other = new Transcript("netty", List.of("> hello", "< hallo"));
        Transcript shorter = new Transcript("blocking", List.of("> hello"));
        assertThat(Transcript.difference(List.of(one, other)))
                .hasValue("the transcripts differ in line 2: nio has '< hello', netty has '< hallo'");
        assertThat(Transcript.difference(List.of(one, one, shorter)))
                .hasValue("the transcripts differ in line 2: nio has '< hello', blocking has no such line");
    }
}
