package dev.bowline.examples.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines that are obeyed instead of echoed. */
enum Command {
    CLOSE("!close"),
    ABORT("!abort"),
    HALF("!half"),
    FLOOD("!flood N SIZE"),
    LONG("!long N"),
    SPLIT("!split N LINE"),
    PAUSE("!pause MS"),
    RAW("!raw N"),
    MUTE("!mute N"),
    COUNT("!count"),
    LEDGER("!ledger"),
    STARTTLS("!starttls");

    private final String usage;
    private final Pattern pattern;

    Command(String usage) {
        this.usage = usage;
        // The enum's other words are numbers; LINE may hold a lone CR or LF, which no dot matches without DOTALL.
        String fields = usage.replace("LINE", "(.*)").replaceAll("[A-Z]+", "([0-9]{1,9})");
        pattern = Pattern.compile(fields, Pattern.DOTALL);
    }

    /** The command whose first word a line has; null if there is none. */
    static @Nullable Command of(String line) {
        String word = firstWord(line);
        for (Command command : values()) {
            if (firstWord(command.usage).equals(word)) {
                return command;
            }
        }
        return null;
    }

    private static String firstWord(String line) {
        int space = line.indexOf(' ');
        return space < 0 ? line : line.substring(0, space);
    }

    String usage() {
        return usage;
    }

    /** Matches a whole line that is well formed; its groups are the fields. */
    Matcher fields(String line) {
        return pattern.matcher(line);
    }
}
