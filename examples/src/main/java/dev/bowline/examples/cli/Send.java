package dev.bowline.examples.cli;

import dev.bowline.queue.WhenFull;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bowline send}: every line of an input to a server. */
@Command(
        name = "send",
        description = {
            "Sends every line of a file or of standard input, in order.",
            "",
            "Lines end in LF or CRLF; the last may lack it. They go out as the bytes they are, ended as --delimiter "
                    + "says. A line that the server could not read as one is refused: it is counted, the others are "
                    + "sent, and the exit code is 1.",
            "",
            "A lost connection is made again, after a second or so, later up to a minute. A line counts as delivered "
                    + "when the operating system has taken it, and is never sent twice; of those that it took last, a "
                    + "broken connection may lose some. With --confirm echo a line counts when the server has sent it "
                    + "back. Until then it is kept, and sent again on the next connection: none is lost, some may "
                    + "arrive twice. Without it, answers are thrown away.",
            "",
            "Ctrl-C and SIGTERM end the reading; what was read has 10 more seconds. The last line on standard error "
                    + "says what became of the lines."
        },
        footer = "  seq 1000000 | ./bowline send 127.0.0.1:8001 - --confirm echo")
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class Send implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final ReconnectOptions reconnect = new ReconnectOptions();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "What to send; - is standard input, and the default.")
    private String file;

    @Option(
            names = "--confirm",
            paramLabel = "HOW",
            converter = Confirm.Converter.class,
            completionCandidates = Confirm.Converter.class,
            description = "echo: a line is delivered when the server has sent it back.")
    private @Nullable Confirm confirm;

    @Option(
            names = "--when-full",
            paramLabel = "POLICY",
            defaultValue = "wait",
            converter = WhenFullConverter.class,
            completionCandidates = WhenFullConverter.class,
            description = "What to do with a line when the queue is full: wait for room, fail (end the run), "
                    + "drop-oldest or drop-newest (default: ${DEFAULT-VALUE}).")
    private WhenFull whenFull;

    @Option(
            names = "--queue-bytes",
            paramLabel = "N",
            defaultValue = "16777216",
            description = "The most bytes that may wait, line ends and overhead included (default: ${DEFAULT-VALUE}).")
    private long queueBytes;

    @Option(
            names = "--undelivered",
            paramLabel = "FILE",
            description = "At the end, replace FILE with the lines that were read and may not have arrived.")
    private @Nullable String undelivered;

    Send(Streams streams) {
        this.streams = streams;
    }

    private enum Confirm {
        ECHO;

        static final class Converter extends Words<Confirm> {
            Converter() {
                super(Confirm.class);
            }
        }
    }

    private static final class WhenFullConverter extends Words<WhenFull> {
        WhenFullConverter() {
            super(WhenFull.class);
        }
    }

    @Override
    public Integer call() throws Exception {
        Shipment.Choices choices = choices();
        if (file.equals("-")) {
            return send(streams.in(), -1, choices);
        }
        try (FileChannel channel = UserFile.read(file)) {
            if (UndeliveredFile.isInput(file, undelivered)) {
                throw connection.wrong("--undelivered '" + undelivered + "': it is the file to send, and lines that "
                        + "are not read would be lost");
            }
            return send(Channels.newInputStream(channel), channel.size(), choices);
        }
    }

    private Shipment.Choices choices() {
        if (queueBytes < 1) {
            throw connection.wrong("--queue-bytes " + queueBytes + ": it must be 1 or more");
        }
        return new Shipment.Choices(whenFull, queueBytes, reconnect.policy(), true);
    }

    /** @param bytes how many the input has; -1 or 0 where nobody knows, as of a pipe */
    private int send(InputStream input, long bytes, Shipment.Choices choices) throws Exception {
        int maxLength = connection.format().framing().maxSendLength();
        Screen screen = new Screen(streams.err(), connection.isVerbose() ? 0 : streams.columns());
        Answers answers =
                confirm == Confirm.ECHO ? new Echoes(connection.format().framing()) : new IgnoredAnswers();
        Shipment shipment = new Shipment(connection, choices, answers, screen, streams.err());
        try (UndeliveredFile left = undelivered == null ? null : UndeliveredFile.open(undelivered);
                Progress progress = screen.isTerminal() ? new Progress(screen, bytes > 0 ? bytes : -1) : null) {
            InputStream watched = progress == null ? input : progress.watch(input);
            return shipment.send(new InputLines(watched, maxLength), progress, left);
        }
    }
}
