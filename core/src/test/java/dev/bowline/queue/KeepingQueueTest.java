package dev.bowline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sender that is given room between its wake-up and what it finds then: the test holds the queue's lock. */
class KeepingQueueTest {
    private final MemoryQueue queue = MemoryQueue.builder().maxMessages(1).build();

    /** Whether the sender's interrupt flag was set when it came back. */
    private final AtomicBoolean flag = new AtomicBoolean();

    @BeforeEach
    void fill() throws Exception {
        queue.add(ByteBuffer.allocate(1), Duration.ZERO);
    }

    @Test
    void e3_aSenderThatGotRoomWhileItWokeToAnInterruptIsInAndKeepsTheFlag() throws Exception {
        FutureTask<Long> sender = new FutureTask<>(() -> send(Duration.ofMinutes(5)));
        Thread thread = startAndAwaitThatItWaits(sender);

        queue.lock.lock();
        try {
            thread.interrupt();
            giveRoomToTheOneWhoWoke();
        } finally {
            queue.lock.unlock();
        }

        assertThat(sender.get(30, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(flag).isTrue();
    }

    @Test
    void e3_aSenderThatGotRoomWhileItWokeTooLateIsIn() throws Exception {
        FutureTask<Long> sender = new FutureTask<>(() -> send(Duration.ofMillis(500)));
        startAndAwaitThatItWaits(sender);

        queue.lock.lock();
        try {
            giveRoomToTheOneWhoWoke();
        } finally {
            queue.lock.unlock();
        }

        assertThat(sender.get(30, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(flag).isFalse();
    }

    private long send(Duration wait) throws InterruptedException {
        long number = queue.add(ByteBuffer.allocate(1), wait);
        flag.set(Thread.currentThread().isInterrupted());
        return number;
    }

    private static Thread startAndAwaitThatItWaits(FutureTask<Long> sender) {
        Thread thread = new Thread(sender, "sender");
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING && !sender.isDone()) {
            Thread.onSpinWait();
        }
        return thread;
    }

    /** The lock is held: once somebody stands at it, the sender has been woken and knows nothing yet. */
    private void giveRoomToTheOneWhoWoke() {
        while (!queue.lock.hasQueuedThreads()) {
            Thread.onSpinWait();
        }
        queue.take((number, before, message) -> true);
        queue.delivered(1);
    }
}
