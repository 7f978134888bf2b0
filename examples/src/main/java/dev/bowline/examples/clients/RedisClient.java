package dev.bowline.examples.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.Endpoint;
import dev.bowline.Reconnect;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineFormat;
import dev.bowline.line.Reply;
import dev.bowline.line.ReplyParser;
import dev.bowline.line.RequestProtocol;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends Redis inline commands, each as it would be typed, which teaches how to write a {@link ReplyParser}: Redis answers in lines,
 * in blocks, and in arrays of both, within arrays. An error is a reply, too: it fails one future, and the others go on.
 */
public final class RedisClient extends RequestProtocol {
    private final List<String> commands;

    /** All requests; set in a callback. */
    private volatile CompletableFuture<Void> done =
            CompletableFuture.failedFuture(new IOException("Redis ended the connection at once"));

    private RedisClient(List<String> commands) {
        this.commands = commands;
    }

    @Override
    protected void connectionMade() {
        ready();
        done = CompletableFuture.allOf(commands.stream().map(this::perform).toArray(CompletableFuture<?>[]::new))
                .whenComplete((all, failure) -> finish());
    }

    private CompletableFuture<Void> perform(String command) {
        return request(command, new Resp(command)).thenAccept(values -> values.forEach(System.out::println));
    }

    /** One reply in RESP, Redis's protocol: the values in it, in order. */
    private static final class Resp implements ReplyParser<List<String>> {
        private final String command;
        private final List<String> values = new ArrayList<>();

        /** How many values are still to come: all that arrays within arrays take. */
        private long due = 1;

        Resp(String command) {
            this.command = command;
        }

        @Override
        public Reply<List<String>> lineReceived(String line) throws ProtocolException {
            String rest = line.isEmpty() ? "" : line.substring(1);
            return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
                case '+', ':' -> value(rest);
                case '-' ->
                    values.isEmpty() && due == 1
                            ? new Reply.Failed<>(new IOException(command + ": " + rest))
                            : value("(error) " + rest);
                case '$' -> rest.equals("-1") ? value("(nil)") : new Reply.Block<>(count(rest) + 2);
                case '*' -> rest.equals("-1") ? value("(nil)") : replaceBy(count(rest));
                default -> throw new ProtocolException("'" + line + "' begins no reply of Redis");
            };
        }

        @Override
        public Reply<List<String>> blockReceived(ByteBuffer block) {
            return value(UTF_8.decode(block.limit(block.limit() - 2)).toString());
        }

        private Reply<List<String>> value(String text) {
            values.add(text);
            return replaceBy(0);
        }

        /** One that was due is there, or is an array: so many others are due in its place. */
        private Reply<List<String>> replaceBy(int elements) {
            due += elements - 1;
            return due == 0 ? new Reply.Complete<>(values) : new Reply.MoreLines<>();
        }

        private static int count(String digits) throws ProtocolException {
            int count = Integer.parseInt(digits);
            if (count < 0 || count > 16 * 1024 * 1024) { // what this client is willing to hold
                throw new ProtocolException("a reply with " + count + " bytes or elements");
            }
            return count;
        }
    }

    /** Sends commands, and prints the values that they are answered with. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length < 2) {
            throw new IllegalArgumentException(
                    "give a server and commands: 127.0.0.1:6379 'SET colour blue' 'GET colour'");
        }
        List<String> commands = List.of(args).subList(1, args.length);
        commands.forEach(LineFormat.crlf()::check);
        if (commands.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a command is empty, and Redis answers to none such");
        }
        RedisClient redis = new RedisClient(commands);
        try (LineClient client = LineClient.builder(Endpoint.parse(args[0]), () -> redis)
                .reconnect(Reconnect.never())
                .open()) {
            client.await(Duration.ofSeconds(30));
        }
        redis.done.join();
    }
}
