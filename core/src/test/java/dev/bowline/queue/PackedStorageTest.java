package dev.bowline.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages one behind the other in chunks that are used again. */
class PackedStorageTest {
    private static final int OVERHEAD = 4;

    private final MemoryQueue queue =
            MemoryQueue.builder().whenFull(WhenFull.FAIL).build();

    @SuppressWarnings("ByteBufferBackingArray") // which array it is matters, not where in it the message lies
    private static byte[] chunkOf(ByteBuffer message) {
        return message.array();
    }

    private void add(int length) throws InterruptedException {
        queue.add(ByteBuffer.allocate(length), Duration.ZERO);
    }

    private void add(String text) throws InterruptedException {
        queue.add(ByteBuffer.wrap(text.getBytes(US_ASCII)), Duration.ZERO);
    }

    private List<String> takeAll() {
        List<String> taken = new ArrayList<>();
        queue.take(
                (number, before, message) -> taken.add(US_ASCII.decode(message).toString()));
        return taken;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 60, 4_091, 4_092, 4_093, 30_000, 65_531, 65_532, 65_533, 200_000})
    void e1_orderAndBytesHoldWhereverAMessageFallsInItsChunk(int length) throws Exception {
        for (int round = 0; round < 3; round++) {
            long before = queue.newest();
            for (int i = 0; i < 20; i++) {
                add(length);
                add("between " + i);
            }
            assertThat(queue.size().bytes()).isEqualTo(20L * (length + OVERHEAD) + 10 * 13 + 10 * 14);
            takeAll();
            queue.rewind();
            List<String> taken = takeAll();
            for (int i = 0; i < 20; i++) {
                assertThat(taken.get(2 * i)).hasSize(length);
                assertThat(taken.get(2 * i + 1)).isEqualTo("between " + i);
                queue.delivered(before + 2L * i + 2);
            }
            assertThat(queue.size()).isEqualTo(new MessageQueue.Size(0, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 4_092, 30_000, 65_532, 65_533})
    void e1_whatIsAddedBetweenTakeAndDeliveryComesNext_alsoInANewChunk(int length) throws Exception {
        add(length);
        for (int i = 0; i < 50; i++) {
            takeAll();
            long taken = queue.newest();
            add(length);
            add("and " + i);
            queue.delivered(taken);

            List<Long> next = new ArrayList<>();
            queue.take((number, before, message) -> next.isEmpty() && next.add(number));
            assertThat(next).containsExactly(taken + 1);
            queue.delivered(taken + 1);
            assertThat(queue.size().bytes()).isEqualTo(("and " + i).length() + OVERHEAD);
        }
    }

    @Test
    void e2_chunksAreUsedAgain_soABacklogMakesNoGarbage() throws Exception {
        Set<byte[]> chunks = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 15_000; i++) {
            add(60);
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
                add(60);
            }
        }

        assertThat(chunks).as("arrays for 20 MB that went through").hasSizeLessThan(20);
    }

    @Test
    void e2_anIdleQueueKeepsUsingItsFirstSmallChunk() throws Exception {
        Set<byte[]> chunks = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 1000; i++) {
            add(60);
            queue.take((number, before, message) -> {
                chunks.add(chunkOf(message));
                return true;
            });
            queue.delivered(queue.newest());
        }

        assertThat(chunks).hasSize(1);
        assertThat(chunks.iterator().next()).hasSize(4096);
    }
}
