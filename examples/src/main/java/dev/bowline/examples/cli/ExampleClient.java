package dev.bowline.examples.cli;

import dev.bowline.examples.clients.Greeter;
import dev.bowline.examples.clients.IrcBot;
import dev.bowline.examples.clients.LogShipper;
import dev.bowline.examples.clients.MailSender;
import dev.bowline.examples.clients.MemcachedClient;
import dev.bowline.examples.clients.NatsPublisher;
import dev.bowline.examples.clients.RedisClient;

/** The clients that {@code bowline example} runs, in the order in which to read them. */
enum ExampleClient {
    GREETER(
            "ENDPOINT [MESSAGE...]",
            "greets, keeps messages until the connection is ready, prints the answers",
            Greeter::main),
    MEMCACHED("ENDPOINT KEY[=VALUE]...", "sets and gets, all requests on their way at once", MemcachedClient::main),
    REDIS("ENDPOINT COMMAND...", "inline commands, and replies that a parser puts together", RedisClient::main),
    IRC("ENDPOINT NICK CHANNEL MESSAGE...", "logs in and joins a channel before it is ready", IrcBot::main),
    MAIL("ENDPOINT FROM TO FILE [CA]", "hands a mail over by SMTP, under STARTTLS", MailSender::main),
    LOGS("ENDPOINT FILE ATTEMPTS", "ships a log, each line until the server answered it", LogShipper::main),
    NATS("ENDPOINT SUBJECT PAYLOAD...", "publishes, a line and a block of bytes to a message", NatsPublisher::main);

    /** A {@code main} method. */
    @FunctionalInterface
    interface Main {
        void run(String[] arguments) throws Exception;
    }

    private final String arguments;
    private final String purpose;

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method
    private final Main main;

    ExampleClient(String arguments, String purpose, Main main) {
        this.arguments = arguments;
        this.purpose = purpose;
        this.main = main;
    }

    /** What it is given. */
    String arguments() {
        return arguments;
    }

    /** What it does, in a clause. */
    String purpose() {
        return purpose;
    }

    /** Runs it; it prints to {@code System.out}. */
    void run(String[] given) throws Exception {
        main.run(given);
    }
}
