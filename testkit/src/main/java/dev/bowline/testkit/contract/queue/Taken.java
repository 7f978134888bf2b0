package dev.bowline.testkit.contract.queue;

import dev.bowline.queue.MessageQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A message as a taker saw it. */
record Taken(long number, boolean maybeHandedBefore, String text) {
    /** Takes at most so many messages. */
    static List<Taken> take(MessageQueue queue, int most) throws IOException {
        List<Taken> taken = new ArrayList<>();
        int count = queue.take((number, before, message) -> {
            if (taken.size() == most) {
                return false;
            }
            taken.add(new Taken(number, before, text(message)));
            return true;
        });
        if (count != taken.size()) {
            throw new AssertionError("take returned " + count + " for " + taken);
        }
        return taken;
    }

    static List<Taken> takeAll(MessageQueue queue) throws IOException {
        return take(queue, Integer.MAX_VALUE);
    }

    static ByteBuffer message(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(ByteBuffer message) {
        return StandardCharsets.UTF_8.decode(message).toString();
    }
}
