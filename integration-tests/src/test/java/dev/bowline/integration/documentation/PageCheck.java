package dev.bowline.integration.documentation;

import dev.bowline.integration.server.PythonWithTwisted;
import dev.bowline.integration.server.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does what a page says, from its top to its end, and compares. */
final class PageCheck {
    /**
     * What came of it.
     *
     * @param problems a sentence each, which begins with the place
     * @param skipped what this machine can't run, and why
     * @param commands how many were run
     * @param programs how many were run, test classes included
     */
    record Result(List<String> problems, List<String> skipped, int commands, int programs) {}

    private final Page page;
    private final Unchecked unchecked;
    private final Workplace place;
    private final Session session;
    private final Programs runner;
    private final Sources sources;
    private final List<String> problems = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private int commands;
    private int programs;

    /** For the next program; null where the page's own server is the other side. */
    private Page.@Nullable Block conversation;

    private PageCheck(Page page, Unchecked unchecked, Workplace place, Session session) {
        this.page = page;
        this.unchecked = unchecked;
        this.place = place;
        this.session = session;
        this.runner = new Programs(place);
        this.sources = new Sources(place.directory());
    }

    /**
     * Checks a page.
     *
     * @param bowline see {@link Workplace}
     */
    static Result of(Page page, Unchecked unchecked, @Nullable Path bowline) throws IOException, InterruptedException {
        try (Workplace place = new Workplace(bowline);
                Session session = new Session(place.directory())) {
            return new PageCheck(page, unchecked, place, session).run();
        }
    }

    private Result run() throws IOException, InterruptedException {
        startServers();
        Deque<Page.Block> blocks = new ArrayDeque<>(page.blocks());
        while (!blocks.isEmpty()) {
            Page.Block block = blocks.remove();
            if (unchecked.has(page, block.firstLine())) {
                continue;
            }
            try {
                check(block, blocks);
            } catch (IllegalArgumentException | Sources.RefusedException e) {
                problem(block.line(), String.valueOf(e.getMessage()));
            }
        }
        takeConversation().ifPresent(left -> problem(left.line(), "no program has this conversation"));
        return new Result(problems, skipped, commands, programs);
    }

    private void problem(int line, String clause) {
        problems.add(page.at(line) + ": " + clause);
    }

    private void check(Page.Block block, Deque<Page.Block> rest)
            throws IOException, InterruptedException, Sources.RefusedException {
        switch (block.language()) {
            case Console.LANGUAGE -> runAll(Console.commands(block));
            case "java" -> checkJava(block, JavaBlock.of(block.text()), rest);
            case "python" -> runPython(block, expectedOf(rest));
            case "conversation" -> {
                takeConversation().ifPresent(left -> problem(left.line(), "no program has this conversation"));
                conversation = block;
            }
            case "text" -> problem(block.line(), "nothing before it is said to have printed this");
            default ->
                problem(block.line(), "a block of '" + block.language() + "' is neither checked nor said not to be");
        }
    }

    private Optional<Page.Block> takeConversation() {
        Optional<Page.Block> taken = Optional.ofNullable(conversation);
        conversation = null;
        return taken;
    }

    // ---- commands ----

    /** First of all: a program may stand above the server that it talks to. */
    private void startServers() throws IOException, InterruptedException {
        for (Console.Command command : Console.commands(page)) {
            if (command.isInTheBackground() && !unchecked.has(page, command.text())) {
                run(command, false);
            }
        }
    }

    private void runAll(List<Console.Command> all) throws IOException, InterruptedException {
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).isInTheBackground()
                    && !unchecked.has(page, all.get(i).text())) {
                boolean isAsked = i + 1 < all.size() && all.get(i + 1).text().equals("echo $?");
                run(all.get(i), isAsked);
            }
        }
    }

    /** @param mayFail the next command looks at its exit code */
    private void run(Console.Command command, boolean mayFail) throws IOException, InterruptedException {
        commands++;
        Session.Outcome outcome = session.run(
                place.ports().here(command.text()),
                command.isInTheBackground(),
                command.expected().lines().count());
        String what = "'" + command.text() + "': ";
        Optional<String> difference =
                Expected.difference(command.expected(), place.ports().onThePage(outcome.printed()));
        if (difference.isPresent()) {
            problem(command.line(), what + difference.get());
        } else if (outcome.exitCode() != 0 && !mayFail) {
            problem(command.line(), what + "ends with exit code " + outcome.exitCode());
        }
    }

    // ---- programs ----

    private void checkJava(Page.Block block, JavaBlock java, Deque<Page.Block> rest)
            throws IOException, InterruptedException, Sources.RefusedException {
        if (java instanceof JavaBlock.Imports imports) {
            sources.add(imports);
        } else if (java instanceof JavaBlock.Types types) {
            sources.add(types);
            checkTypes(block, types, rest);
        } else if (java instanceof JavaBlock.Statements statements) {
            runJava(block, statements, rest);
        }
    }

    private void checkTypes(Page.Block block, JavaBlock.Types types, Deque<Page.Block> rest)
            throws IOException, InterruptedException, Sources.RefusedException {
        if (types.byName().containsKey(Sources.MAIN)) {
            runJava(block, null, rest);
            return;
        }
        Path classes = sources.compile(null, place.ports());
        List<String> tests = types.namesWith("@Test");
        if (!tests.isEmpty()) {
            programs++;
            TestClasses.problem(classes, tests).ifPresent(clause -> problem(block.line(), clause));
        }
    }

    private void runJava(Page.Block block, JavaBlock.@Nullable Statements statements, Deque<Page.Block> rest)
            throws IOException, InterruptedException, Sources.RefusedException {
        programs++;
        String spoken = takeConversation().map(Page.Block::text).orElse(null);
        runner.runJava(sources, statements, spoken, expectedOf(rest))
                .ifPresent(clause -> problem(block.line(), "the program " + clause));
    }

    private void runPython(Page.Block block, String expected)
            throws IOException, InterruptedException, Sources.RefusedException {
        String spoken = takeConversation().map(Page.Block::text).orElse(null);
        try {
            PythonWithTwisted python = PythonWithTwisted.find();
            programs++;
            runner.runPython(python, block.text(), spoken, expected)
                    .ifPresent(clause -> problem(block.line(), "the program " + clause));
        } catch (UnavailableException e) {
            skipped.add(page.at(block.line()) + ": " + e.getMessage());
        }
    }

    /** What the page says a program prints: its next block. */
    private static String expectedOf(Deque<Page.Block> rest) {
        Page.Block next = rest.peek();
        if (next == null || !next.language().equals("text")) {
            throw new IllegalArgumentException("the page does not say what this program prints");
        }
        return rest.remove().text();
    }
}
