package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.ClientFailedException;
import dev.bowline.queue.QueueClosedException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bowline example}: small clients to read, run as what they are, programs with a main method. */
@Command(
        name = "example",
        description = {
            "Runs one of the example clients, or lists them.",
            "",
            "Each talks to a server of its kind, and is one file to read: examples/src/main/java/dev/bowline/examples/"
                    + "clients. docs/examples.md tells what each teaches."
        },
        footer = "  ./bowline example redis 127.0.0.1:6379 \"SET colour blue\" \"GET colour\"")
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class Example implements Callable<Integer> {
    private final Output out;

    @Spec
    private CommandSpec command;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            converter = Names.class,
            completionCandidates = Names.class,
            description = "${COMPLETION-CANDIDATES}.")
    private @Nullable ExampleClient client;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "ARGUMENT",
            description = "What the client is given, as the list has it; write -- before one that begins with a dash.")
    private List<String> arguments = List.of();

    Example(Streams streams) {
        this.out = streams.out();
    }

    /** Those that can be named. */
    private static final class Names extends Words<ExampleClient> {
        Names() {
            super(ExampleClient.class);
        }
    }

    @Override
    public Integer call() throws Exception {
        ExampleClient named = client;
        if (named == null) {
            list();
        } else {
            run(named);
        }
        return ExitCode.OK;
    }

    private void list() throws Output.FailedException {
        for (ExampleClient each : ExampleClient.values()) {
            out.println(Words.word(each) + " " + each.arguments());
            out.println("    " + each.purpose());
        }
    }

    private void run(ExampleClient named) throws Exception {
        Output.Stream written = out.stream();
        PrintStream printed = new PrintStream(written, false, UTF_8);
        PrintStream before = System.out;
        System.setOut(printed);
        try {
            named.run(arguments.toArray(new String[0]));
        } catch (Exception failure) {
            throw meant(failure);
        } finally {
            System.setOut(before);
            printed.flush();
        }
        written.check();
    }

    /** What there is to tell where an exception only carries another one; wrong arguments, if it is about these. */
    private Exception meant(Exception failure) {
        Throwable cause = failure.getCause();
        if (failure instanceof CompletionException && cause instanceof Exception reply) {
            return meant(reply);
        }
        if (failure instanceof QueueClosedException && cause instanceof ClientFailedException why) {
            return why;
        }
        return failure instanceof IllegalArgumentException
                ? new ParameterException(command.commandLine(), String.valueOf(failure.getMessage()), failure)
                : failure;
    }
}
