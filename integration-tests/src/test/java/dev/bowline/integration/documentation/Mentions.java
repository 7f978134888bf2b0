package dev.bowline.integration.documentation;

import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Commands that stand within sentences and tables: without anything to compare, so each is to be run somewhere in a console. */
final class Mentions {
    /** How what is a command begins. */
    private static final List<String> PROGRAMS = List.of("./bowline ", "mvn ", "docs/check");

    private final Set<String> run;

    /** @param pages in whose consoles commands are run */
    Mentions(Collection<Page> pages) {
        run = pages.stream()
                .flatMap(page -> Console.commands(page).stream())
                .map(command -> command.text() + " ")
                .collect(toSet());
    }

    /** A sentence for each command of a page that is not run, whole or with more behind it, and not said not to be. */
    List<String> unchecked(Page page, Unchecked exceptions) {
        return page.words().stream()
                .filter(word -> PROGRAMS.stream().anyMatch(word.text()::startsWith))
                .filter(word -> run.stream().noneMatch(command -> command.startsWith(word.text() + " ")))
                .filter(word -> !exceptions.has(page, word.text()))
                .map(word ->
                        page.at(word.line()) + ": '" + word.text() + "' is run in no console, and not said not to be")
                .toList();
    }
}
