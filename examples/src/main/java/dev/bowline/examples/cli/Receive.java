package dev.bowline.examples.cli;

import dev.bowline.ClientFailedException;
import dev.bowline.line.LineClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bowline receive}: what a server sends, printed or counted. */
@Command(
        name = "receive",
        description = {
            "Prints the lines that a server sends.",
            "",
            "They are printed as the bytes they are, each with a line feed, until the server closes the connection. What "
                    + "it sends behind its last line end is no line, and is not printed."
        },
        footer = "  ./bowline receive 127.0.0.1:8001 --lines 1000000 --count")
final class Receive implements Callable<Integer> {
    private final Output out;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--lines", paramLabel = "N", description = "End after N lines.")
    private @Nullable Long lines;

    @Option(
            names = "--count",
            description = "Print no lines, but how many they were, their bytes without line ends, the seconds from "
                    + "connect to end, and lines per second. Each line is decoded to a String all the same.")
    private boolean count;

    Receive(Streams streams) {
        this.out = streams.out();
    }

    @Override
    public Integer call() throws Exception {
        if (lines != null && lines < 1) {
            throw connection.wrong("--lines " + lines + ": it must be 1 or more");
        }
        long limit = lines == null ? Long.MAX_VALUE : lines;
        Receiver receiver = count ? new LineCounter(limit) : new LinePrinter(limit, out);
        try (LineClient client = connection.open(() -> receiver)) {
            client.await(Seconds.FOREVER);
        } catch (ClientFailedException e) {
            finish(receiver);
            throw e;
        }
        finish(receiver);
        return 0;
    }

    /** What was received is reported even if the connection broke, but not if there never was one. */
    private void finish(Receiver receiver) throws Output.FailedException {
        if (receiver instanceof LineCounter counter && counter.wasConnected()) {
            out.println(counter.summary());
        }
        out.flush();
    }
}
