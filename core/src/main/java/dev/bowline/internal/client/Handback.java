package dev.bowline.internal.client;

import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.queue.MessageQueue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The last thing a client does with its queue: seal, rewind, take, delivered (rule E7). Once no connection is left. */
final class Handback {
    private final MessageQueue queue;
    private final Handovers handovers;
    private final List<byte[]> undelivered = new ArrayList<>();
    private long uncertain;

    Handback(MessageQueue queue, Handovers handovers) {
        this.queue = queue;
        this.handovers = handovers;
    }

    /**
     * Takes out all that is left, or counts it where the queue keeps it, and closes the queue.
     *
     * @param account gets what may have arrived, and what did not
     * @param broken told if the queue fails: what it did not give is counted all the same
     * @return what became of all messages
     */
    DrainResult all(Account account, Consumer<Throwable> broken) {
        long inside = 0;
        try {
            queue.seal();
            queue.rewind();
            inside = queue.size().messages();
            takeAll(account);
        } catch (Throwable failure) {
            broken.accept(failure);
        }
        try {
            queue.close();
        } catch (Throwable failure) {
            broken.accept(failure);
        }
        return account.close(new Leftover(inside - uncertain, undelivered));
    }

    /** A durable queue keeps its messages: they are only looked at, and put back. */
    private void takeAll(Account account) throws IOException {
        boolean keeps = queue.isDurable();
        long[] last = new long[1];
        queue.take((number, maybeHandedBefore, message) -> {
            if (handovers.includes(number)) {
                uncertain++;
                account.uncertain(keeps ? null : Client.copyOf(message));
            } else if (!keeps) {
                undelivered.add(Client.copyOf(message));
            }
            last[0] = number;
            return true;
        });
        if (keeps) {
            queue.rewind();
        } else {
            queue.delivered(last[0]);
        }
    }
}
