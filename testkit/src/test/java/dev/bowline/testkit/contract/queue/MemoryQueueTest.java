package dev.bowline.testkit.contract.queue;

import static dev.bowline.testkit.contract.queue.Taken.takeAll;
import static dev.bowline.testkit.contract.queue.Taken.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.QueueFullException;
import dev.bowline.queue.WhenFull;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the queue in memory promises beyond the contracts. */
class MemoryQueueTest extends MessageQueueContract implements OnMemoryQueue {
    private static int overhead(WhenFull policy) {
        return switch (policy) {
            case WAIT, FAIL -> 4;
            case DROP_OLDEST, DROP_NEWEST -> 64;
        };
    }

    @EveryPolicy
    void e1_numbersAreConsecutiveFromOne(WhenFull policy) throws Exception {
        assertThat(addAll(queue(policy), "a", "b", "c")).containsExactly(1L, 2L, 3L);
    }

    @EveryPolicy
    void e2_aMessageCountsItsBytesAndTheOverheadOfItsStorage(WhenFull policy) throws Exception {
        assertThat(cost(0, policy)).isEqualTo(overhead(policy));
        assertThat(cost(100_000, policy)).isEqualTo(100_000 + overhead(policy));
    }

    @Test
    void e2_holdsSixteenMebibytesUnlessToldOtherwise() throws Exception {
        MessageQueue queue = MemoryQueue.builder().build();
        queue.add(ByteBuffer.allocate((16 << 20) - 4), Duration.ZERO);

        assertThat(queue.size().bytes()).isEqualTo(16 << 20);
        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> queue.add(ByteBuffer.allocate(0), Duration.ZERO));
    }

    @Test
    void e2_boundsArePositive() {
        MemoryQueue.Builder builder = MemoryQueue.builder();

        assertThatThrownBy(() -> builder.maxBytes(0)).hasMessage("maxBytes must be positive: 0");
        assertThatThrownBy(() -> builder.maxMessages(-1)).hasMessage("maxMessages must be positive: -1");
    }

    @EveryPolicy
    void e1_takeOffersWhatWasInsideWhenItWasCalled(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        for (int i = 0; i < 3; i++) {
            queue.add(ByteBuffer.allocate(3_000), Duration.ZERO);
        }

        int taken = queue.take((number, before, message) -> {
            elsewhere(() -> addAll(queue, "later"));
            return true;
        });

        assertThat(taken).isEqualTo(3);
        assertThat(texts(takeAll(queue))).containsExactly("later", "later", "later");
    }

    @EveryPolicy
    void e6_aTakerCanNotBeTheConsumerOfTheQueueThatCallsIt(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        addAll(queue, "a");

        queue.take((number, before, message) -> {
            assertThatThrownBy(() -> queue.take((n, b, m) -> true)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> queue.delivered(number)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(queue::rewind).isInstanceOf(IllegalStateException.class);
            return true;
        });

        queue.delivered(1);
        assertThat(queue.size().messages()).isZero();
    }

    /** All but the message that is being offered: it is claimed alone, not with those behind it. */
    @Test
    void e3_whileATakerIsCalledAllBehindItsMessageCanBeDropped() throws Exception {
        MessageQueue queue = full(WhenFull.DROP_OLDEST, "a", "b", "c");
        List<String> offered = new ArrayList<>();

        queue.take((number, before, message) -> {
            offered.add(text(message));
            elsewhere(() -> addAll(queue, "x", "y"));
            return true;
        });

        assertThat(offered).containsExactly("a");
        assertThat(drain(queue)).containsExactly("a", "x", "y");
    }

    @EveryPolicy
    void e7_closeFreesWhatIsInside_alsoUnderATaker(WhenFull policy) throws Exception {
        MemoryQueue queue = (MemoryQueue) queue(policy);
        addAll(queue, "a", "b");

        queue.take((number, before, message) -> {
            queue.close();
            return number == 2;
        });

        assertThat(queue.size()).isEqualTo(new MessageQueue.Size(0, 0));
        assertThat(takeAll(queue)).isEmpty();
        assertThat(queue.newest()).isEqualTo(2);
        queue.delivered(2);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> queue.delivered(3));
    }
}
