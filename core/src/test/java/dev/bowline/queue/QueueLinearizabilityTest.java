package dev.bowline.queue;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Senders and the consumer in all interleavings. What each call returns is what it would have returned if the calls had
 * come one after the other, each at one moment between its begin and its end.
 *
 * <p>That holds of all calls of a queue that drops nothing, and of one that drops what comes: to take or to rewind changes
 * nothing that anybody but the consumer sees, and so a take that goes on for a while is as good as one at its beginning.
 *
 * <p>It does not hold of {@code take} where the oldest go, nor is it meant to. A take claims message by message, and a
 * sender can drop the second while the first is being offered: no take at one moment leaves such a gap. What holds there
 * is that each message has one fate, {@link DropOldestAccountTest}.
 */
@Timeout(120)
class QueueLinearizabilityTest {
    private static final int ROOM = 2;

    /** All that is done to a queue, whatever it does when it is full. */
    public abstract static class Calls {
        private final MemoryQueue queue;

        /** The newest message taken. Belongs to the consumer. */
        private long lastTaken;

        Calls(WhenFull whenFull) {
            queue = MemoryQueue.builder().maxMessages(ROOM).whenFull(whenFull).build();
        }

        /** Returns its number; or throws that it is full or sealed, which counts as a result. */
        @Operation
        public long add() throws InterruptedException {
            return queue.add(ByteBuffer.allocate(1), Duration.ZERO);
        }

        @Operation
        public long messages() {
            return queue.size().messages();
        }

        @Operation(runOnce = true)
        public void seal() {
            queue.seal();
        }

        /** Takes all there are. */
        @Operation(nonParallelGroup = "consumer")
        public List<String> take() {
            List<String> taken = new ArrayList<>();
            queue.take((number, maybeHandedBefore, message) -> {
                lastTaken = number;
                return taken.add(number + (maybeHandedBefore ? " again" : ""));
            });
            return taken;
        }

        @Operation(nonParallelGroup = "consumer")
        public void delivered() {
            queue.delivered(lastTaken);
        }

        @Operation(nonParallelGroup = "consumer")
        public void rewind() {
            queue.rewind();
            lastTaken = 0;
        }
    }

    /** A queue that refuses what does not fit. */
    public static class Failing extends Calls {
        public Failing() {
            super(WhenFull.FAIL);
        }
    }

    /** A queue that drops what does not fit. */
    public static class DroppingTheNewest extends Calls {
        public DroppingTheNewest() {
            super(WhenFull.DROP_NEWEST);
        }
    }

    /** Room is made while a sender looks for it. Scenarios by chance seldom have that, and few of them would not do. */
    private static ExecutionScenario deliveryAgainstAdding() throws NoSuchMethodException {
        return new ExecutionScenario(
                List.of(call("add"), call("add")),
                List.of(List.of(call("take"), call("delivered")), List.of(call("add"), call("messages"))),
                List.of(call("take")),
                null);
    }

    private static Actor call(String name) throws NoSuchMethodException {
        return new Actor(Calls.class.getMethod(name), List.of());
    }

    private static void check(Class<? extends Calls> calls) throws NoSuchMethodException {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(2)
                .actorsAfter(1)
                .addCustomScenario(deliveryAgainstAdding())
                .iterations(6)
                .invocationsPerIteration(500)
                // What happens between the places is in question, not what lies there.
                .addGuarantee(forClasses(
                                Bounds.class.getName(),
                                Chunk.class.getName(),
                                Place.class.getName(),
                                Spares.class.getName(),
                                StoredMessage.class.getName(),
                                StoredMessages.class.getName(),
                                "java.util.ArrayList")
                        .allMethods()
                        .treatAsAtomic())
                .check(calls);
    }

    @Test
    void e1_aQueueThatFailsIsLinearizable() throws NoSuchMethodException {
        check(Failing.class);
    }

    @Test
    void e3_aQueueThatDropsWhatComesIsLinearizable() throws NoSuchMethodException {
        check(DroppingTheNewest.class);
    }
}
