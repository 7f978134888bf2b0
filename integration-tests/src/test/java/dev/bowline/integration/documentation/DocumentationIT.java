package dev.bowline.integration.documentation;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The pages for users do what they say: every command and every program on them is run, and what comes out is compared. What is not is in
 * {@code docs/not-checked.txt}, with its reason. CONTRIBUTING says how pages are written for this.
 */
@Timeout(600)
class DocumentationIT {
    private static final Path ROOT = Path.of("..");

    /** Of a line of text in an editor. */
    private static final int WIDTH = 140;

    static final List<String> PAGES = List.of(
            "README.md",
            "docs/guide.md",
            "docs/guide-requests.md",
            "docs/choosing-a-transport.md",
            "docs/coming-from.md");

    private static Unchecked unchecked() throws IOException {
        return Unchecked.parse(Files.readString(ROOT.resolve("docs/not-checked.txt")));
    }

    /** What {@code ./bowline} is: {@code docs/check} says the real one. */
    private static @Nullable Path bowline() {
        String given = System.getProperty("bowline.script");
        return given == null ? null : Path.of(given);
    }

    /** Lines of their own, for docs/check, which shows them instead of what a build has to say. */
    private static void assertNone(List<String> problems) {
        problems.forEach(System.out::println);
        assertThat(problems).isEmpty();
    }

    private static Mentions mentions() throws IOException {
        List<Page> pages = new ArrayList<>();
        for (String name : PAGES) {
            pages.add(Page.read(ROOT, name));
        }
        return new Mentions(pages);
    }

    @ParameterizedTest
    @FieldSource("PAGES")
    void whatAPageSaysIsWhatComesOut(String name) throws Exception {
        PageCheck.Result result = PageCheck.of(Page.read(ROOT, name), unchecked(), bowline());
        System.out.println(
                name + ": " + result.commands() + " commands and " + result.programs() + " programs were run");
        result.skipped().forEach(System.out::println);
        assertNone(result.problems());
    }

    @ParameterizedTest
    @FieldSource("PAGES")
    void aCommandThatASentenceNamesIsRunSomewhere(String name) throws Exception {
        assertNone(mentions().unchecked(Page.read(ROOT, name), unchecked()));
    }

    @Test
    void everythingSaidNotToBeCheckedIsThere() throws Exception {
        Unchecked unchecked = unchecked();
        for (String name : PAGES) {
            Page page = Page.read(ROOT, name);
            List<String> beginnings = new ArrayList<>();
            page.words().forEach(word -> beginnings.add(word.text()));
            page.blocks().forEach(block -> beginnings.add(block.firstLine()));
            Console.commands(page).forEach(command -> beginnings.add(command.text()));
            beginnings.forEach(beginning -> unchecked.has(page, beginning));
        }
        assertNone(unchecked.stale());
    }

    @ParameterizedTest
    @FieldSource("PAGES")
    void linksLeadSomewhere(String name) throws Exception {
        assertNone(new Links(ROOT).broken(Page.read(ROOT, name)));
    }

    @Test
    void readmeLinksToEveryPage() throws Exception {
        Page readme = Page.read(ROOT, "README.md");
        Set<Path> linked = readme.links().stream()
                .map(link -> Links.targetOf(readme, link.text()))
                .collect(toCollection(TreeSet::new));
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            assertThat(pages.filter(page -> page.toString().endsWith(".md"))
                            .map(page -> Path.of("docs").resolve(page.getFileName())))
                    .isNotEmpty()
                    .isSubsetOf(linked);
        }
    }

    @ParameterizedTest
    @FieldSource("PAGES")
    void textIsNoWiderThanAnEditor(String name) throws Exception {
        List<String> wide = new ArrayList<>();
        int number = 0;
        for (String line : Page.read(ROOT, name).text().lines().toList()) {
            number++;
            // A row of a table can't be broken.
            if (line.length() > WIDTH && !line.startsWith("|")) {
                wide.add(name + ":" + number + ": " + line.length() + " characters, and " + WIDTH + " are the most");
            }
        }
        assertNone(wide);
    }
}
