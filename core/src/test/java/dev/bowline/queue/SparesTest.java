package dev.bowline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SparesTest {
    private final Spares spares = new Spares();

    @Test
    void e2_aChunkGivenBackIsUsedAgainAndClear() {
        Chunk chunk = new Chunk(Spares.CHUNK);
        chunk.append(ByteBuffer.allocate(3), 3);
        spares.giveBack(chunk);

        assertThat(spares.forMessage(100)).isSameAs(chunk);
        assertThat(chunk.end()).isZero();
        assertThat(spares.forMessage(100)).isNotSameAs(chunk);
    }

    private Set<Chunk> giveBack(int chunks) {
        Set<Chunk> givenBack = new HashSet<>();
        spares.giveBack(new Chunk(4096));
        spares.giveBack(new Chunk(Spares.CHUNK + 1));
        for (int i = 0; i < chunks; i++) {
            Chunk chunk = new Chunk(Spares.CHUNK);
            givenBack.add(chunk);
            spares.giveBack(chunk);
        }
        return givenBack;
    }

    @Test
    void e2_keepsAtMostSixteenMebibytesOfCommonChunksWhileThereIsABacklog() {
        assertThat(usedAgain(giveBack(300))).isEqualTo(256);
    }

    @Test
    void e2_keepsAtMostOneMebibyteOfThemWhenTheQueueIsEmpty() {
        Set<Chunk> givenBack = giveBack(100);
        spares.shrink();
        assertThat(usedAgain(givenBack)).isEqualTo(16);
    }

    @Test
    void e2_whatNobodyNeedsGoesOneChunkEachTimeTheQueueIsEmpty() {
        Set<Chunk> givenBack = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            Chunk chunk = new Chunk(Spares.CHUNK);
            givenBack.add(chunk);
            spares.giveBack(chunk);
        }
        for (int i = 0; i < 4; i++) {
            spares.shrink(); // the first only begins to count
        }

        assertThat(usedAgain(givenBack)).isEqualTo(7);
    }

    @Test
    void e2_chunksThatAreNeededStay() {
        Chunk chunk = new Chunk(Spares.CHUNK);
        spares.giveBack(chunk);
        spares.shrink();
        for (int i = 0; i < 4; i++) {
            assertThat(spares.forMessage(100)).isSameAs(chunk);
            spares.giveBack(chunk);
            spares.shrink();
        }
    }

    private int usedAgain(Set<Chunk> givenBack) {
        int count = 0;
        while (givenBack.contains(spares.forMessage(100))) {
            count++;
        }
        return count;
    }
}
