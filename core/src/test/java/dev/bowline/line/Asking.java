package dev.bowline.line;

import dev.bowline.LossReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A protocol that a test makes requests of, from outside. */
class Asking extends RequestProtocol {
    final List<String> unsolicited = new ArrayList<>();

    @Nullable
    LossReason lost;

    int unanswered = -1;

    CompletableFuture<String> ask(String line) {
        return request(line, ReplyParser.singleLine());
    }

    /** Makes a request whose reply the test does not look at. */
    void say(String line) {
        var unused = ask(line);
    }

    <R> CompletableFuture<R> ask(String line, ReplyParser<R> parser) {
        return request(line, parser);
    }

    <R> CompletableFuture<R> askRaw(String bytes, ReplyParser<R> parser) {
        return requestRaw(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8)), parser);
    }

    CompletableFuture<String> greeting() {
        return expect(ReplyParser.singleLine());
    }

    void within(Duration limit) {
        setReplyTimeout(limit);
    }

    void pipelining(int depth) {
        setPipelining(depth);
    }

    @Override
    protected void connectionLost(LossReason reason, int unanswered) throws Exception {
        this.lost = reason;
        this.unanswered = unanswered;
    }
}
