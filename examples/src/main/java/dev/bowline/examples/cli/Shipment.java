package dev.bowline.examples.cli;

import dev.bowline.ClientFailedException;
import dev.bowline.Reconnect;
import dev.bowline.framing.DelimiterFraming;
import dev.bowline.line.LineClient;
import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.QueueFullException;
import dev.bowline.queue.WhenFull;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** An input goes through a client, and what became of it is told. */
final class Shipment {
    /** When no more is to be sent, what is queued has so long to be delivered. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private final ConnectionOptions connection;
    private final Choices choices;
    private final Answers answers;
    private final Screen screen;
    private final PrintStream err;
    private final ConnectionNews news;

    /**
     * How lines are to be sent.
     *
     * @param summary whether the last line on the error stream gives the counts
     */
    record Choices(WhenFull whenFull, long queueBytes, Reconnect reconnect, boolean summary) {
        /** An input waits for room without limit, in a queue of 16 MiB. */
        static Choices patient(Reconnect reconnect) {
            return new Choices(WhenFull.WAIT, 16 << 20, reconnect, false);
        }

        MemoryQueue newQueue() {
            return MemoryQueue.builder().maxBytes(queueBytes).whenFull(whenFull).build();
        }

        /** Whether an empty queue has room for it. */
        boolean couldHold(ByteBuffer message) throws InterruptedException {
            try {
                newQueue().add(message, Duration.ZERO);
                return true;
            } catch (QueueFullException never) {
                return false;
            }
        }
    }

    /**
     * Prepares a run.
     *
     * @param screen for sentences
     * @param err behind the screen, for what is no sentence
     */
    Shipment(ConnectionOptions connection, Choices choices, Answers answers, Screen screen, PrintStream err) {
        this.connection = connection;
        this.choices = choices;
        this.answers = answers;
        this.screen = screen;
        this.err = err;
        this.news = new ConnectionNews(screen::complain);
    }

    /**
     * Sends an input, until that or the client ends.
     *
     * @param progress closed with that
     * @param undelivered gets what may not have arrived
     * @return the exit code
     */
    int send(InputLines lines, @Nullable Progress progress, @Nullable UndeliveredFile undelivered) throws Exception {
        long begin = System.nanoTime();
        try (LineClient client = connection.open(answers::newProtocol, this::configure)) {
            answers.opened(client);
            Feed feed = new Feed(lines, framing(), choices, client, screen::complain);
            try (Interruption interruption = new Interruption(() -> feed.cutShort(GRACE))) {
                ClientFailedException failure = run(feed, client, progress);
                answers.check();
                Tally tally = new Tally(feed.stop(), client.drain(Duration.ZERO).join(), client.counters());
                boolean complete = explain(tally.read(), failure, interruption.hasHappened());
                boolean settled = keep(tally, undelivered) && tally.isClean();
                if (choices.summary()) {
                    err.println(tally.summary(Duration.ofNanos(System.nanoTime() - begin)));
                }
                if (!settled || !(complete || interruption.hasHappened())) {
                    interruption.fail();
                }
                return complete && settled ? ExitCode.OK : ExitCode.SOFTWARE;
            }
        }
    }

    private DelimiterFraming framing() {
        return connection.format().framing();
    }

    private LineClient.Builder configure(LineClient.Builder builder) {
        return builder.queue(answers.watch(choices.newQueue()))
                .delivery(answers.delivery())
                .reconnect(choices.reconnect())
                .observer(news)
                .drainOnShutdown(Duration.ZERO); // Interruption does that, and waits for the last line
    }

    /** Begins the client's end, and does not wait for it. */
    static void end(LineClient client, Duration limit) {
        var unused = client.drain(limit);
    }

    /** Feeds the client on a thread of its own until the client ends; returns why it failed, if it did. */
    private @Nullable ClientFailedException run(Feed feed, LineClient client, @Nullable Progress progress)
            throws InterruptedException {
        Thread reader = new Thread(() -> feed(feed, client), "bowline-send-input");
        reader.setDaemon(true);
        reader.start();
        try (progress) {
            if (progress != null) {
                progress.watch(client);
            }
            client.await(Seconds.FOREVER);
            return null;
        } catch (ClientFailedException e) {
            return e;
        } finally {
            feed.stop();
            reader.interrupt();
        }
    }

    /** Reads nothing before there is a connection: a server that is not there costs no line of a pipe. */
    private void feed(Feed feed, LineClient client) {
        try {
            news.awaitConnected();
            if (feed.sendAll()) {
                answers.finish(client);
            }
        } catch (InterruptedException | ExecutionException e) {
            // The client has ended, and whoever waited for that tells why.
        }
    }

    /** Says why not all of the input was sent; returns whether it was. */
    private boolean explain(Feed.Account read, @Nullable ClientFailedException failure, boolean interrupted) {
        String why = why(read, failure, interrupted);
        if (why == null) {
            return true;
        }
        screen.complain(
                why + (news.wasConnected() ? "; the last line read is line " + read.lines() : "") + tooLate(read));
        Throwable cause = read.failure() != null ? read.failure() : failure;
        if (connection.isVerbose() && cause != null) {
            cause.printStackTrace(err);
        }
        return false;
    }

    /** Lines that the client took no more are among the undelivered ones, but none of those that it speaks of. */
    private static String tooLate(Feed.Account read) {
        int lines = read.notTaken().size();
        return lines == 0 ? "" : ", and " + lines + (lines == 1 ? " line was" : " lines were") + " not queued any more";
    }

    private @Nullable String why(Feed.Account read, @Nullable ClientFailedException failure, boolean interrupted) {
        String wrongAnswer = answers.failure();
        if (wrongAnswer != null) {
            return wrongAnswer;
        }
        if (read.failure() != null) {
            return read.failure().getMessage();
        }
        if (failure == null && read.complete()) {
            return null;
        }
        if (interrupted) {
            return "interrupted";
        }
        return failure != null ? failure.getMessage() : "the client ended before its input";
    }

    /** Writes down what may not have arrived; returns whether all of it could be. */
    private boolean keep(Tally tally, @Nullable UndeliveredFile undelivered) {
        if (undelivered == null) {
            return true;
        }
        if (tally.forgotten() > 0) {
            screen.complain(tally.forgotten() + " uncertain lines were too many to be kept, and are not in the file");
        }
        try {
            undelivered.replace(tally.leftLines(framing().encodedLength(0)));
            return true;
        } catch (CommandFailedException e) {
            screen.complain(String.valueOf(e.getMessage()));
            return false;
        }
    }
}
