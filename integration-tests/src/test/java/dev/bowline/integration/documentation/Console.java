package dev.bowline.integration.documentation;

import java.util.ArrayList;
import java.util.List;

/** What somebody typed at a shell, and saw. */
final class Console {
    static final String LANGUAGE = "console";

    private static final String PROMPT = "$ ";

    /**
     * A command.
     *
     * @param line where it stands on its page
     * @param text without the prompt
     * @param expected what is shown below it, each line with its end
     */
    record Command(int line, String text, String expected) {
        /** Goes on while the next ones are run. */
        boolean isInTheBackground() {
            return text.endsWith("&");
        }
    }

    private Console() {}

    /** Those of a whole page, in order, as far as its blocks can be read. */
    static List<Command> commands(Page page) {
        return page.blocks().stream()
                .filter(block ->
                        block.language().equals(LANGUAGE) && block.text().startsWith(PROMPT))
                .flatMap(block -> commands(block).stream())
                .toList();
    }

    /**
     * The commands of a block, in order.
     *
     * @throws IllegalArgumentException if it does not begin with a prompt
     */
    static List<Command> commands(Page.Block block) {
        List<Command> commands = new ArrayList<>();
        int line = block.line();
        for (String each : block.text().lines().toList()) {
            if (each.startsWith(PROMPT)) {
                commands.add(new Command(line, each.substring(PROMPT.length()), ""));
            } else if (commands.isEmpty()) {
                throw new IllegalArgumentException("a console begins with a prompt, '" + PROMPT + "'");
            } else {
                Command last = commands.remove(commands.size() - 1);
                commands.add(new Command(last.line(), last.text(), last.expected() + each + "\n"));
            }
            line++;
        }
        return commands;
    }
}
