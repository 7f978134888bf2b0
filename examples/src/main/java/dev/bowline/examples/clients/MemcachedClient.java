package dev.bowline.examples.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.Endpoint;
import dev.bowline.Reconnect;
import dev.bowline.line.LineClient;
import dev.bowline.line.Reply;
import dev.bowline.line.ReplyParser;
import dev.bowline.line.RequestProtocol;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sets and gets values in memcached, which teaches pipelining: all requests leave at once, and each has a future for the
 * reply that is its own. A value is a block of bytes: nothing in it can be taken for a line.
 */
public final class MemcachedClient extends RequestProtocol {
    private final List<String> words;

    /** All requests; set in a callback. */
    private volatile CompletableFuture<Void> done =
            CompletableFuture.failedFuture(new IOException("memcached ended the connection at once"));

    private MemcachedClient(List<String> words) {
        this.words = words;
    }

    @Override
    protected void connectionMade() {
        ready();
        done = CompletableFuture.allOf(words.stream().map(this::perform).toArray(CompletableFuture<?>[]::new))
                .whenComplete((all, failure) -> finish());
    }

    private CompletableFuture<Void> perform(String word) {
        String key = key(word);
        return key.equals(word)
                ? get(key).thenAccept(value -> System.out.println(key + ": " + value.orElse("(nothing)")))
                : set(key, word.substring(key.length() + 1))
                        .thenAccept(stored -> System.out.println(key + ": " + stored));
    }

    private CompletableFuture<Optional<String>> get(String key) {
        return request("get " + key, new Value(key));
    }

    private CompletableFuture<String> set(String key, String value) {
        String command = "set " + key + " 0 0 " + value.getBytes(UTF_8).length + "\r\n" + value + "\r\n";
        return requestRaw(
                UTF_8.encode(command),
                line -> line.equals("STORED") ? new Reply.Complete<>("stored") : refused(key, line));
    }

    /** That of {@code key=value}, or of {@code key}. Nobody checks what requestRaw sends, so a key must not end its line. */
    private static String key(String word) {
        String key = word.split("=", 2)[0];
        if (!key.matches("[^\\s\\p{Cntrl}]+") || key.getBytes(UTF_8).length > 250) {
            throw new IllegalArgumentException("'" + key + "' is no key: 1 to 250 bytes, and no space in them");
        }
        return key;
    }

    private static <R> Reply<R> refused(String key, String line) {
        return new Reply.Failed<>(new IOException("memcached refuses '" + key + "': " + line));
    }

    /** {@code VALUE key flags length}, so many bytes, CRLF, {@code END}; or {@code END} alone. */
    private static final class Value implements ReplyParser<Optional<String>> {
        private final String key;
        private Optional<String> value = Optional.empty();

        Value(String key) {
            this.key = key;
        }

        @Override
        public Reply<Optional<String>> lineReceived(String line) throws ProtocolException {
            if (line.equals("END")) {
                return new Reply.Complete<>(value);
            }
            if (!line.startsWith("VALUE " + key + " ")) {
                return refused(key, line);
            }
            int length = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
            if (length > 1024 * 1024) { // more than memcached keeps
                throw new ProtocolException("the value of '" + key + "' has " + length + " bytes");
            }
            return new Reply.Block<>(length + 2);
        }

        @Override
        public Reply<Optional<String>> blockReceived(ByteBuffer block) {
            value = Optional.of(UTF_8.decode(block.limit(block.limit() - 2)).toString());
            return new Reply.MoreLines<>();
        }
    }

    /** Sets what is given as {@code key=value}, gets what is given as {@code key}. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length < 2) {
            throw new IllegalArgumentException(
                    "give a server, and keys to set or get: 127.0.0.1:11211 colour=blue colour");
        }
        List<String> words = List.of(args).subList(1, args.length);
        words.forEach(MemcachedClient::key);
        MemcachedClient memcached = new MemcachedClient(words);
        try (LineClient client = LineClient.builder(Endpoint.parse(args[0]), () -> memcached)
                .reconnect(Reconnect.never())
                .open()) {
            client.await(Duration.ofSeconds(30));
        }
        memcached.done.join();
    }
}
