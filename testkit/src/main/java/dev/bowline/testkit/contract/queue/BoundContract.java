package dev.bowline.testkit.contract.queue;

import static dev.bowline.testkit.contract.queue.Taken.message;
import static dev.bowline.testkit.contract.queue.Taken.take;
import static dev.bowline.testkit.contract.queue.Taken.takeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.MessageQueue.Size;
import dev.bowline.queue.QueueFullException;
import dev.bowline.queue.WhenFull;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** A queue holds so many bytes, and so many messages if asked (rule E2). */
public abstract class BoundContract extends MessageQueueContract {
    private static final int LENGTH = 100;

    /** For a queue's own class. */
    protected BoundContract() {}

    /** Adds one, though there may be no room for it. */
    private static void attempt(MessageQueue queue, int length) throws IOException, InterruptedException {
        try {
            queue.add(ByteBuffer.allocate(length), Duration.ZERO);
        } catch (QueueFullException full) {
            assertThat(full).hasMessageContaining(length + " bytes");
        }
    }

    @EveryPolicy
    void e2_aMessageCountsItsBytesAndAnOverhead(WhenFull policy) throws Exception {
        assertThat(cost(LENGTH, policy)).isGreaterThan(LENGTH);
        assertThat(cost(0, policy)).isPositive();
        MessageQueue queue = queue(policy);

        queue.add(ByteBuffer.allocate(LENGTH), Duration.ZERO);
        queue.add(ByteBuffer.allocate(0), Duration.ZERO);

        assertThat(queue.size()).isEqualTo(new Size(2, cost(LENGTH, policy) + cost(0, policy)));
    }

    @EveryPolicy
    void e2_bytesAreBoundedWithTheirOverhead(WhenFull policy) throws Exception {
        long each = cost(LENGTH, policy);
        MessageQueue queue = queue(4 * each - 1, UNLIMITED, policy);
        for (int i = 0; i < 3; i++) {
            queue.add(ByteBuffer.allocate(LENGTH), Duration.ZERO);
        }
        assertThat(queue.size()).isEqualTo(new Size(3, 3 * each));

        attempt(queue, LENGTH);

        assertThat(queue.size()).isEqualTo(new Size(3, 3 * each));
    }

    @EveryPolicy
    void e2_theLastByteOfTheBoundCanBeUsed(WhenFull policy) throws Exception {
        long each = cost(LENGTH, policy);
        MessageQueue queue = queue(3 * each, UNLIMITED, policy);
        for (int i = 0; i < 3; i++) {
            queue.add(ByteBuffer.allocate(LENGTH), Duration.ZERO);
        }

        assertThat(queue.size()).isEqualTo(new Size(3, 3 * each));
    }

    @EveryPolicy
    void e2_messagesAreBoundedIfAsked(WhenFull policy) throws Exception {
        MessageQueue queue = full(policy, "a", "b");

        attempt(queue, 1);

        assertThat(queue.size().messages()).isEqualTo(2);
    }

    @EveryPolicy
    void e2_takenMessagesCountUntilDelivered(WhenFull policy) throws Exception {
        MessageQueue queue = full(policy, "a", "b", "c");
        Size full = queue.size();

        take(queue, 1);
        assertThat(queue.size()).isEqualTo(full);
        queue.rewind();
        assertThat(queue.size()).isEqualTo(full);
        List<Taken> taken = takeAll(queue);
        assertThat(queue.size()).isEqualTo(full);
        attempt(queue, 1);
        assertThat(queue.size()).isEqualTo(full);

        queue.delivered(taken.get(1).number());
        assertThat(queue.size()).isEqualTo(new Size(1, cost(1, policy)));
        queue.delivered(taken.get(2).number());
        assertThat(queue.size()).isEqualTo(new Size(0, 0));
    }

    @EveryPolicy
    void e2_aMessageCountsWhileItIsBeingOffered(WhenFull policy) throws Exception {
        MessageQueue queue = full(policy, "a");
        Size full = queue.size();

        queue.take((number, before, message) -> {
            assertThat(queue.size()).isEqualTo(full);
            return true;
        });
    }

    @EveryPolicy
    void e2_deliveryMakesRoomForAsMuchAsItForgets(WhenFull policy) throws Exception {
        MessageQueue queue = full(policy, "a", "b", "c");
        List<Taken> taken = takeAll(queue);
        queue.delivered(taken.get(1).number());

        addAll(queue, "d", "e");

        assertThat(queue.size()).isEqualTo(new Size(3, 3 * cost(1, policy)));
        attempt(queue, 1);
        assertThat(queue.size().messages()).isEqualTo(3);
        assertThat(drain(queue)).contains("c");
    }

    @EveryPolicy
    void e2_whatCanNeverFitIsNoReasonToRefuseTheNext(WhenFull policy) throws Exception {
        MessageQueue queue = queue(cost(LENGTH, policy), UNLIMITED, policy);
        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> queue.add(ByteBuffer.allocate(LENGTH + 1), Duration.ZERO));

        queue.add(message("a"), Duration.ZERO);

        assertThat(drain(queue)).containsExactly("a");
    }
}
