package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.jspecify.annotations.Nullable;

/** What is around this process. JLine is asked late, for it loads native code. */
public final class ProcessSurroundings implements Surroundings {
    private final int errorColumns;

    /** @param errorColumns how wide the terminal behind standard error is, which only the shell can tell; 0 if there is none */
    public ProcessSurroundings(int errorColumns) {
        this.errorColumns = errorColumns;
    }

    @Override
    public int errorColumns() {
        return errorColumns;
    }

    @Override
    public boolean outputIsTerminal() {
        return isTerminal(SystemStream.Output);
    }

    @Override
    public @Nullable Terminal openTerminal() throws IOException {
        if (!isTerminal(SystemStream.Input) || !isTerminal(SystemStream.Output)) {
            return null;
        }
        return TerminalBuilder.builder()
                .system(true)
                .systemOutput(SystemOutput.SysOut)
                .encoding(UTF_8)
                .build();
    }

    @Override
    public String variable(String name) {
        String value = System.getenv(name);
        return value == null ? "" : value;
    }

    private static boolean isTerminal(SystemStream stream) {
        List<TerminalProvider> providers =
                TerminalBuilder.builder().getProviders(null, new IllegalStateException("there is no terminal"));
        return providers.stream().anyMatch(provider -> provider.isSystemStream(stream));
    }
}
