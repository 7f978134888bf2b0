package dev.bowline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bowline.ClientFailedException;
import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.queue.QueueClosedException;
import dev.bowline.testing.FakeEngine;
import dev.bowline.testing.FakeLink;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How a client ends (rule F5). */
class LineClientEndTest extends GreeterFixture {
    @Test
    void f5_drainDeliversWhatIsQueuedBeforeItCloses() throws Exception {
        LineClient client = builder().open();
        client.send("m1");
        CompletableFuture<DrainResult> drained = client.drain(LIMIT);
        assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> client.send("m2"));
        FakeLink link = engine.next().succeed();
        link.receive("welcome\r\n");
        assertThat(link.taken()).isEqualTo("hello\r\nm1\r\n");
        assertThat(drained).as("the connection is still there").isNotDone();
        letGo(link);
        assertThat(drained).isCompletedWithValue(new DrainResult(1, 0, Leftover.NONE, Leftover.NONE));
    }

    @Test
    void f5_whenTheLimitPassesTheConnectionIsAbortedAndTheRestHandedBack() throws Exception {
        LineClient client = builder().open();
        client.send("m1");
        FakeLink link = engine.next().succeed();
        CompletableFuture<DrainResult> drained = client.drain(LIMIT);
        CompletableFuture<DrainResult> again = client.drain(Duration.ofDays(1));
        clock.advance(LIMIT);
        link.runTasks();
        assertThat(drained).as("nothing is handed back before the end").isNotDone();
        assertThat(link.calls()).containsExactly("abort");
        link.lose(null);
        assertThat(lines(drained.join())).containsExactly("m1");
        assertThat(again.join()).as("one result for every caller").isEqualTo(drained.join());
        assertThatExceptionOfType(ClientFailedException.class)
                .isThrownBy(() -> client.await(Duration.ZERO))
                .withMessage("127.0.0.1:8001: not all was delivered in time; 1 message undelivered");
    }

    @Test
    void f5_aDrainWithNothingToDeliverCancelsTheAttempt() throws Exception {
        LineClient client = builder().open();
        FakeEngine.Opening opening = engine.next();
        DrainResult result = client.drain(LIMIT).join();
        assertThat(opening.isCancelled()).isTrue();
        assertThat(result.isComplete()).isTrue();
        assertThat(client.await(Duration.ZERO)).isTrue();
    }

    @Test
    void f5_finishFromTheProtocolEndsTheClient() throws Exception {
        LineClient client = builder().open();
        client.send("m1");
        FakeLink link = engine.next().succeed();
        link.receive("welcome\r\nbye\r\n");
        letGo(link);
        assertThat(client.await(LIMIT)).isTrue();
        assertThat(link.taken()).isEqualTo("hello\r\nm1\r\n");
    }

    @Test
    void f5_closeWithinTheLimitHasItsOwnTime() throws Exception {
        LineClient client = builder().open();
        FakeLink link = engine.next().succeed();
        CompletableFuture<DrainResult> drained = client.drain(Duration.ofSeconds(1));
        link.runTasks();
        assertThat(link.calls()).containsExactly("fin");
        clock.advance(Duration.ofSeconds(5));
        link.runTasks();
        assertThat(link.calls()).as("the drain's limit is not the close's").containsExactly("fin");
        letGo(link);
        assertThat(drained).isDone();
    }

    @Test
    void f5_theUsersHandOnAFutureDoesNotReachTheClient() throws Exception {
        LineClient client = builder().open();
        client.send("m1");
        CompletableFuture<DrainResult> mine = client.drain(LIMIT);
        mine.cancel(true);
        FakeLink link = engine.next().succeed();
        link.receive("welcome\r\n");
        letGo(link);
        assertThat(client.drain(LIMIT).join().delivered()).isEqualTo(1);
    }
}
