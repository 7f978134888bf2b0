package dev.bowline.integration.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A run of an example as its page shows it: the words of the command, and what it prints. */
record DocumentedRun(List<String> words, String output) {
    private static final Path PAGE = Path.of("..", "docs", "examples.md");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    static DocumentedRun of(String example) throws IOException {
        Matcher run = Pattern.compile("```\n\\$ ./bowline example (" + example + " .*)\n((?s:.*?))```")
                .matcher(Files.readString(PAGE));
        assertThat(run.find()).as("%s is shown in %s", example, PAGE).isTrue();
        List<String> words = WORD.matcher(run.group(1))
                .results()
                .map((MatchResult word) -> word.group(1) == null ? word.group(2) : word.group(1))
                .toList();
        return new DocumentedRun(words, run.group(2));
    }

    /** Runs it; where the page names a server or a file, with those of the test instead. */
    void comesTrue(Map<String, String> instead) {
        assertThat(words).containsAll(instead.keySet());
        ExampleRun run = ExampleRun.of(
                words.stream().map(word -> instead.getOrDefault(word, word)).toList());
        assertThat(run).isEqualTo(new ExampleRun(0, output, ""));
    }
}
