package dev.bowline.queue;

import static dev.bowline.queue.Taken.message;
import static dev.bowline.queue.Taken.takeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryQueueTest extends MessageQueueContract {
    private static final int OVERHEAD = 4;

    @Override
    MessageQueue open(long maxBytes, long maxMessages, WhenFull whenFull) {
        return memoryQueue(maxBytes, maxMessages, whenFull);
    }

    static MessageQueue memoryQueue(long maxBytes, long maxMessages, WhenFull whenFull) {
        return MemoryQueue.builder()
                .maxBytes(maxBytes)
                .maxMessages(maxMessages)
                .whenFull(whenFull)
                .build();
    }

    @SuppressWarnings("ByteBufferBackingArray") // which array it is matters, not where in it the message lies
    private static byte[] chunkOf(ByteBuffer message) {
        return message.array();
    }

    @Test
    void e1_numbersAreConsecutiveFromOne() throws Exception {
        assertThat(addAll(queue(), "a", "b", "c")).containsExactly(1L, 2L, 3L);
    }

    @Test
    void e2_aMessageCountsItsBytesAndFourMore() throws Exception {
        assertThat(cost(0)).isEqualTo(OVERHEAD);
        assertThat(cost(100_000)).isEqualTo(100_000 + OVERHEAD);
    }

    @Test
    void e2_holdsSixteenMebibytesUnlessToldOtherwise() throws Exception {
        MessageQueue queue = MemoryQueue.builder().build();
        queue.add(ByteBuffer.allocate((16 << 20) - OVERHEAD), Duration.ZERO);

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

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 60, 4_091, 4_092, 4_093, 30_000, 65_531, 65_532, 65_533, 200_000})
    void e1_orderAndBytesHoldWhereverAMessageFallsInItsChunk(int length) throws Exception {
        MessageQueue queue = queue();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 20; i++) {
                queue.add(ByteBuffer.allocate(length), Duration.ZERO);
                queue.add(message("between " + i), Duration.ZERO);
            }
            assertThat(queue.size().bytes()).isEqualTo(20L * (length + OVERHEAD) + 10 * 13 + 10 * 14);
            takeAll(queue);
            queue.rewind();
            List<Taken> taken = takeAll(queue);
            for (int i = 0; i < 20; i++) {
                assertThat(taken.get(2 * i).text()).hasSize(length);
                assertThat(taken.get(2 * i + 1).text()).isEqualTo("between " + i);
                queue.delivered(taken.get(2 * i + 1).number());
            }
            assertThat(queue.size()).isEqualTo(new MessageQueue.Size(0, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 4_092, 30_000, 65_532, 65_533})
    void e1_whatIsAddedBetweenTakeAndDeliveryComesNext_alsoInANewChunk(int length) throws Exception {
        MessageQueue queue = queue();
        queue.add(ByteBuffer.allocate(length), Duration.ZERO);
        for (int i = 0; i < 50; i++) {
            long taken = takeAll(queue).get(0).number();
            queue.add(ByteBuffer.allocate(length), Duration.ZERO);
            queue.add(message("and " + i), Duration.ZERO);
            queue.delivered(taken);

            List<Taken> next = Taken.take(queue, 1);
            assertThat(next).extracting(Taken::number).containsExactly(taken + 1);
            queue.delivered(taken + 1);
            assertThat(queue.size().bytes()).isEqualTo(message("and " + i).remaining() + OVERHEAD);
        }
    }

    @Test
    void e1_takeOffersWhatWasInsideWhenItWasCalled() throws Exception {
        MessageQueue queue = queue();
        for (int i = 0; i < 3; i++) {
            queue.add(ByteBuffer.allocate(3_000), Duration.ZERO);
        }

        int taken = queue.take((number, before, message) -> {
            elsewhere(() -> queue.add(message("later"), Duration.ZERO));
            return true;
        });

        assertThat(taken).isEqualTo(3);
        assertThat(texts(takeAll(queue))).containsExactly("later", "later", "later");
    }

    @Test
    void e2_chunksAreUsedAgain_soABacklogMakesNoGarbage() throws Exception {
        MessageQueue queue = queue(1 << 20, UNLIMITED, WhenFull.FAIL);
        Set<byte[]> chunks = Collections.newSetFromMap(new IdentityHashMap<>());
        ByteBuffer line = ByteBuffer.allocate(60);
        for (int i = 0; i < 15_000; i++) {
            queue.add(line, Duration.ZERO);
        }
        for (int round = 0; round < 300; round++) {
            long[] last = new long[1];
            int[] left = {1000};
            int taken = queue.take((number, before, message) -> {
                chunks.add(chunkOf(message));
                last[0] = number;
                return left[0]-- > 0;
            });
            queue.delivered(last[0] - 1);
            for (int i = 0; i < taken; i++) {
                queue.add(line, Duration.ZERO);
            }
        }

        assertThat(chunks).as("arrays for 20 MB that went through").hasSizeLessThan(20);
    }

    @Test
    void e2_anIdleQueueKeepsUsingItsFirstSmallChunk() throws Exception {
        MessageQueue queue = queue();
        Set<byte[]> chunks = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 1000; i++) {
            long number = queue.add(ByteBuffer.allocate(60), Duration.ZERO);
            queue.take((n, before, message) -> {
                chunks.add(chunkOf(message));
                return true;
            });
            queue.delivered(number);
        }

        assertThat(chunks).hasSize(1);
        assertThat(chunks.iterator().next()).hasSize(4096);
    }

    @Test
    void e6_aTakerCanNotBeTheConsumerOfTheQueueThatCallsIt() throws Exception {
        MemoryQueue queue = MemoryQueue.builder().build();
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

    @Test
    void e7_closeFreesWhatIsInside_alsoUnderATaker() throws Exception {
        MemoryQueue queue = MemoryQueue.builder().build();
        addAll(queue, "a", "b");

        int taken = queue.take((number, before, message) -> {
            queue.close();
            return true;
        });

        assertThat(taken).isEqualTo(2);
        assertThat(queue.size()).isEqualTo(new MessageQueue.Size(0, 0));
        assertThat(queue.newest()).isEqualTo(2);
        queue.delivered(2);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> queue.delivered(3));
    }
}
