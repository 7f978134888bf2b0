package dev.bowline.examples.cli;

import org.jline.terminal.Terminal;

/** How the lines of a console look: each kind has a mark, and a colour where there are any. */
final class Palette {
    private static final String PLAIN = "\033[0m";

    /** What a line tells of. */
    enum Kind {
        SENT("> ", "\033[36m"),
        SENT_RAW("raw> ", "\033[36m"),
        RECEIVED("< ", "\033[32m"),
        STATE("* ", "\033[33m");

        private final String mark;
        private final String colour;

        Kind(String mark, String colour) {
            this.mark = mark;
            this.colour = colour;
        }
    }

    private final boolean colourful;

    /** @param noColour the variable of that name: if it holds anything, there are none (no-color.org) */
    Palette(Terminal terminal, String noColour) {
        this.colourful = noColour.isEmpty() && !terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }

    /** A whole line, with its end. */
    String line(Kind kind, String text) {
        String line = kind.mark + text;
        return colourful ? kind.colour + line + PLAIN + "\n" : line + "\n";
    }
}
