package dev.bowline.examples.cli;

import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** What is around the program: the terminals behind its streams, where there are any, and the environment. */
public interface Surroundings {
    /** How wide the terminal behind standard error is, in columns; 0 if there is none. */
    int errorColumns();

    /** Whether what is printed goes to a terminal. */
    boolean outputIsTerminal();

    /** A terminal to converse on, the caller's to close; null unless standard input and output are one. */
    @Nullable
    Terminal openTerminal() throws IOException;

    /** A variable of the environment; empty if it is not set. */
    String variable(String name);

    /** Streams alone, and an empty environment. */
    static Surroundings none() {
        return new Surroundings() {
            @Override
            public int errorColumns() {
                return 0;
            }

            @Override
            public boolean outputIsTerminal() {
                return false;
            }

            @Override
            public @Nullable Terminal openTerminal() {
                return null;
            }

            @Override
            public String variable(String name) {
                return "";
            }
        };
    }
}
