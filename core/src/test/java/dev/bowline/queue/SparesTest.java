package dev.bowline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SparesTest {
    /** What is held softly, for a test that does what the collector does. */
    private final List<Reference<Spares.Shelf>> soft = new ArrayList<>();

    private final Spares spares = new Spares() {
        @Override
        Reference<Spares.Shelf> softly(Spares.Shelf shelf) {
            soft.add(super.softly(shelf));
            return soft.get(soft.size() - 1);
        }
    };

    @Test
    void e2_aChunkGivenBackIsUsedAgainAndClear() {
        Chunk chunk = new Chunk(Spares.CHUNK);
        chunk.endAt(7, new Chunk(Spares.CHUNK));
        spares.giveBack(chunk);

        assertThat(spares.forMessage(100)).isSameAs(chunk);
        assertThat(chunk.end()).isZero();
        assertThat(chunk.next()).isNull();
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
    void e2_whenTheQueueIsEmptyTheCollectorMayHaveThem() {
        Set<Chunk> givenBack = giveBack(100);
        spares.rest();
        soft.forEach(Reference::clear);
        assertThat(usedAgain(givenBack)).isZero();
        assertThat(usedAgain(giveBack(300))).as("counted anew").isEqualTo(256);
    }

    @Test
    void e2_aBacklogThatComesBackFindsThemAllAsLongAsTheCollectorDoesNotTakeThem() {
        Set<Chunk> givenBack = giveBack(100);
        spares.rest();
        assertThat(usedAgain(givenBack)).isEqualTo(100);
        assertThat(soft).hasSize(1);
    }

    @Test
    void e2_aQueueThatNeedsNoneLeavesThemAlone() {
        Set<Chunk> givenBack = giveBack(100);
        spares.rest();
        spares.rest();
        assertThat(soft).hasSize(1);
        assertThat(usedAgain(givenBack)).isEqualTo(100);
    }

    private int usedAgain(Set<Chunk> givenBack) {
        int count = 0;
        while (givenBack.contains(spares.forMessage(100))) {
            count++;
        }
        return count;
    }
}
