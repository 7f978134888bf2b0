package dev.bowline.queue;

import static dev.bowline.queue.Taken.message;
import static dev.bowline.queue.Taken.take;
import static dev.bowline.queue.Taken.takeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a message queue is bounded, and what senders meet when it is full (rules E2, E3, and E7 for those who wait). */
abstract class MessageQueueRoomContract extends MessageQueueFixture {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    @Test
    void e2_bytesAreBoundedWithTheirOverhead() throws Exception {
        long each = cost(100);
        assertThat(each).isGreaterThan(100);
        assertThat(cost(0)).isPositive();
        MessageQueue queue = queue(3 * each, UNLIMITED, WhenFull.FAIL);
        for (int i = 0; i < 3; i++) {
            queue.add(ByteBuffer.allocate(100), Duration.ZERO);
        }

        assertThat(queue.size()).isEqualTo(new MessageQueue.Size(3, 3 * each));
        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> queue.add(ByteBuffer.allocate(0), Duration.ZERO));
    }

    @Test
    void e2_messagesAreBoundedIfAsked() throws Exception {
        MessageQueue queue = full("a", "b");

        assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> queue.add(message("c"), Duration.ZERO));
        assertThat(queue.size().messages()).isEqualTo(2);
    }

    @Test
    void e2_takenMessagesCountUntilDelivered() throws Exception {
        MessageQueue queue = full("a");
        long number = takeAll(queue).get(0).number();
        assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> queue.add(message("b"), Duration.ZERO));

        queue.delivered(number);
        assertThat(queue.size()).isEqualTo(new MessageQueue.Size(0, 0));
        queue.add(message("b"), Duration.ZERO);
    }

    @Test
    void e3_aFullQueueRefusesWithItsNumbers() throws Exception {
        long each = cost(100);
        MessageQueue queue = queue(2 * each + 50, UNLIMITED, WhenFull.WAIT);
        queue.add(ByteBuffer.allocate(100), Duration.ZERO);
        queue.add(ByteBuffer.allocate(100), Duration.ZERO);

        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> queue.add(ByteBuffer.allocate(77), Duration.ofSeconds(-1)))
                .withMessageContainingAll("77 bytes", "2", Long.toString(2 * each), Long.toString(2 * each + 50));
    }

    @Test
    void e3_whatCanNeverFitIsRefusedAtOnceUnderEveryPolicy() throws Exception {
        for (WhenFull policy : WhenFull.values()) {
            long most = cost(100, policy);
            MessageQueue queue = queue(most, UNLIMITED, policy);
            assertThatExceptionOfType(QueueFullException.class)
                    .isThrownBy(() -> queue.add(ByteBuffer.allocate(101), FOREVER))
                    .withMessageContainingAll("101 bytes", "never", Long.toString(most));
            queue.add(ByteBuffer.allocate(100), Duration.ZERO);
        }
    }

    @Test
    void e3_failingAtOnceIgnoresHowLongTheSenderWouldWait() throws Exception {
        MessageQueue queue = queue(16 << 20, 1, WhenFull.FAIL);
        addAll(queue, "a");

        assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> queue.add(message("b"), FOREVER));
    }

    @Test
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
    void e3_aSenderWhoWaitsForEverGetsRoom() throws Exception {
        MessageQueue queue = full("a");
        Sender sender = Sender.of(queue, message("b"), FOREVER).untilItWaits();

        queue.delivered(takeAll(queue).get(0).number());

        assertThat(sender.number()).isEqualTo(queue.newest());
    }

    @Test
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
    void e3_nobodyOvertakesAWaitingSender_evenWithASmallerMessage() throws Exception {
        long room = 2 * cost(100);
        MessageQueue queue = queue(room, UNLIMITED, WhenFull.WAIT);
        queue.add(ByteBuffer.allocate(100), Duration.ZERO);
        Sender large = Sender.of(queue, ByteBuffer.allocate(101), LONG).untilItWaits();

        assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> queue.add(message(""), Duration.ZERO));
        Sender small = Sender.of(queue, message(""), LONG).untilItWaits();
        assertThat(queue.size().messages()).isEqualTo(1);

        queue.delivered(takeAll(queue).get(0).number());
        assertThat(takeAll(queue)).extracting(taken -> taken.text().length()).containsExactly(101, 0);
        assertThat(large.number()).isLessThan(small.number());
    }

    @Test
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
    void e3_aSenderWhoGivesUpLetsThoseBehindItIn() throws Exception {
        MessageQueue queue = queue(2 * cost(100), UNLIMITED, WhenFull.WAIT);
        queue.add(ByteBuffer.allocate(100), Duration.ZERO);
        Sender large = Sender.of(queue, ByteBuffer.allocate(101), LONG).untilItWaits();
        Sender small = Sender.of(queue, message("small"), LONG).untilItWaits();

        large.interrupt();

        assertThat(large.failure()).isInstanceOf(InterruptedException.class);
        assertThat(small.number()).isEqualTo(queue.newest());
        assertThat(queue.size().messages()).isEqualTo(2);
    }

    @Test
    void e3_aSenderWhoseTimeIsUpLetsThoseBehindItIn() throws Exception {
        MessageQueue queue = queue(2 * cost(100), UNLIMITED, WhenFull.WAIT);
        queue.add(ByteBuffer.allocate(100), Duration.ZERO);
        Sender large = Sender.of(queue, ByteBuffer.allocate(101), Duration.ofMillis(50))
                .untilItWaitsOrIsDone();
        Sender small = Sender.of(queue, message("small"), LONG);

        assertThat(large.failure()).isInstanceOf(QueueFullException.class);
        assertThat(small.number()).isEqualTo(queue.newest());
    }

    @Test
    void e3_anInterruptedSenderAddsNothing() throws Exception {
        MessageQueue queue = full("a");
        Sender sender = Sender.of(queue, message("b"), LONG).untilItWaits();

        sender.interrupt();

        assertThat(sender.failure()).isInstanceOf(InterruptedException.class);
        queue.delivered(takeAll(queue).get(0).number());
        assertThat(takeAll(queue)).isEmpty();
    }

    @Test
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

    @Test
    void e3_anInterruptedThreadMayAddWhereItNeedNotWait() throws Exception {
        MessageQueue queue = queue();
        Thread.currentThread().interrupt();
        long number = queue.add(message("a"), LONG);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(number).isEqualTo(queue.newest());
    }

    @Test
    void e3_aTakerMayFreeNothing_soAWaitingSenderStaysOutUntilDelivery() throws Exception {
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
    void e6_whileASenderWaitsTheQueueGoesOn() throws Exception {
        MessageQueue queue = full("a");
        Sender sender = Sender.of(queue, message("b"), LONG).untilItWaits();

        elsewhere(queue::size);
        assertThat(texts(takeAll(queue))).containsExactly("a");
        queue.rewind();
        queue.delivered(takeAll(queue).get(0).number());
        sender.number();
    }

    @Test
    void e6_theListenerHearsOnceOfAMessageThatWaited() throws Exception {
        MessageQueue queue = full("a");
        AtomicInteger heard = new AtomicInteger();
        queue.listen(() -> {
            elsewhere(queue::size);
            heard.incrementAndGet();
        });
        Sender sender = Sender.of(queue, message("b"), LONG).untilItWaits();
        assertThat(heard).hasValue(0);

        queue.delivered(takeAll(queue).get(0).number());

        sender.number();
        assertThat(heard).hasValue(1);
    }

    @Test
    void e7_sealEndsAllWaitingAndAddsNoneOfThem() throws Exception {
        MessageQueue queue = full("a");
        List<Sender> senders = new ArrayList<>();
        for (String text : List.of("b", "c")) {
            senders.add(Sender.of(queue, message(text), LONG).untilItWaits());
        }

        queue.seal();

        for (Sender sender : senders) {
            assertThat(sender.failure()).isInstanceOf(QueueClosedException.class);
        }
        queue.delivered(takeAll(queue).get(0).number());
        assertThat(takeAll(queue)).isEmpty();
        assertThat(queue.size()).isEqualTo(new MessageQueue.Size(0, 0));
    }

    @Test
    void e7_aMessageThatGotRoomBeforeTheSealIsInside() throws Exception {
        for (int i = 0; i < 100; i++) {
            MessageQueue queue = full("a");
            Sender sender = Sender.of(queue, message("b"), LONG).untilItWaits();

            queue.delivered(takeAll(queue).get(0).number());
            queue.seal();

            assertThat(sender.number()).isEqualTo(queue.newest());
            assertThat(texts(takeAll(queue))).containsExactly("b");
        }
    }

    @Test
    void e7_closeEndsAllWaiting() throws Exception {
        MessageQueue queue = full("a");
        Sender sender = Sender.of(queue, message("b"), LONG).untilItWaits();

        queue.close();

        assertThat(sender.failure()).isInstanceOf(QueueClosedException.class);
    }
}
