package dev.bowline.queue;

import static dev.bowline.queue.Taken.message;
import static dev.bowline.queue.Taken.takeAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MemoryQueueRoomTest extends MessageQueueRoomContract {
    @Override
    MessageQueue open(long maxBytes, long maxMessages, WhenFull whenFull) {
        return MemoryQueueTest.memoryQueue(maxBytes, maxMessages, whenFull);
    }

    @Test
    void e3_aSenderThatGotRoomWhileItWokeToAnInterruptIsInAndKeepsTheFlag() throws Exception {
        MemoryQueue queue = (MemoryQueue) full("a");
        AtomicBoolean flag = new AtomicBoolean();
        Sender sender = Sender.of(() -> {
                    long number = queue.add(message("b"), Duration.ofMinutes(5));
                    flag.set(Thread.currentThread().isInterrupted());
                    return number;
                })
                .untilItWaits();

        queue.lock.lock();
        try {
            sender.interrupt();
            giveRoomToTheOneWhoWoke(queue);
        } finally {
            queue.lock.unlock();
        }

        assertThat(sender.number()).isEqualTo(queue.newest());
        assertThat(flag).isTrue();
    }

    @Test
    void e3_aSenderThatGotRoomWhileItWokeTooLateIsIn() throws Exception {
        MemoryQueue queue = (MemoryQueue) full("a");
        Sender sender = Sender.of(queue, message("b"), Duration.ofMillis(500)).untilItWaits();

        queue.lock.lock();
        try {
            giveRoomToTheOneWhoWoke(queue);
        } finally {
            queue.lock.unlock();
        }

        assertThat(sender.number()).isEqualTo(queue.newest());
    }

    /** The lock is held: once somebody stands at it, the sender has been woken and knows nothing yet. */
    private static void giveRoomToTheOneWhoWoke(MemoryQueue queue) throws Exception {
        while (!queue.lock.hasQueuedThreads()) {
            Thread.onSpinWait();
        }
        queue.delivered(takeAll(queue).get(0).number());
    }
}
