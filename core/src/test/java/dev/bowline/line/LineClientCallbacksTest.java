package dev.bowline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.QueueFullException;
import dev.bowline.testing.FakeLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a callback nothing waits, of a client or of a queue that somebody else wrote (rules E3 and F4). */
class LineClientCallbacksTest extends GreeterFixture {
    /** Tells how long it was asked to wait, where it can't. */
    private static final class WaitingAnywhere extends DelegatingQueue {
        WaitingAnywhere(MessageQueue inner) {
            super(inner);
        }

        @Override
        public long add(ByteBuffer message, Duration wait) throws IOException, InterruptedException {
            if (!wait.isZero()) {
                throw new IllegalStateException("was to wait for " + wait);
            }
            return super.add(message, wait);
        }
    }

    @Test
    void f4_joiningAFutureInACallbackThrowsInsteadOfHanging() throws Exception {
        LineClient[] client = new LineClient[1];
        List<Throwable> thrown = new ArrayList<>();
        reaction = (protocol, line) -> {
            client[0].offer("queued, not yet delivered");
            for (Runnable join : List.<Runnable>of(
                    () -> client[0].flush().join(),
                    () -> client[0].flush().thenRun(() -> {}).join(),
                    () -> client[0].drain(LIMIT).join())) {
                try {
                    join.run();
                } catch (IllegalStateException refused) {
                    thrown.add(refused);
                }
            }
            try {
                client[0].await(LIMIT);
            } catch (IllegalStateException refused) {
                thrown.add(refused);
            }
            client[0].close();
        };
        client[0] = builder().open();
        FakeLink link = engine.next().succeed();
        link.receive("anything\r\n");
        assertThat(thrown).hasSize(4);
        clock.advance(LIMIT);
        link.runTasks();
        link.loseIfReleased();
    }

    /** A queue that knows where it must not wait, and one that leaves that to its client. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void e3_inACallbackNothingWaitsForRoom(boolean ownQueue) throws Exception {
        MemoryQueue small = MemoryQueue.builder().maxMessages(1).build();
        LineClient client = builder()
                .queue(ownQueue ? small : new WaitingAnywhere(small))
                .sendWait(Duration.ofDays(1))
                .open();
        List<Object> outcomes = new ArrayList<>();
        reaction = (protocol, line) -> {
            outcomes.add(client.offer("fits"));
            outcomes.add(client.offer("does not"));
            try {
                client.send("does not");
            } catch (QueueFullException full) {
                outcomes.add(full.getClass());
            }
        };
        FakeLink link = engine.next().succeed();
        link.receive("go\r\n");
        assertThat(outcomes).containsExactly(true, false, QueueFullException.class);
        link.lose(null);
    }

    @Test
    void e3_aContinuationOfAFutureIsACallbackToo() throws Exception {
        LineClient client = builder()
                .queue(MemoryQueue.builder().maxMessages(1).build())
                .sendWait(Duration.ofDays(1))
                .open();
        client.send("m1");
        List<Object> outcomes = new ArrayList<>();
        CompletableFuture<Void> unused = client.flush().thenRun(() -> {
            client.offer("m2");
            try {
                client.send("m3");
            } catch (QueueFullException | InterruptedException full) {
                outcomes.add(full.getClass());
            }
        });
        FakeLink link = engine.next().succeed();
        link.receive("welcome\r\n");
        assertThat(outcomes).containsExactly(QueueFullException.class);
        link.lose(null);
    }
}
