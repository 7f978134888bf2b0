package dev.bowline.testkit.contract.queue;

import static dev.bowline.testkit.contract.queue.Taken.message;
import static dev.bowline.testkit.contract.queue.Taken.take;
import static dev.bowline.testkit.contract.queue.Taken.takeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.QueueFullException;
import dev.bowline.queue.WhenFull;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What senders meet when the queue is full, and lets them wait or refuses them (rule E3). */
public abstract class WaitingContract extends MessageQueueContract {
    /** For a queue's own class. */
    protected WaitingContract() {}

    private MessageQueue full(String... texts) throws Exception {
        return full(WhenFull.WAIT, texts);
    }

    /** A queue with one message of 100 bytes, and room for another. */
    private MessageQueue halfFull() throws Exception {
        MessageQueue queue = queue(2 * cost(100, WhenFull.WAIT), UNLIMITED, WhenFull.WAIT);
        queue.add(ByteBuffer.allocate(100), Duration.ZERO);
        return queue;
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e3_aFullQueueRefusesWithItsNumbers() throws Exception {
        long each = cost(100, WhenFull.WAIT);
        MessageQueue queue = queue(2 * each + 50, UNLIMITED, WhenFull.WAIT);
        queue.add(ByteBuffer.allocate(100), Duration.ZERO);
        queue.add(ByteBuffer.allocate(100), Duration.ZERO);

        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> queue.add(ByteBuffer.allocate(77), Duration.ofSeconds(-1)))
                .withMessageContainingAll("77 bytes", "2", Long.toString(2 * each), Long.toString(2 * each + 50));
    }

    @EveryPolicy
    void e3_whatCanNeverFitIsRefusedAtOnce(WhenFull policy) throws Exception {
        long most = cost(100, policy);
        MessageQueue queue = queue(most, UNLIMITED, policy);
        RecordingListener listener = RecordingListener.of(queue);

        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> queue.add(ByteBuffer.allocate(101), FOREVER))
                .withMessageContainingAll("101 bytes", "never", Long.toString(most));
        addAll(queue, "a");
        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> queue.add(ByteBuffer.allocate(101), FOREVER));

        assertThat(listener.heard()).containsExactly("available");
        assertThat(drain(queue)).containsExactly("a");
    }

    @Test
    @NeedsPolicy(WhenFull.FAIL)
    void e3_failingAtOnceIgnoresHowLongTheSenderWouldWait() throws Exception {
        MessageQueue queue = full(WhenFull.FAIL, "a");

        Sender sender = Sender.of(queue, message("b"), FOREVER);

        assertThat(sender.failure()).isInstanceOf(QueueFullException.class);
        assertThat(drain(queue)).containsExactly("a");
    }

    @Test
    @NeedsPolicy(WhenFull.FAIL)
    void e3_failingAtOnceEndsWithTheRoomThatDeliveryMakes() throws Exception {
        MessageQueue queue = full(WhenFull.FAIL, "a");
        takeAll(queue);
        assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> queue.add(message("b"), Duration.ZERO));

        queue.delivered(queue.newest());
        queue.add(message("c"), Duration.ZERO);

        assertThat(drain(queue)).containsExactly("c");
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e3_waitingEndsAtItsLimitAndAddsNothing() throws Exception {
        MessageQueue queue = full("a");
        Duration limit = Duration.ofMillis(20);
        long start = System.nanoTime();

        assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> queue.add(message("b"), limit));

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(limit.toNanos());
        long number = takeAll(queue).get(0).number();
        queue.delivered(number);
        assertThat(takeAll(queue)).isEmpty();
        assertThat(queue.newest()).isEqualTo(number);
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e3_aSenderWhoWaitsForEverGetsRoom() throws Exception {
        MessageQueue queue = full("a");
        Sender sender = Sender.of(queue, message("b"), FOREVER).untilItWaits();

        queue.delivered(takeAll(queue).get(0).number());

        assertThat(sender.number()).isEqualTo(queue.newest());
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e3_waitingSendersGetRoomInOrderOfArrival() throws Exception {
        MessageQueue queue = full("x", "y", "z");
        List<Sender> senders = new ArrayList<>();
        for (String text : List.of("a", "b", "c", "d")) {
            senders.add(Sender.of(queue, message(text), LONG).untilItWaits());
        }
        List<Taken> first = takeAll(queue);

        queue.delivered(first.get(0).number());
        assertThat(texts(takeAll(queue))).containsExactly("a");
        queue.delivered(first.get(2).number());
        List<Taken> rest = takeAll(queue);
        assertThat(texts(rest)).containsExactly("b", "c");
        queue.delivered(rest.get(1).number());
        assertThat(texts(takeAll(queue))).containsExactly("d");

        List<Long> numbers = new ArrayList<>();
        for (Sender sender : senders) {
            numbers.add(sender.number());
        }
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e3_nobodyOvertakesAWaitingSender_evenWithASmallerMessage() throws Exception {
        MessageQueue queue = halfFull();
        Sender large = Sender.of(queue, ByteBuffer.allocate(101), LONG).untilItWaits();

        assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> queue.add(message(""), Duration.ZERO));
        Sender small = Sender.of(queue, message(""), LONG).untilItWaits();
        assertThat(queue.size().messages()).isEqualTo(1);

        queue.delivered(takeAll(queue).get(0).number());
        assertThat(takeAll(queue)).extracting(taken -> taken.text().length()).containsExactly(101, 0);
        assertThat(large.number()).isLessThan(small.number());
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e3_roomForASmallerOneIsNotGivenPastTheFirst() throws Exception {
        long each = cost(100, WhenFull.WAIT);
        MessageQueue queue = queue(2 * each, UNLIMITED, WhenFull.WAIT);
        queue.add(ByteBuffer.allocate(100), Duration.ZERO);
        queue.add(ByteBuffer.allocate(100), Duration.ZERO);
        Sender large = Sender.of(queue, ByteBuffer.allocate(101), LONG).untilItWaits();
        Sender small = Sender.of(queue, message("small"), LONG).untilItWaits();
        List<Taken> taken = takeAll(queue);

        queue.delivered(taken.get(0).number());
        assertThat(queue.size()).isEqualTo(new MessageQueue.Size(1, each));
        assertThat(List.of(large.isDone(), small.isDone())).containsOnly(false);

        queue.delivered(taken.get(1).number());
        assertThat(large.number()).isLessThan(small.number());
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e3_roomIsGivenBeforeDeliveredReturns_soALaterSenderFindsTheQueueFull() throws Exception {
        for (int i = 0; i < 100; i++) {
            MessageQueue queue = full("a");
            Sender sender = Sender.of(queue, message("b"), LONG).untilItWaits();

            queue.delivered(takeAll(queue).get(0).number());

            assertThatExceptionOfType(QueueFullException.class)
                    .isThrownBy(() -> queue.add(message("c"), Duration.ZERO));
            assertThat(texts(takeAll(queue))).containsExactly("b");
            sender.number();
        }
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e3_neitherTakeNorRewindGivesRoom_onlyDelivery() throws Exception {
        MessageQueue queue = full("a", "b");
        Sender sender = Sender.of(queue, message("c"), LONG).untilItWaits();

        take(queue, 1);
        queue.rewind();
        List<Taken> taken = takeAll(queue);
        assertThat(texts(taken)).containsExactly("a", "b");
        assertThat(sender.isDone()).isFalse();

        queue.delivered(taken.get(0).number());
        sender.number();
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e3_aSenderWhoGivesUpLetsThoseBehindItIn() throws Exception {
        MessageQueue queue = halfFull();
        Sender large = Sender.of(queue, ByteBuffer.allocate(101), LONG).untilItWaits();
        Sender small = Sender.of(queue, message("small"), LONG).untilItWaits();

        large.interrupt();

        assertThat(large.failure()).isInstanceOf(InterruptedException.class);
        assertThat(small.number()).isEqualTo(queue.newest());
        assertThat(queue.size().messages()).isEqualTo(2);
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e3_aSenderWhoseTimeIsUpLetsThoseBehindItIn() throws Exception {
        MessageQueue queue = halfFull();
        Sender large = Sender.of(queue, ByteBuffer.allocate(101), Duration.ofMillis(50))
                .untilItWaitsOrIsDone();
        Sender small = Sender.of(queue, message("small"), LONG);

        assertThat(large.failure()).isInstanceOf(QueueFullException.class);
        assertThat(small.number()).isEqualTo(queue.newest());
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e3_theOthersKeepTheirOrderWhenOneGivesUp() throws Exception {
        for (int leaver = 0; leaver < 3; leaver++) {
            MessageQueue queue = full("x", "y");
            List<Sender> senders = new ArrayList<>();
            List<String> left = new ArrayList<>(List.of("a", "b", "c"));
            for (String text : left) {
                senders.add(Sender.of(queue, message(text), LONG).untilItWaits());
            }

            left.remove(leaver);
            senders.get(leaver).interrupt();
            assertThat(senders.get(leaver).failure()).isInstanceOf(InterruptedException.class);
            takeAll(queue);
            queue.delivered(queue.newest());

            assertThat(texts(takeAll(queue))).isEqualTo(left);
        }
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e3_anInterruptedSenderAddsNothing() throws Exception {
        MessageQueue queue = full("a");
        Sender sender = Sender.of(queue, message("b"), LONG).untilItWaits();

        sender.interrupt();

        assertThat(sender.failure()).isInstanceOf(InterruptedException.class);
        queue.delivered(takeAll(queue).get(0).number());
        assertThat(takeAll(queue)).isEmpty();
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e3_anInterruptAfterTheMessageGotRoomOnlyLeavesTheFlag() throws Exception {
        for (int i = 0; i < 200; i++) {
            MessageQueue queue = full("a");
            CountDownLatch interrupted = new CountDownLatch(1);
            Sender sender = Sender.of(() -> {
                        long number = queue.add(message("b"), LONG);
                        while (interrupted.getCount() > 0) {
                            Thread.onSpinWait();
                        }
                        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
                        return number;
                    })
                    .untilItWaits();

            queue.delivered(takeAll(queue).get(0).number());
            sender.interrupt();
            interrupted.countDown();

            assertThat(sender.number()).isEqualTo(queue.newest());
        }
    }

    @EveryPolicy
    void e3_anInterruptedThreadMayAddWhereItNeedNotWait(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        Thread.currentThread().interrupt();
        long number = queue.add(message("a"), LONG);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(number).isEqualTo(queue.newest());
    }
}
