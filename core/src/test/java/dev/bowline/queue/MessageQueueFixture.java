package dev.bowline.queue;

import static dev.bowline.queue.Taken.message;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/**
 * What the contracts of a message queue share. An implementer extends {@link MessageQueueContract}, {@link
 * MessageQueueRoomContract} and {@link MessageQueueStressContract}, and gives {@link #open} to each.
 */
abstract class MessageQueueFixture {
    static final long UNLIMITED = Long.MAX_VALUE;

    private final List<MessageQueue> opened = new ArrayList<>();

    /** A new, empty queue. */
    abstract MessageQueue open(long maxBytes, long maxMessages, WhenFull whenFull) throws IOException;

    final MessageQueue queue(long maxBytes, long maxMessages, WhenFull whenFull) throws IOException {
        MessageQueue queue = open(maxBytes, maxMessages, whenFull);
        opened.add(queue);
        return queue;
    }

    final MessageQueue queue() throws IOException {
        return queue(16 << 20, UNLIMITED, WhenFull.WAIT);
    }

    /** A queue with room for so many messages, and these inside. */
    final MessageQueue full(String... texts) throws IOException, InterruptedException {
        MessageQueue queue = queue(16 << 20, texts.length, WhenFull.WAIT);
        addAll(queue, texts);
        return queue;
    }

    /** What a message of so many bytes counts against the bound. */
    final long cost(int length) throws IOException, InterruptedException {
        return cost(length, WhenFull.WAIT);
    }

    final long cost(int length, WhenFull policy) throws IOException, InterruptedException {
        MessageQueue queue = queue(16 << 20, UNLIMITED, policy);
        queue.add(ByteBuffer.allocate(length), Duration.ZERO);
        return queue.size().bytes();
    }

    static List<Long> addAll(MessageQueue queue, String... texts) throws IOException, InterruptedException {
        List<Long> numbers = new ArrayList<>();
        for (String text : texts) {
            numbers.add(queue.add(message(text), Duration.ZERO));
        }
        return numbers;
    }

    static List<String> texts(List<Taken> taken) {
        return taken.stream().map(Taken::text).toList();
    }

    @AfterEach
    void closeQueues() throws IOException {
        for (MessageQueue queue : opened) {
            queue.close();
        }
    }

    /** Does it in another thread, and waits for that. */
    static void elsewhere(ThrowingRunnable work) {
        CompletableFuture<Void> done = CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        done.orTimeout(30, TimeUnit.SECONDS).join();
    }

    interface ThrowingRunnable {
        void run() throws Exception;
    }
}
