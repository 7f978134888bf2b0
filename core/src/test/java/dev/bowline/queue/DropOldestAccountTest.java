package dev.bowline.queue;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A queue that drops the oldest, in all interleavings of senders with a consumer that accepts, refuses and rewinds: each
 * message is delivered, or dropped and told, or inside, and never two of these (rules E3, E4).
 */
@Timeout(120)
class DropOldestAccountTest {
    private static final int ROOM = 2;

    /** The senders' calls return nothing that could be compared; what counts is what {@link #eachHasOneFate} finds. */
    public static class Account {
        /** More than are ever added. */
        private static final int MOST = 64;

        private final MemoryQueue queue = MemoryQueue.builder()
                .maxMessages(ROOM)
                .whenFull(WhenFull.DROP_OLDEST)
                .build();

        private final AtomicInteger added = new AtomicInteger();

        /** How often each message was dropped or delivered, by its number. */
        private final AtomicIntegerArray fates = new AtomicIntegerArray(MOST);

        /** What was accepted, and neither delivered nor rewound. Belongs to the consumer. */
        private final Deque<Long> inHand = new ArrayDeque<>();

        public Account() {
            queue.listen(new MessageQueue.Listener() {
                @Override
                public void available() {}

                @Override
                public void dropped(long number, boolean maybeHandedBefore, ByteBuffer message) {
                    fates.incrementAndGet((int) number);
                }
            });
        }

        @Operation
        public void add() throws InterruptedException {
            queue.add(ByteBuffer.allocate(1), Duration.ZERO);
            added.incrementAndGet();
        }

        @Operation(nonParallelGroup = "consumer")
        public void takeAll() {
            queue.take((number, maybeHandedBefore, message) -> inHand.add(number));
        }

        /** The second is offered, and refused. */
        @Operation(nonParallelGroup = "consumer")
        public void takeOne() {
            int enough = inHand.size() + 1;
            queue.take((number, maybeHandedBefore, message) -> inHand.size() < enough && inHand.add(number));
        }

        @Operation(nonParallelGroup = "consumer")
        public void rewind() {
            queue.rewind();
            inHand.clear();
        }

        @Operation(nonParallelGroup = "consumer")
        public void deliverOne() {
            Long oldest = inHand.poll();
            if (oldest != null) {
                queue.delivered(oldest);
                fates.incrementAndGet(oldest.intValue());
            }
        }

        @Validate
        public void eachHasOneFate() {
            queue.rewind();
            queue.take((number, maybeHandedBefore, message) -> {
                fates.incrementAndGet((int) number);
                return true;
            });
            for (int number = 1; number <= added.get(); number++) {
                if (fates.get(number) != 1) {
                    throw new IllegalStateException("message " + number + " of " + added
                            + " was dropped, delivered or left over " + fates.get(number) + " times");
                }
            }
        }
    }

    @Test
    void e3_eachMessageIsDeliveredOrDroppedOrInside() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(2)
                .actorsAfter(0)
                .iterations(6)
                .invocationsPerIteration(300)
                .addGuarantee(forClasses(
                                Bounds.class.getName(),
                                StoredMessage.class.getName(),
                                StoredMessages.class.getName(),
                                "java.util.ArrayDeque",
                                "java.util.ArrayList")
                        .allMethods()
                        .treatAsAtomic())
                .check(Account.class);
    }
}
