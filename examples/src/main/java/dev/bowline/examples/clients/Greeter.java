package dev.bowline.examples.clients;

import dev.bowline.Endpoint;
import dev.bowline.Reconnect;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineFormat;
import dev.bowline.line.LineProtocol;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The client of 2008, which teaches what a queue is for: messages may be sent from the moment the client exists, and wait until its
 * connection is ready. It greets a server that answers each line with a line, and ends once every line was answered.
 *
 * <pre>{@code
 * try (LineClient client = LineClient.open("127.0.0.1:8001", () -> new Greeter(1, System.out::println))) {
 *     client.send("hello");
 *     client.await(Duration.ofSeconds(10));
 * }
 * }</pre>
 */
public class Greeter extends LineProtocol {
    /** The first line of each connection. */
    public static final String GREETING = "A new connection has been made!";

    private final Consumer<String> answers;

    /** Changed in callbacks; read when they are over. */
    private int awaited;

    /** A protocol for one connection, which gets this many messages and gives each answer to the consumer. */
    public Greeter(int messages, Consumer<String> answers) {
        this.answers = answers;
        this.awaited = 1 + messages;
    }

    @Override
    protected void connectionMade() {
        sendLine(GREETING);
        ready();
    }

    @Override
    protected void lineReceived(String line) {
        answers.accept(line);
        if (--awaited == 0) {
            finish();
        }
    }

    /** Greets a server, sends it messages, and prints what it answers. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 0) {
            throw new IllegalArgumentException("give a server, and messages if you like: 127.0.0.1:8001 hello");
        }
        List<String> messages = List.of(args).subList(1, args.length);
        messages.forEach(LineFormat.crlf()::check);
        Greeter greeter = new Greeter(messages.size(), System.out::println);
        try (LineClient client = LineClient.builder(Endpoint.parse(args[0]), () -> greeter)
                .reconnect(Reconnect.never())
                .open()) {
            for (String message : messages) {
                client.send(message);
            }
            client.await(Duration.ofSeconds(10));
        }
        if (greeter.awaited > 0) {
            throw new IOException(greeter.awaited + " of " + args.length + " answers did not come");
        }
    }
}
