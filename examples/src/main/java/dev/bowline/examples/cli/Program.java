package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.bowline.Transport;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
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
            description = "Show the versions of this program and of Java, and the transports.")
    boolean version;

    /** Of all commands alike. */
    private static final Map<String, String> EXIT_CODES = exitCodes();

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
                .addSubcommand(new Completion(streams))
                .addSubcommand(new Console(streams))
                .addSubcommand(new Demo(streams))
                .addSubcommand(new Example(streams))
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
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(EXIT_CODES)
                .footerHeading("%nExample:%n");
        if (command.getCommand() instanceof HelpCommand) {
            help.header(new String[0])
                    .description("Shows what a command does and understands.")
                    .footer("  ./bowline help send");
        } else {
            command.addMixin("common", new CommonOptions());
        }
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "done; also if the reader of its output has left");
        codes.put("1", "failed at run time, or something was undelivered, uncertain, dropped or refused");
        codes.put("2", "wrong arguments");
        codes.put("130", "ended by Ctrl-C, and nothing else was wrong");
        codes.put("143", "ended by SIGTERM, and nothing else was wrong");
        return codes;
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
            return new String[] {
                "bowline " + NUMBER,
                "Java " + Runtime.version() + ", " + property("java.vendor") + ", on " + property("os.name") + " "
                        + property("os.arch"),
                "transports: " + transports()
            };
        }

        private static String property(String name) {
            return System.getProperty(name, "unknown");
        }

        private static String transports() {
            return Transport.installed().stream()
                    .map(each -> each.name() + (each.isUsable() ? "" : " (can't be used)"))
                    .collect(joining(", "));
        }
    }
}
