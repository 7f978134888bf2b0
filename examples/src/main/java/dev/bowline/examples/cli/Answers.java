package dev.bowline.examples.cli;

import dev.bowline.Delivery;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import dev.bowline.queue.MessageQueue;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What a {@link Shipment} makes of a server's answers, and so when a line counts as delivered. One for each run. */
sealed interface Answers permits IgnoredAnswers, Echoes, PrintedAnswers {
    Delivery delivery();

    /** The queue that the client is to use, over the one that holds the lines. */
    default MessageQueue watch(MessageQueue queue) {
        return queue;
    }

    /** For the client's next connection. */
    LineProtocol newProtocol();

    /** The client has been made; it may have connected meanwhile. */
    default void opened(LineClient client) {}

    /** All lines are in the queue: ends the client once they are delivered. May wait for that. */
    void finish(LineClient client) throws InterruptedException, ExecutionException;

    /** Throws why answers could not be printed, if that ended the client. */
    default void check() throws Output.FailedException {}

    /** Why the client was ended before, if an answer was the reason: a sentence. */
    default @Nullable String failure() {
        return null;
    }
}
