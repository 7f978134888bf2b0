package dev.bowline.examples.cli;

import dev.bowline.ClientFailedException;
import dev.bowline.DrainResult;
import dev.bowline.line.LineClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bowline send}: every line of an input to a server. */
@Command(
        name = "send",
        description = {
            "Sends every line of a file or of standard input, in order.",
            "",
            "Lines end in LF or CRLF; the last may lack it. They go out as the bytes they are, ended as --delimiter "
                    + "says. A line that the server could not read as one is refused: it is counted, the others are "
                    + "sent, and the exit code is 1. Answers are thrown away. The last line on standard error says "
                    + "what became of the lines."
        },
        footer = "  seq 1000000 | ./bowline send 127.0.0.1:8001 -")
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class Send implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "What to send; - is standard input, and the default.")
    private String file;

    Send(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        int maxLength = connection.format().framing().maxSendLength();
        if (file.equals("-")) {
            return send(new InputLines(streams.in(), maxLength));
        }
        try (InputStream input = openFile()) {
            return send(new InputLines(input, maxLength));
        }
    }

    private InputStream openFile() throws CommandFailedException {
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new CommandFailedException("'" + file + "' is a directory, not a file of lines");
            }
            return Files.newInputStream(path);
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new CommandFailedException("there is no file '" + file + "'", e);
        } catch (AccessDeniedException e) {
            throw new CommandFailedException("the file '" + file + "' may not be read", e);
        } catch (IOException e) {
            throw new CommandFailedException("the file '" + file + "' can't be opened: " + e.getMessage(), e);
        }
    }

    private int send(InputLines lines) throws Exception {
        long begin = System.nanoTime();
        OneWay protocol = new OneWay();
        ClientFailedException failure = null;
        Feed.Account read;
        DrainResult sent;
        try (LineClient client = connection.open(() -> protocol)) {
            Feed feed = new Feed(lines, connection.format().framing(), client, protocol, streams.err());
            Thread reader = new Thread(feed, "bowline-send-input");
            reader.setDaemon(true);
            reader.start();
            try {
                client.await(Seconds.FOREVER);
            } catch (ClientFailedException e) {
                failure = e;
            }
            read = feed.stop();
            reader.interrupt();
            sent = client.drain(Duration.ZERO).join();
        }
        boolean complete = failure == null && read.complete();
        if (!complete) {
            String where = protocol.wasConnected() ? "; the last line read is line " + read.lines() : "";
            Complaints.complain(streams.err(), why(read.failure(), failure) + where);
            Throwable cause = read.failure() != null ? read.failure() : failure;
            if (connection.isVerbose() && cause != null) {
                cause.printStackTrace(streams.err());
            }
        }
        streams.err().println(summary(sent, read, Duration.ofNanos(System.nanoTime() - begin)));
        return complete && read.refused() == 0 ? 0 : 1;
    }

    private String why(@Nullable Throwable reading, @Nullable ClientFailedException sending) {
        if (reading != null) {
            return "the input can't be read any further: " + reading.getMessage();
        }
        return sending != null
                ? String.valueOf(sending.getMessage())
                : connection.endpoint() + ": closed by the peer before the end of the input";
    }

    private static String summary(DrainResult sent, Feed.Account read, Duration time) {
        return String.format(
                Locale.ROOT,
                "sent=%d delivered=%d resent=0 dropped=%d refused=%d uncertain=%d undelivered=%d reconnects=0 seconds=%s",
                sent.sent() + read.notTaken(),
                sent.delivered(),
                sent.dropped(),
                read.refused(),
                sent.uncertain().count(),
                sent.undelivered().messages().size() + read.notTaken(),
                Seconds.exact(time));
    }
}
