package dev.bowline.testkit.contract.queue;

import static dev.bowline.testkit.contract.queue.Taken.message;
import static dev.bowline.testkit.contract.queue.Taken.take;
import static dev.bowline.testkit.contract.queue.Taken.takeAll;
import static dev.bowline.testkit.contract.queue.Taken.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.QueueFullException;
import dev.bowline.queue.WhenFull;
import dev.bowline.testkit.contract.support.Waiting;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * No lock is held over a taker, over the listener, or while a sender waits (rule E6): each test has one of these wait for
 * what other threads do with the queue.
 */
public abstract class LockContract extends MessageQueueContract {
    /** For a queue's own class. */
    protected LockContract() {}

    /** All that other threads may do at any time, but sealing; the room is for as many as the test says. */
    private static void useElsewhere(MessageQueue queue) {
        elsewhere(queue::size);
        elsewhere(queue::newest);
        elsewhere(() -> {
            try {
                queue.add(message("meanwhile"), Duration.ZERO);
            } catch (QueueFullException full) {
                assertThat(full).hasMessageContaining("9 bytes");
            }
        });
    }

    @EveryPolicy
    void e6_theTakerRunsWithoutALockSoOthersGoOn(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        addAll(queue, "a");
        List<String> offered = new ArrayList<>();

        queue.take((number, before, message) -> {
            offered.add(text(message));
            if (offered.size() == 1) {
                useElsewhere(queue);
                elsewhere(queue::seal);
            }
            return true;
        });

        assertThat(offered).startsWith("a");
        assertThat(drain(queue)).containsExactly("a", "meanwhile");
    }

    @EveryPolicy
    void e6_theTakerRunsWithoutALockOfAFullQueueToo(WhenFull policy) throws Exception {
        MessageQueue queue = full(policy, "a");

        queue.take((number, before, message) -> {
            useElsewhere(queue);
            return text(message).equals("a");
        });

        assertThat(drain(queue)).containsExactly("a");
    }

    @EveryPolicy
    void e6_theTakerMayAddItself(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        addAll(queue, "a");

        queue.take((number, before, message) -> {
            addInside(queue);
            return false;
        });

        assertThat(texts(takeAll(queue))).containsExactly("a", "inside");
    }

    private static void addInside(MessageQueue queue) {
        try {
            queue.add(message("inside"), Duration.ZERO);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @EveryPolicy
    void e6_theTakerMaySealAndClose(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        addAll(queue, "a");

        queue.take((number, before, message) -> {
            queue.seal();
            try {
                queue.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return false;
        });

        assertThat(takeAll(queue)).isEmpty();
    }

    @EveryPolicy
    void e6_theListenerHearsOfEachMessageWithoutALock(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        AtomicInteger heard = new AtomicInteger();
        queue.listen(() -> {
            if (heard.incrementAndGet() <= 2) {
                elsewhere(queue::size);
                elsewhere(() -> takeAll(queue));
            }
        });

        addAll(queue, "a", "b");
        assertThat(heard).hasValue(2);
        queue.rewind();
        takeAll(queue);

        assertThat(heard).as("neither take nor rewind adds anything").hasValue(2);
    }

    @EveryPolicy
    void e6_theListenerMayAddItself(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        AtomicInteger heard = new AtomicInteger();
        queue.listen(() -> {
            if (heard.incrementAndGet() == 1) {
                addInside(queue);
                elsewhere(() -> addAll(queue, "elsewhere"));
            }
        });

        addAll(queue, "a");

        assertThat(heard).hasValue(3);
        assertThat(drain(queue)).containsExactly("a", "inside", "elsewhere");
    }

    @EveryPolicy(of = {WhenFull.DROP_OLDEST, WhenFull.DROP_NEWEST})
    void e6_theListenerHearsOfEachDropWithoutALock(WhenFull policy) throws Exception {
        MessageQueue queue = full(policy, "a", "b");
        List<Long> dropped = new ArrayList<>();
        queue.listen(new MessageQueue.Listener() {
            @Override
            public void available() {}

            @Override
            public void dropped(long number, boolean maybeHandedBefore, ByteBuffer message) {
                dropped.add(number);
                elsewhere(queue::size);
                elsewhere(() -> {
                    assertThat(takeAll(queue)).hasSize(2);
                    queue.rewind();
                });
                if (dropped.size() == 1) {
                    addInside(queue);
                }
            }
        });

        addAll(queue, "c");

        assertThat(dropped).hasSize(2);
        assertThat(queue.size().messages()).isEqualTo(2);
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e6_whileASenderWaitsTheQueueGoesOn() throws Exception {
        MessageQueue queue = full(WhenFull.WAIT, "a");
        Sender sender = Sender.of(queue, message("b"), LONG).untilItWaits();

        elsewhere(queue::size);
        elsewhere(queue::newest);
        elsewhere(() -> assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> queue.add(message("c"), Duration.ZERO)));
        elsewhere(() -> assertThat(texts(takeAll(queue))).containsExactly("a"));
        elsewhere(queue::rewind);
        elsewhere(() -> queue.delivered(take(queue, 1).get(0).number()));

        sender.number();
    }

    @Test
    @NeedsPolicy(WhenFull.WAIT)
    void e6_theListenerHearsOnceOfAMessageThatWaited() throws Exception {
        MessageQueue queue = full(WhenFull.WAIT, "a");
        RecordingListener listener = RecordingListener.of(queue);
        Sender sender = Sender.of(queue, message("b"), LONG).untilItWaits();
        assertThat(listener.heard()).isEmpty();

        queue.delivered(takeAll(queue).get(0).number());

        sender.number();
        assertThat(listener.heard()).containsExactly("available");
        assertThat(listener.told().get(0).on()).isNotSameAs(Thread.currentThread());
    }

    @EveryPolicy
    void e6_takeNeverWaits(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        assertThat(Waiting.await(Waiting.aside(() -> takeAll(queue)))).isEmpty();
        addAll(queue, "a");

        assertThat(Waiting.await(Waiting.aside(() -> takeAll(queue)))).hasSize(1);
        assertThat(Waiting.await(Waiting.aside(() -> takeAll(queue)))).isEmpty();
    }
}
