package dev.bowline.testkit.contract.queue;

import static dev.bowline.testkit.contract.queue.Taken.message;
import static dev.bowline.testkit.contract.queue.Taken.take;
import static dev.bowline.testkit.contract.queue.Taken.takeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.MessageQueue.Size;
import dev.bowline.queue.WhenFull;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A message leaves whole, and only by delivery, by a counted drop, or handed back (rules E4 and E5). */
public abstract class DepartureContract extends MessageQueueContract {
    /** For a queue's own class. */
    protected DepartureContract() {}

    @EveryPolicy
    void e4_maybeHandedBeforeIsSaidOfExactlyTheMessagesThatATakerAccepted(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        addAll(queue, "a", "b", "c", "d");
        assertThat(take(queue, 2)).extracting(Taken::maybeHandedBefore).containsExactly(false, false);
        queue.rewind();
        assertThat(take(queue, 1)).extracting(Taken::maybeHandedBefore).containsExactly(true);
        queue.rewind();

        assertThat(takeAll(queue)).extracting(Taken::maybeHandedBefore).containsExactly(true, true, false, false);
        queue.rewind();
        assertThat(takeAll(queue)).extracting(Taken::maybeHandedBefore).containsOnly(true);
    }

    @EveryPolicy
    void e4_whatATakerAcceptedBeforeItThrewStaysTaken(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        List<Long> numbers = addAll(queue, "a", "b", "c");
        RuntimeException failure = new RuntimeException("taker");

        assertThatThrownBy(() -> queue.take((number, before, message) -> {
                    if (number == numbers.get(1)) {
                        throw failure;
                    }
                    return true;
                }))
                .isSameAs(failure);

        assertThat(texts(takeAll(queue))).containsExactly("b", "c");
        queue.rewind();
        assertThat(takeAll(queue))
                .containsExactly(
                        new Taken(numbers.get(0), true, "a"),
                        new Taken(numbers.get(1), true, "b"),
                        new Taken(numbers.get(2), true, "c"));
    }

    @EveryPolicy
    void e4_aMessageThatATakerThrewOnWasNotHandedBefore(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        addAll(queue, "a");

        assertThatThrownBy(() -> queue.take((number, before, message) -> {
                    throw new IllegalStateException("taker");
                }))
                .hasMessage("taker");

        assertThat(takeAll(queue)).extracting(Taken::maybeHandedBefore).containsExactly(false);
    }

    @EveryPolicy
    void e4_aLargeMessageIsOfferedInOnePieceAmongSmallOnes(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        ByteBuffer large = ByteBuffer.allocate(3_000_000);
        while (large.hasRemaining()) {
            large.put((byte) (large.position() % 251));
        }
        addAll(queue, "before");
        queue.add(large.flip(), Duration.ZERO);
        addAll(queue, "after");
        List<ByteBuffer> seen = new ArrayList<>();

        queue.take((number, before, message) ->
                seen.add(ByteBuffer.allocate(message.remaining()).put(message).flip()));

        assertThat(seen).isEqualTo(List.of(message("before"), large, message("after")));
    }

    @EveryPolicy
    void e4_eachMessageIsOfferedWholeWhateverTheTakerDidToTheBufferBefore(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        addAll(queue, "first", "second");
        List<String> seen = new ArrayList<>();

        queue.take((number, before, message) -> {
            seen.add(message.remaining() + " " + message.order() + " " + (char) message.get(message.position()));
            message.clear().order(ByteOrder.LITTLE_ENDIAN);
            return true;
        });

        assertThat(seen).containsExactly("5 BIG_ENDIAN f", "6 BIG_ENDIAN s");
    }

    @EveryPolicy
    void e4_addCopiesFromPositionToLimitAndMovesNeither(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        ByteBuffer message = message("[direct]");
        ByteBuffer direct =
                ByteBuffer.allocateDirect(8).put(message).flip().position(1).limit(7);
        queue.add(direct.asReadOnlyBuffer(), Duration.ZERO);
        queue.add(direct, Duration.ZERO);
        assertThat(direct.position()).isEqualTo(1);
        assertThat(direct.limit()).isEqualTo(7);
        direct.put(1, (byte) 'X');

        assertThat(texts(takeAll(queue))).containsExactly("direct", "direct");
    }

    @EveryPolicy
    void e4_deliveredForgetsUpToAndIncludingTheNumber(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        List<Long> numbers = addAll(queue, "a", "b", "c");
        takeAll(queue);
        queue.delivered(numbers.get(1));
        assertThat(queue.size().messages()).isEqualTo(1);
        queue.delivered(numbers.get(0));
        queue.delivered(0);
        assertThat(queue.size().messages()).isEqualTo(1);
        queue.rewind();

        assertThat(texts(takeAll(queue))).containsExactly("c");
    }

    @EveryPolicy
    void e4_deliveredRefusesWhatIsNotTakenAndForgetsNothing(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        List<Long> numbers = addAll(queue, "a", "b");
        take(queue, 1);

        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> queue.delivered(numbers.get(1)));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> queue.delivered(numbers.get(1) + 1));
        assertThat(queue.size().messages()).isEqualTo(2);
        queue.rewind();
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> queue.delivered(numbers.get(0)));

        assertThat(texts(takeAll(queue))).containsExactly("a", "b");
    }

    @EveryPolicy
    void e4_whatIsRefusedThrownOnOrRewoundIsStillInside(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        addAll(queue, "a", "b");
        Size inside = queue.size();

        queue.take((number, before, message) -> false);
        assertThatThrownBy(() -> queue.take((number, before, message) -> {
                    throw new IllegalStateException("taker");
                }))
                .hasMessage("taker");
        takeAll(queue);
        queue.rewind();

        assertThat(queue.size()).isEqualTo(inside);
        assertThat(drain(queue)).containsExactly("a", "b");
    }

    @EveryPolicy
    void e5_aRewoundMessageIsOfferedWholeAgain_howeverMuchOfItWasRead(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        addAll(queue, "first", "second");
        byte[] some = new byte[3];

        queue.take((number, before, message) -> {
            message.get(some);
            return true;
        });
        queue.rewind();
        queue.take((number, before, message) -> {
            message.get(some);
            return false;
        });

        assertThat(texts(takeAll(queue))).containsExactly("first", "second");
    }

    @EveryPolicy
    void e5_aMessageCanBeRewoundAnyNumberOfTimes(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        long number = addAll(queue, "again").get(0);

        List<Taken> taken = new ArrayList<>(takeAll(queue));
        for (int i = 0; i < 100; i++) {
            queue.rewind();
            taken.addAll(takeAll(queue));
        }

        assertThat(taken.remove(0)).isEqualTo(new Taken(number, false, "again"));
        assertThat(taken).isEqualTo(Collections.nCopies(100, new Taken(number, true, "again")));
    }
}
