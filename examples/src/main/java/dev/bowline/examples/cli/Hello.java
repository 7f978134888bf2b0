package dev.bowline.examples.cli;

import dev.bowline.ClientFailedException;
import dev.bowline.LossReason;
import dev.bowline.examples.clients.Greeter;
import dev.bowline.line.LineClient;
import dev.bowline.queue.QueueClosedException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bowline hello}: the client of 2008, that ends when each of its lines came back. */
@Command(
        name = "hello",
        description = {
            "Sends a greeting and messages, and prints what comes back.",
            "",
            "Expects one line back for each line sent, the greeting included, and ends with the last of them."
        },
        footer = "  ./bowline hello 127.0.0.1:8001 \"good morning\" goodbye")
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class Hello implements Callable<Integer> {
    private final Output out;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "MESSAGE",
            description = "A line to send after the greeting; write -- before one that begins with a dash.")
    private List<String> messages = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            converter = Seconds.class,
            description = "How long to wait for the lines to come back, once connected (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    /** What came back. Written in callbacks, read after the client has ended. */
    private int received;

    /** How the connection ended, if there was one; to go behind the number of lines. Written and read as received. */
    private @Nullable String ending;

    Hello(Streams streams) {
        this.out = streams.out();
    }

    @Override
    public Integer call() throws Exception {
        connection.checkSendable("the greeting", Greeter.GREETING);
        for (int i = 0; i < messages.size(); i++) {
            connection.checkSendable("message " + (i + 1), messages.get(i));
        }
        try (LineClient client = connection.open(Conversation::new)) {
            send(client);
            client.await(Seconds.FOREVER);
        } catch (ClientFailedException e) {
            if (!isComplete()) {
                throw ending == null ? e : incomplete("; " + e.getMessage(), e);
            }
        }
        if (!isComplete()) {
            throw incomplete(String.valueOf(ending), null);
        }
        return 0;
    }

    private void send(LineClient client) throws InterruptedException {
        try {
            for (String message : messages) {
                client.send(message);
            }
        } catch (QueueClosedException ended) {
            // Why it ended so soon is what await says.
        }
    }

    private boolean isComplete() {
        return received > messages.size();
    }

    private CommandFailedException incomplete(String how, @Nullable Exception cause) {
        return new CommandFailedException(received + " of " + (1 + messages.size()) + " lines came back" + how, cause);
    }

    /** The greeting client, with a time limit. */
    private final class Conversation extends Greeter {
        /** What the server has to take note of a close, before the connection is aborted. */
        private static final Duration GRACE = Duration.ofSeconds(1);

        Conversation() {
            super(messages.size(), line -> {
                print(line);
                received++;
            });
        }

        @Override
        protected void connectionMade() {
            connection().schedule(timeout, this::giveUp);
            super.connectionMade();
        }

        private void giveUp() {
            ending = " within " + Seconds.text(timeout) + " s";
            close();
            connection().schedule(GRACE, connection()::abort);
        }

        @Override
        public void connectionLost(LossReason reason) {
            if (ending == null) {
                ending = "; " + reason.describe();
            }
        }
    }

    private void print(String line) {
        try {
            out.println(line);
        } catch (Output.FailedException e) {
            throw new UncheckedIOException(e);
        }
    }
}
