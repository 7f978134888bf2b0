package dev.bowline.testkit.contract.queue;

import static dev.bowline.testkit.contract.queue.Taken.message;

import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.WhenFull;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * What all contracts of a queue have in common. Each contract is a subclass; a queue's test class extends one, says through
 * {@link QueueSubject#open} how its queue is made, and holds nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class MessageQueueContract implements QueueSubject {
    static final long UNLIMITED = Long.MAX_VALUE;

    static final Duration LONG = Duration.ofMinutes(5);

    static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private static final long ENOUGH = 16 << 20;

    private final List<MessageQueue> opened = new ArrayList<>();

    MessageQueueContract() {}

    @AfterEach
    final void closeQueues() throws IOException {
        for (MessageQueue queue : opened) {
            queue.close();
        }
        opened.clear();
    }

    final MessageQueue queue(long maxBytes, long maxMessages, WhenFull policy) throws IOException {
        MessageQueue queue = open(maxBytes, maxMessages, policy);
        opened.add(queue);
        return queue;
    }

    /** A queue that no test fills. */
    final MessageQueue queue(WhenFull policy) throws IOException {
        return queue(ENOUGH, UNLIMITED, policy);
    }

    /** A queue with room for so many messages, and these inside. */
    final MessageQueue full(WhenFull policy, String... texts) throws IOException, InterruptedException {
        MessageQueue queue = queue(ENOUGH, texts.length, policy);
        addAll(queue, texts);
        return queue;
    }

    /** What a message of so many bytes counts against the bound. */
    final long cost(int length, WhenFull policy) throws IOException, InterruptedException {
        MessageQueue queue = queue(policy);
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

    /** Empties the queue, and returns all that was inside. */
    static List<String> drain(MessageQueue queue) throws IOException {
        queue.rewind();
        List<Taken> inside = Taken.takeAll(queue);
        if (!inside.isEmpty()) {
            queue.delivered(inside.get(inside.size() - 1).number());
        }
        return texts(inside);
    }

    /** Does it in another thread, and waits for that. */
    static void elsewhere(ThrowingRunnable work) {
        try {
            Waiting.await(Waiting.aside(() -> {
                work.run();
                return true;
            }));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What a test does. */
    interface ThrowingRunnable {
        void run() throws Exception;
    }
}
