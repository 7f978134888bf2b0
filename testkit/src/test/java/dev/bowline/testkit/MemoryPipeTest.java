package dev.bowline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryPipeTest {
    /** Against a queue of single bytes, so that the ring wraps, and grows while it is wrapped. */
    @Test
    void itIsAQueueOfBytesWhateverIsPutInAndTakenOut() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        MemoryPipe pipe = new MemoryPipe(5_000);
        Queue<Byte> model = new ArrayDeque<>();
        for (int round = 0; round < 20_000; round++) {
            byte[] piece = new byte[random.nextInt(600)];
            if (random.nextBoolean()) {
                random.nextBytes(piece);
                ByteBuffer data = ByteBuffer.wrap(piece);
                pipe.offer(data);
                for (int i = 0; i < data.position(); i++) {
                    model.add(piece[i]);
                }
                assertThat(pipe.isFull() || !data.hasRemaining())
                        .as("seed %d", seed)
                        .isTrue();
            } else {
                int count = pipe.take(piece, 0, piece.length);
                assertThat(count).as("seed %d", seed).isEqualTo(Math.min(piece.length, model.size()));
                for (int i = 0; i < count; i++) {
                    assertThat(piece[i]).as("seed %d", seed).isEqualTo(model.remove());
                }
            }
            assertThat(pipe.size()).as("seed %d", seed).isEqualTo(model.size()).isLessThanOrEqualTo(5_000);
        }
    }

    @Test
    void whatIsAddedBeyondTheCapacityWaitsAndCanBeDropped() {
        MemoryPipe pipe = new MemoryPipe(3);
        pipe.add(new byte[] {1, 2, 3, 4, 5});
        assertThat(pipe.size()).isEqualTo(5);
        ByteBuffer more = ByteBuffer.allocate(1);
        pipe.offer(more);
        assertThat(more.hasRemaining()).isTrue();
        assertThat(pipe.dropUnsent()).isTrue();
        assertThat(pipe.dropUnsent()).isFalse();
        assertThat(pipe.copy()).containsExactly(1, 2, 3);
        assertThat(pipe.indexOf((byte) 3)).isEqualTo(2);
        assertThat(pipe.indexOf((byte) 4)).isEqualTo(-1);
    }
}
