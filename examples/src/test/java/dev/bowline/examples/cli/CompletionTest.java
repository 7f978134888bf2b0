package dev.bowline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    co                          | completion console
                    receive --tra               | --transport
                    send --transport n          | netty nio
                    console --delimiter l       | lf lenient
                    hello --starttls p          | pop3
                    send --when-full drop       | drop-oldest drop-newest
                    send --confirm e            | echo
                    ping --js                   | --json
                    completion z                | zsh
                    example m                   | memcached mail
                    """)
    void bashCompletesWordsThatTheProgramTakes(String typed, String completed) throws Exception {
        Shell.Result result = Shell.run("source <(bowline completion bash)\n"
                + "compopt() { :; }\n" // which works inside of a completion only
                + "COMP_WORDS=(bowline " + typed + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                + "_complete_bowline bowline; echo ${COMPREPLY[@]}");
        assertThat(result.outLines()).containsExactly(completed);
        assertThat(result.err()).isEmpty();
    }

    /** Picocli names them by what stands for an option's value; two of a name would be one. */
    @Test
    void noListOfValuesHidesAnother() {
        for (String function : ProgramRun.of("completion", "bash").out().split("\nfunction ", -1)) {
            List<String> lists = Pattern.compile("local (\\w+_args)=\\(")
                    .matcher(function)
                    .results()
                    .map((MatchResult list) -> list.group(1))
                    .toList();
            assertThat(lists).doesNotHaveDuplicates();
        }
    }

    @Test
    void theScriptForZshLoadsWhatItNeedsThere() {
        ProgramRun run = ProgramRun.of("completion", "zsh");
        assertThat(run.outLines().get(0)).startsWith("# Completes bowline in zsh.");
        assertThat(run.out()).contains("autoload -U +X bashcompinit && bashcompinit", "complete -F _complete_bowline ");
    }

    @Test
    void otherShellsGetOneSentence() {
        ProgramRun run = ProgramRun.of("completion", "fish");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().contains("'fish' is none of bash, zsh");
    }
}
