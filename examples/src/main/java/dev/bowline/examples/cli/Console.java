package dev.bowline.examples.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bowline console}: lines to and from a server, by hand; or a pipe. */
@Command(
        name = "console",
        description = {
            "Sends what you enter, a line each, and shows what comes back.",
            "",
            "There is a history, also of earlier runs, and a lost connection is made again; what is entered meanwhile "
                    + "waits for it. '>' marks what is sent, '<' what is received, '*' what happens. Bytes that can't "
                    + "be printed are shown as \\x1b. /help lists the commands; Ctrl-C on an empty line quits.",
            "",
            "If standard input or output is no terminal, it is a pipe: each line of the input is sent, and each line "
                    + "received is printed, as the bytes they are. At the end of the input it waits until the server "
                    + "has been silent for a while, ends its own side, and waits for the server's end as long again."
        },
        footer = "  ./bowline console 127.0.0.1:8001")
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class Console implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final ReconnectOptions reconnect = new ReconnectOptions();

    @Option(
            names = "--silence",
            paramLabel = "SECONDS",
            defaultValue = "1",
            converter = Seconds.class,
            description = "In a pipe, how long the server has to be silent after the end of the input (default: "
                    + "${DEFAULT-VALUE}).")
    private Duration silence;

    Console(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        connection.mayBeginTls();
        try (Terminal terminal = streams.surroundings().openTerminal()) {
            return terminal == null ? pipe() : converse(terminal);
        }
    }

    private int converse(Terminal terminal) throws Exception {
        Palette palette = new Palette(terminal, streams.surroundings().variable("NO_COLOR"));
        HistoryFile history = HistoryFile.ofUser(streams.surroundings());
        try (ConsoleScreen screen = new ConsoleScreen(terminal, palette, history)) {
            new ConsoleSession(connection, screen).run(reconnect.policy());
        }
        return ExitCode.OK;
    }

    private int pipe() throws Exception {
        PrintedAnswers answers =
                new PrintedAnswers(streams.out(), streams.surroundings().outputIsTerminal(), silence);
        Shipment.Choices choices = Shipment.Choices.patient(reconnect.policy());
        int maxLength = connection.format().framing().maxSendLength();
        Screen screen = new Screen(streams.err(), 0);
        Shipment shipment = new Shipment(connection, choices, answers, screen, streams.err());
        return shipment.send(new InputLines(streams.in(), maxLength), null, null);
    }
}
