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

    Handback(MessageQueue queue, Handovers handovers) {
        this.queue = queue;
        this.handovers = handovers;
    }

    /**
     * Takes out all that is left, or counts it where the queue keeps it, and closes the queue.
     *
     * @param account gets what may have arrived
     * @param broken told if the queue fails
     * @return what became of all messages
     */
    DrainResult all(Account account, Consumer<Throwable> broken) {
        Leftover left = Leftover.NONE;
        try {
            queue.seal();
            queue.rewind();
            if (queue.isDurable()) {
                left = new Leftover(queue.size().messages(), List.of());
            } else {
                takeAll(account);
                left = Leftover.of(undelivered);
            }
            queue.close();
        } catch (IOException | RuntimeException e) {
            left = Leftover.of(undelivered);
            broken.accept(e);
        }
        return new DrainResult(account.deliveredSoFar(), account.droppedSoFar(), left, account.uncertainSoFar());
    }

    private void takeAll(Account account) throws IOException {
        long[] last = new long[1];
        queue.take((number, maybeHandedBefore, message) -> {
            byte[] copy = Client.copyOf(message);
            if (handovers.includes(number)) {
                account.uncertain(copy);
            } else {
                undelivered.add(copy);
            }
            last[0] = number;
            return true;
        });
        queue.delivered(last[0]);
    }
}
