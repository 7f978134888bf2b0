package dev.bowline.testkit.contract.queue;

import static dev.bowline.testkit.contract.queue.Taken.message;
import static dev.bowline.testkit.contract.queue.Taken.take;
import static dev.bowline.testkit.contract.queue.Taken.takeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.MessageQueue.Size;
import dev.bowline.queue.QueueClosedException;
import dev.bowline.queue.QueueFullException;
import dev.bowline.queue.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sealing, handing back, and the end of a queue (rule E7). */
public abstract class SealContract extends MessageQueueContract {
    /** For a queue's own class. */
    protected SealContract() {}

    @EveryPolicy
    void e7_aSealedQueueTakesNothingInAndKeepsWhatIsInside(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        List<Long> numbers = addAll(queue, "a", "b", "c");
        take(queue, 2);
        queue.delivered(numbers.get(0));
        queue.seal();
        queue.seal();

        assertThatExceptionOfType(QueueClosedException.class)
                .isThrownBy(() -> queue.add(message("later"), LONG))
                .withMessageContainingAll("5 bytes", "2");
        assertThat(queue.newest()).isEqualTo(numbers.get(2));

        assertThat(takeAll(queue)).containsExactly(new Taken(numbers.get(2), false, "c"));
        assertThat(queue.size().messages()).isEqualTo(2);
    }

    @EveryPolicy
    void e7_aSealedQueueThatIsFullDropsNothing(WhenFull policy) throws Exception {
        MessageQueue queue = full(policy, "a", "b");
        RecordingListener listener = RecordingListener.of(queue);
        queue.seal();

        assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> queue.add(message("c"), LONG));

        assertThat(listener.heard()).isEmpty();
        assertThat(drain(queue)).containsExactly("a", "b");
    }

    @EveryPolicy
    void e7_whatIsHandedBackIsAllThatWasNotDelivered_inOrder(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        List<Long> numbers = addAll(queue, "a", "b", "c", "d");
        take(queue, 3);
        queue.delivered(numbers.get(0));
        queue.seal();
        queue.rewind();

        assertThat(takeAll(queue))
                .containsExactly(
                        new Taken(numbers.get(1), true, "b"),
                        new Taken(numbers.get(2), true, "c"),
                        new Taken(numbers.get(3), false, "d"));
        queue.delivered(numbers.get(3));
        assertThat(queue.size()).isEqualTo(new Size(0, 0));
        assertThat(takeAll(queue)).isEmpty();
    }

    /** A message whose {@code add} returned is inside when {@code seal} returns, or was dropped; no other comes later. */
    @EveryPolicy
    void e7_sealIsAtomicWithAdd(WhenFull policy) throws Exception {
        for (int round = 0; round < 50; round++) {
            MessageQueue queue = queue(16 << 20, round % 2 == 0 ? 20 : UNLIMITED, policy);
            RecordingListener listener = RecordingListener.of(queue);
            long added = addMany(queue, 25, Duration.ZERO);
            List<Sender> senders = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                senders.add(Sender.of(() -> addMany(queue, 10_000, LONG)));
            }
            while (senders.stream().noneMatch(Sender::hasBegun)) {
                Thread.onSpinWait();
            }

            queue.seal();
            Size sealed = queue.size();

            for (Sender sender : senders) {
                added += sender.number();
            }
            assertThat(queue.size()).isEqualTo(sealed);
            assertThat(sealed.messages() + listener.drops().size()).isEqualTo(added);
            assertThat(takeAll(queue)).hasSize((int) sealed.messages());
        }
    }

    /** Until one is refused. Returns how many were added, be it that they were dropped. */
    private static long addMany(MessageQueue queue, int most, Duration wait) throws Exception {
        long added = 0;
        try {
            while (added < most) {
                queue.add(message("x"), wait);
                added++;
            }
        } catch (QueueFullException | QueueClosedException refused) {
            assertThat(refused).hasMessageContaining("1 bytes");
        }
        return added;
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e7_sealEndsAllWaitingAndAddsNoneOfThem() throws Exception {
        MessageQueue queue = full(WhenFull.WAIT, "a");
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
        assertThat(queue.size()).isEqualTo(new Size(0, 0));
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e7_aMessageThatGotRoomBeforeTheSealIsInside() throws Exception {
        for (int i = 0; i < 100; i++) {
            MessageQueue queue = full(WhenFull.WAIT, "a");
            Sender sender = Sender.of(queue, message("b"), LONG).untilItWaits();

            queue.delivered(takeAll(queue).get(0).number());
            queue.seal();

            assertThat(sender.number()).isEqualTo(queue.newest());
            assertThat(texts(takeAll(queue))).containsExactly("b");
        }
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e7_closeEndsAllWaiting() throws Exception {
        MessageQueue queue = full(WhenFull.WAIT, "a");
        Sender sender = Sender.of(queue, message("b"), LONG).untilItWaits();

        queue.close();

        assertThat(sender.failure()).isInstanceOf(QueueClosedException.class);
    }

    @EveryPolicy
    void e7_aClosedQueueTakesNothingInAndOffersNothing(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        List<Long> numbers = addAll(queue, "a", "b");
        take(queue, 1);
        queue.close();
        queue.close();

        assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> queue.add(message("c"), Duration.ZERO));
        queue.delivered(numbers.get(0));
        queue.rewind();
        assertThat(takeAll(queue)).isEmpty();
    }
}
