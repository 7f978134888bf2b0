package dev.bowline.queue;

import static dev.bowline.queue.Taken.message;
import static dev.bowline.queue.Taken.take;
import static dev.bowline.queue.Taken.takeAll;
import static dev.bowline.queue.Taken.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every message queue does with messages once they are inside (rules E1, E4, E6, E7). */
abstract class MessageQueueContract extends MessageQueueFixture {
    @Test
    void e1_messagesComeOutInTheOrderTheyWentIn() throws Exception {
        MessageQueue queue = queue();
        List<Long> numbers = addAll(queue, "a", "", "ccc");

        List<Taken> taken = takeAll(queue);

        assertThat(texts(taken)).containsExactly("a", "", "ccc");
        assertThat(taken).extracting(Taken::number).isEqualTo(numbers);
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void e1_newestIsTheNumberOfTheLastMessageAdded() throws Exception {
        MessageQueue queue = queue();
        assertThat(queue.newest()).isZero();

        List<Long> numbers = addAll(queue, "a", "b");

        assertThat(numbers.get(0)).isPositive();
        assertThat(queue.newest()).isEqualTo(numbers.get(1));
        takeAll(queue);
        queue.delivered(numbers.get(1));
        assertThat(queue.newest()).isEqualTo(numbers.get(1));
    }

    @Test
    void e1_takeEndsWithTheFirstRefusedMessage_whichIsOfferedFirstNextTime() throws Exception {
        MessageQueue queue = queue();
        addAll(queue, "a", "b", "c");

        List<String> offered = new ArrayList<>();
        int accepted = queue.take((number, before, message) -> {
            offered.add(text(message));
            return offered.size() < 2;
        });

        assertThat(accepted).isEqualTo(1);
        assertThat(offered).containsExactly("a", "b");
        assertThat(texts(takeAll(queue))).containsExactly("b", "c");
        assertThat(takeAll(queue)).isEmpty();
    }

    @Test
    void e1_rewindPutsTakenMessagesBackAtTheHeadInOrder() throws Exception {
        MessageQueue queue = queue();
        addAll(queue, "a", "b", "c", "d");
        take(queue, 3);
        queue.rewind();
        addAll(queue, "e");

        assertThat(texts(takeAll(queue))).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void e1_rewindBringsBackOnlyWhatIsNotDelivered() throws Exception {
        MessageQueue queue = queue();
        List<Long> numbers = addAll(queue, "a", "b", "c");
        take(queue, 2);
        queue.delivered(numbers.get(0));
        queue.rewind();
        queue.rewind();

        assertThat(texts(takeAll(queue))).containsExactly("b", "c");
    }

    @Test
    void e4_maybeHandedBeforeIsSaidOfExactlyTheMessagesThatATakerAccepted() throws Exception {
        MessageQueue queue = queue();
        addAll(queue, "a", "b", "c", "d");
        assertThat(take(queue, 2)).extracting(Taken::maybeHandedBefore).containsExactly(false, false);
        queue.rewind();
        assertThat(take(queue, 1)).extracting(Taken::maybeHandedBefore).containsExactly(true);
        queue.rewind();

        assertThat(takeAll(queue)).extracting(Taken::maybeHandedBefore).containsExactly(true, true, false, false);
        queue.rewind();
        assertThat(takeAll(queue)).extracting(Taken::maybeHandedBefore).containsOnly(true);
    }

    @Test
    void e4_whatATakerAcceptedBeforeItThrewStaysTaken() throws Exception {
        MessageQueue queue = queue();
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

    @Test
    void e4_aMessageThatATakerThrewOnWasNotHandedBefore() throws Exception {
        MessageQueue queue = queue();
        addAll(queue, "a");

        assertThatThrownBy(() -> queue.take((number, before, message) -> {
                    throw new IllegalStateException("taker");
                }))
                .hasMessage("taker");

        assertThat(takeAll(queue)).extracting(Taken::maybeHandedBefore).containsExactly(false);
    }

    @Test
    void e4_eachMessageIsOfferedWholeWhateverTheTakerDidToTheBufferBefore() throws Exception {
        MessageQueue queue = queue();
        addAll(queue, "first", "second");
        List<String> seen = new ArrayList<>();

        queue.take((number, before, message) -> {
            seen.add(message.remaining() + " " + message.order() + " " + (char) message.get(message.position()));
            message.clear().position(1).order(ByteOrder.LITTLE_ENDIAN);
            return true;
        });

        assertThat(seen).containsExactly("5 BIG_ENDIAN f", "6 BIG_ENDIAN s");
    }

    @Test
    void e4_addCopiesFromPositionToLimitAndMovesNeither() throws Exception {
        MessageQueue queue = queue();
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

    @Test
    void e4_deliveredForgetsUpToAndIncludingTheNumber() throws Exception {
        MessageQueue queue = queue();
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

    @Test
    void e4_deliveredRefusesWhatIsNotTakenAndForgetsNothing() throws Exception {
        MessageQueue queue = queue();
        List<Long> numbers = addAll(queue, "a", "b");
        take(queue, 1);

        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> queue.delivered(numbers.get(1)));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> queue.delivered(numbers.get(1) + 1));
        assertThat(queue.size().messages()).isEqualTo(2);
        queue.rewind();
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> queue.delivered(numbers.get(0)));

        assertThat(texts(takeAll(queue))).containsExactly("a", "b");
    }

    @Test
    void e6_theTakerRunsWithoutALockSoOthersGoOn() throws Exception {
        MessageQueue queue = queue();
        addAll(queue, "a");
        List<String> offered = new ArrayList<>();

        queue.take((number, before, message) -> {
            offered.add(text(message));
            elsewhere(() -> {
                queue.add(message("meanwhile"), Duration.ZERO);
                queue.size();
                queue.newest();
                queue.seal();
            });
            return true;
        });

        assertThat(offered.get(0)).isEqualTo("a");
        queue.rewind();
        assertThat(texts(takeAll(queue))).containsExactly("a", "meanwhile");
    }

    @Test
    void e6_theTakerMayAddItself() throws Exception {
        MessageQueue queue = queue();
        addAll(queue, "a");

        take(queue, 1);
        queue.rewind();
        queue.take((number, before, message) -> {
            try {
                queue.add(message("inside"), Duration.ZERO);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
            return false;
        });

        assertThat(texts(takeAll(queue))).containsExactly("a", "inside");
    }

    @Test
    void e6_theListenerHearsOfEachMessageWithoutALock() throws Exception {
        MessageQueue queue = queue(16 << 20, 2, WhenFull.WAIT);
        AtomicInteger heard = new AtomicInteger();
        queue.listen(() -> {
            elsewhere(queue::size);
            heard.incrementAndGet();
        });

        addAll(queue, "a", "b");
        assertThat(heard).hasValue(2);
        assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> queue.add(message("c"), Duration.ZERO));
        takeAll(queue);
        queue.rewind();

        assertThat(heard).hasValue(2);
    }

    @Test
    void e7_aSealedQueueTakesNothingInAndKeepsWhatIsInside() throws Exception {
        MessageQueue queue = queue();
        List<Long> numbers = addAll(queue, "a", "b", "c");
        take(queue, 2);
        queue.delivered(numbers.get(0));
        queue.seal();
        queue.seal();

        assertThatExceptionOfType(QueueClosedException.class)
                .isThrownBy(() -> queue.add(message("later"), Duration.ofSeconds(10)))
                .withMessageContainingAll("5 bytes", "2");
        assertThat(queue.newest()).isEqualTo(numbers.get(2));

        queue.rewind();
        assertThat(takeAll(queue))
                .containsExactly(new Taken(numbers.get(1), true, "b"), new Taken(numbers.get(2), false, "c"));
        queue.delivered(numbers.get(2));
        assertThat(queue.size()).isEqualTo(new MessageQueue.Size(0, 0));
    }

    @Test
    void e7_aClosedQueueTakesNothingInAndOffersNothing() throws Exception {
        MessageQueue queue = queue();
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
