package dev.bowline.examples.cli;

import dev.bowline.ClientState;
import dev.bowline.DrainResult;
import dev.bowline.Reconnect;
import dev.bowline.framing.MessageRefusedException;
import dev.bowline.line.LineClient;
import dev.bowline.queue.QueueClosedException;
import dev.bowline.queue.QueueFullException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One conversation with a server. What is entered goes through a client, what comes of it is shown on the screen. */
final class ConsoleSession {
    /** What was entered and is not sent has so long at the end, if there is a connection; and so long a full queue has. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** What the server has to take note of a close, before the connection is aborted: nobody waits longer for a prompt. */
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final ConnectionOptions connection;
    private final ConsoleScreen screen;

    /** Lines entered while there was no connection for them. */
    private final AtomicLong waiting = new AtomicLong();

    /** The connection that there is. Written on its event side. */
    private volatile @Nullable ConsoleProtocol current;

    private volatile boolean failed;

    ConsoleSession(ConnectionOptions connection, ConsoleScreen screen) {
        this.connection = connection;
        this.screen = screen;
    }

    /** Converses until somebody quits or the client gives up. */
    void run(Reconnect reconnect) throws Exception {
        screen.say("connecting to " + connection.endpoint() + "; /help lists the commands");
        try (LineClient client = connection.open(
                () -> new ConsoleProtocol(this, screen),
                builder -> builder.reconnect(reconnect)
                        .observer(new ConsoleNews(connection.endpoint(), this, screen))
                        .sendWait(GRACE)
                        .drainOnShutdown(Duration.ZERO))) {
            try {
                String entered = screen.next();
                while (entered != null && perform(client, ConsoleEntry.parse(entered))) {
                    entered = screen.next();
                }
            } catch (InterruptedException quit) {
                // Ctrl-C while a line waited for room, or the client has failed.
            }
            end(client);
        }
    }

    void connected(ConsoleProtocol protocol) {
        current = protocol;
    }

    void lost() {
        current = null;
    }

    /** The client has given up: there is nobody to talk to. */
    void failed() {
        failed = true;
        screen.stop();
    }

    /** What becomes of lines that waited, now that there is a connection; to go behind a sentence. */
    String waitingLines() {
        long lines = waiting.getAndSet(0);
        return lines == 0 ? "" : "; " + (lines == 1 ? "the line" : "the " + lines + " lines") + " that waited can go";
    }

    /** Returns whether to go on. */
    private boolean perform(LineClient client, ConsoleEntry entry) throws InterruptedException {
        if (entry instanceof ConsoleEntry.Lines entered) {
            send(client, entered.lines());
        } else if (entry instanceof ConsoleEntry.Raw raw) {
            send(client, raw);
        } else if (entry instanceof ConsoleEntry.Tls) {
            protect();
        } else if (entry instanceof ConsoleEntry.Help) {
            ConsoleEntry.HELP.forEach(line -> screen.show(Palette.Kind.STATE, line));
        } else if (entry instanceof ConsoleEntry.Wrong wrong) {
            screen.say(wrong.sentence());
        }
        return !(entry instanceof ConsoleEntry.Quit);
    }

    /** A line that the server could not read as one does not keep the others; a queue without room does. */
    private void send(LineClient client, List<String> lines) throws InterruptedException {
        long refused = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            try {
                screen.show(Palette.Kind.SENT, Escapes.show(line));
                noteWaiting(client);
                client.send(line);
            } catch (MessageRefusedException e) {
                if (++refused == 1) {
                    screen.say("this line is not sent: " + e.getMessage());
                }
            } catch (QueueFullException | QueueClosedException e) {
                int left = lines.size() - i;
                screen.say((left == 1 ? "this line is" : "this line and the next " + (left - 1) + " are")
                        + " not sent: " + e.getMessage());
                return;
            }
        }
        if (refused > 1) {
            screen.say(refused + " of " + lines.size() + " lines are not sent, for such reasons");
        }
    }

    private void send(LineClient client, ConsoleEntry.Raw raw) throws InterruptedException {
        screen.show(Palette.Kind.SENT_RAW, Escapes.show(raw.bytes()));
        noteWaiting(client);
        try {
            client.sendRaw(raw.bytes());
        } catch (QueueFullException | QueueClosedException e) {
            screen.say("this is not sent: " + e.getMessage());
        }
    }

    /** Says once for each time without a connection that there is none. */
    private void noteWaiting(LineClient client) {
        ClientState state = client.state();
        if ((state == ClientState.CONNECTING || state == ClientState.WAITING) && waiting.getAndIncrement() == 0) {
            screen.say("there is no connection: what is entered waits for one");
        }
    }

    private void protect() {
        ConsoleProtocol connected = current;
        if (connected == null) {
            screen.say("TLS can't begin: there is no connection");
            return;
        }
        try {
            connected.protect(connection.tls());
        } catch (CommandFailedException e) {
            screen.say("TLS can't begin: " + e.getMessage());
        }
    }

    private void end(LineClient client) throws CommandFailedException, InterruptedException {
        boolean delivered = !failed && current != null && deliver(client);
        Thread.interrupted(); // it was heard
        if (failed) {
            client.await(Seconds.FOREVER);
        }
        ConsoleProtocol connected = current;
        var drained = client.drain(delivered ? CLOSING : Duration.ZERO);
        if (connected != null) {
            connected.abortAfter(CLOSING);
        }
        DrainResult result = drained.join();
        if (!result.isComplete()) {
            long left = result.sent() - result.delivered();
            throw new CommandFailedException(left + (left == 1 ? " line was" : " lines were") + " not delivered");
        }
    }

    /** Returns whether all is delivered, within the time that it has. */
    private boolean deliver(LineClient client) {
        long lines = client.counters().waiting();
        if (lines > 0) {
            screen.say("lines that are still to go: " + lines + "; they have " + GRACE.toSeconds()
                    + " s, or until Ctrl-C");
        }
        try {
            client.flush().get(GRACE.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
