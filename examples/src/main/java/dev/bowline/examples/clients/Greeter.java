package dev.bowline.examples;

import dev.bowline.line.LineProtocol;
import java.util.function.Consumer;

/**
 * Greets a server that answers each line with a line, lets the client's messages follow, and ends the client once every
 * line was answered.
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
}
