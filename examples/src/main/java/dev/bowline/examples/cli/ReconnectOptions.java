package dev.bowline.examples.cli;

import dev.bowline.Reconnect;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long to go on, for every command that connects again. */
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class ReconnectOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--attempts",
            paramLabel = "N",
            description = "Give up after N attempts in a row that led to no good connection; without limit by default.")
    private @Nullable Integer attempts;

    /** Growing delays, and as many attempts as were asked for. */
    Reconnect policy() {
        if (attempts == null) {
            return Reconnect.exponential();
        }
        if (attempts < 1) {
            throw new ParameterException(command.commandLine(), "--attempts " + attempts + ": it must be 1 or more");
        }
        return Reconnect.exponential().withMaxAttempts(attempts);
    }
}
