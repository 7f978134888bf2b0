package dev.bowline.examples.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bowline completion}: what a shell has to know to complete commands. */
@Command(
        name = "completion",
        description = {
            "Prints a script that makes a shell complete commands and options.",
            "",
            "For bash, put 'source <(./bowline completion bash)' into ~/.bashrc, with the whole path. For zsh the same "
                    + "with zsh, into ~/.zshrc; the script loads bashcompinit there."
        },
        footer = "  source <(./bowline completion bash)")
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class Completion implements Callable<Integer> {
    private final Output out;

    @Spec
    private CommandSpec command;

    @Parameters(
            paramLabel = "SHELL",
            converter = Shell.Converter.class,
            completionCandidates = Shell.Converter.class,
            description = "${COMPLETION-CANDIDATES}.")
    private Shell shell;

    Completion(Streams streams) {
        this.out = streams.out();
    }

    /** They are given the same script, which asks where it runs. */
    private enum Shell {
        BASH,
        ZSH;

        static final class Converter extends Words<Shell> {
            Converter() {
                super(Shell.class);
            }
        }
    }

    @Override
    public Integer call() throws Exception {
        CommandLine program = command.root().commandLine();
        String name = program.getCommandName();
        String script = AutoComplete.bash(name, program);
        out.println(
                "# Completes " + name + " in " + Words.word(shell) + ". Made by picocli " + CommandLine.VERSION + ".");
        // Without its head, a long comment on how to install it in other ways.
        out.println(script.substring(script.indexOf("\nif [")).strip());
        return CommandLine.ExitCode.OK;
    }
}
