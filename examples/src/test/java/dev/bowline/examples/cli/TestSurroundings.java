package dev.bowline.examples.cli;

import java.util.Map;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** What a test puts around the program. */
record TestSurroundings(
        int errorColumns,
        boolean outputIsTerminal,
        @Nullable Terminal openTerminal,
        Map<String, String> environment) implements Surroundings {
    /** A terminal for errors, so wide. */
    static Surroundings ofWidth(int columns) {
        return new TestSurroundings(columns, false, null, Map.of());
    }

    /** An output that is a terminal, of an input that is none. */
    static Surroundings ofOutput() {
        return new TestSurroundings(0, true, null, Map.of());
    }

    /** A terminal to converse on. */
    static Surroundings of(Terminal terminal, Map<String, String> environment) {
        return new TestSurroundings(0, true, terminal, environment);
    }

    @Override
    public String variable(String name) {
        return environment.getOrDefault(name, "");
    }
}
