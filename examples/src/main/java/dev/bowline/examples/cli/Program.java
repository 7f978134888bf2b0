package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.RunLast;

/** The {@code bowline} command, with its subcommands. */
@Command(
        name = "bowline",
        description = "Talks to line servers, over whichever transport is there.",
        versionProvider = Program.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed at run time, or something was undelivered, uncertain, dropped or refused",
            "2:wrong arguments"
        },
        footer = {
            "  ./bowline hello 127.0.0.1:8001 \"good morning\"",
            "",
            "'bowline help COMMAND' shows more of a command.",
            "'./bowline bench --quick' measures the transports beside their peers."
        })
public final class Program {
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version of this program and of Java.")
    boolean version;

    private Program() {}

    /**
     * Runs a command; see {@link dev.bowline.examples.Bowline#run}.
     *
     * @param surroundings of these streams
     */
    public static int run(String[] args, InputStream in, OutputStream out, PrintStream err, Surroundings surroundings) {
        Streams streams = new Streams(in, new Output(out), err, surroundings);
        Complaints complaints = new Complaints(err);
        CommandLine program = new CommandLine(new Program())
                .addSubcommand(new Console(streams))
                .addSubcommand(new Demo(streams))
                .addSubcommand(new Hello(streams))
                .addSubcommand(new HelpCommand())
                .addSubcommand(new Ping(streams))
                .addSubcommand(new Receive(streams))
                .addSubcommand(new Send(streams))
                .addSubcommand(new Serve(streams))
                .addSubcommand(new Transports(streams))
                // A message may begin with an @, and is no file of arguments then.
                .setExpandAtFiles(false)
                .setUsageHelpWidth(80)
                .setOut(new PrintWriter(new OutputStreamWriter(out, UTF_8), true))
                .setErr(new PrintWriter(new OutputStreamWriter(err, UTF_8), true))
                .setParameterExceptionHandler(complaints)
                .setExecutionExceptionHandler(complaints);
        arrange(program);
        program.getSubcommands().values().forEach(Program::arrange);
        program.setExecutionStrategy(parsed -> {
            Logs.show(parsed.asCommandLineList().stream().anyMatch(Program::isVerbose), err);
            return new RunLast().execute(parsed);
        });
        return program.execute(args);
    }

    /** The same inside a JVM that goes on afterwards, without a terminal: logging is left as it was found. */
    public static int runInside(String[] args, InputStream in, OutputStream out, PrintStream err) {
        Logs before = Logs.now();
        try {
            return run(args, in, out, err, Surroundings.none());
        } finally {
            before.restore();
        }
    }

    private static void arrange(CommandLine command) {
        UsageMessageSpec help = command.getCommandSpec().usageMessage();
        help.descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%n")
                .footerHeading("%nExample:%n");
        if (command.getCommand() instanceof HelpCommand) {
            help.header(new String[0])
                    .description("Shows what a command does and understands.")
                    .footer("  ./bowline help send");
        } else {
            command.addMixin("common", new CommonOptions());
        }
    }

    /** Whether the user wants to see what is behind a sentence. */
    static boolean isVerbose(CommandLine command) {
        CommandLine parent = command.getParent();
        return command.getParseResult().hasMatchedOption("--verbose") || (parent != null && isVerbose(parent));
    }

    /** The version of this program. */
    static final class Version implements IVersionProvider {
        /** The build's; a test compares them. */
        static final String NUMBER = "0.1.0-SNAPSHOT";

        @Override
        public String[] getVersion() {
            return new String[] {"bowline " + NUMBER + ", Java " + Runtime.version()};
        }
    }
}
