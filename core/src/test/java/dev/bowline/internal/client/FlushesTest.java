package dev.bowline.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.NotDeliveredException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Rule F4 between two threads: one delivers what is newer while another is about to tell of a drop. */
class FlushesTest {
    private final AtomicBoolean allIsTold = new AtomicBoolean(true);
    private final Flushes flushes = new Flushes(allIsTold::get);

    @Test
    void f4_aFlushDoesNotCompleteWhileADropThatItCoversIsOnItsWay() {
        CompletableFuture<Void> covering = flushes.until(() -> 5);
        allIsTold.set(false); // message 3 was dropped, and its thread has not said so yet
        flushes.delivered(5);
        assertThat(covering).isNotDone();
        flushes.failFrom(3, new NotDeliveredException("dropped"));
        allIsTold.set(true);
        flushes.completeReached();
        assertThat(covering)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(NotDeliveredException.class);
    }

    @Test
    void f4_aFlushThatADropDoesNotConcernCompletesWhenTheDropWasTold() {
        CompletableFuture<Void> before = flushes.until(() -> 2);
        allIsTold.set(false);
        flushes.delivered(2);
        flushes.failFrom(3, new NotDeliveredException("dropped"));
        assertThat(before).isNotDone();
        allIsTold.set(true);
        flushes.completeReached();
        assertThat(before).isCompletedWithValue(null);
    }
}
