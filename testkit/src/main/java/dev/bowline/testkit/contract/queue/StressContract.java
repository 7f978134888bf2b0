package dev.bowline.testkit.contract.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.MessageQueue.Size;
import dev.bowline.queue.WhenFull;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Senders and a consumer at once (rules E1 to E4): no message is lost, doubled, torn or out of order, the bound holds, and
 * in the end what was added is what was delivered and what was dropped.
 */
public abstract class StressContract extends MessageQueueContract {
    private static final int SENDERS = 4;
    private static final long MOST = 300_000;

    /** For a queue's own class. */
    protected StressContract() {}

    @EveryPolicy
    void e4_whatFourThreadsAddIsDeliveredOrDroppedOnceAndInOrder(WhenFull policy) throws Exception {
        for (long seed : new long[] {2008, 8001}) {
            stress(policy, seed);
        }
    }

    private void stress(WhenFull policy, long seed) throws Exception {
        MessageQueue queue = queue(MOST, UNLIMITED, policy);
        AtomicBoolean stop = new AtomicBoolean();
        Map<Thread, StressSender> onThread = new ConcurrentHashMap<>();
        queue.listen(tellingSenders(onThread));
        List<StressSender> senders = new ArrayList<>();
        List<Sender> threads = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            StressSender sender =
                    new StressSender(queue, policy, i, stressMessages() / SENDERS, new Random(seed + i), stop);
            senders.add(sender);
            threads.add(Sender.of(() -> {
                onThread.put(Thread.currentThread(), sender);
                return sender.run();
            }));
        }
        StressConsumer consumer = new StressConsumer(queue, new Random(~seed));
        try {
            while (!threads.stream().allMatch(Sender::isDone)) {
                consumer.step();
                assertThat(queue.size().bytes()).isBetween(0L, MOST);
            }
            for (Sender thread : threads) {
                thread.number();
            }
            consumer.takeTheRest();
        } finally {
            stop.set(true);
        }
        assertThat(queue.size()).isEqualTo(new Size(0, 0));
        account(senders, consumer.delivered());
    }

    /** Tells each drop to the sender on whose thread it is told. */
    private static MessageQueue.Listener tellingSenders(Map<Thread, StressSender> onThread) {
        return new MessageQueue.Listener() {
            @Override
            public void available() {}

            @Override
            public void dropped(long number, boolean maybeHandedBefore, ByteBuffer message) {
                StampedMessage.of(message);
                StressSender sender = onThread.get(Thread.currentThread());
                if (sender == null) {
                    throw new AssertionError("told on a thread that adds nothing: " + Thread.currentThread());
                }
                sender.dropped(number);
            }
        };
    }

    /** Every message once, among those delivered or those dropped; and each under the number that its sender got. */
    private static void account(List<StressSender> senders, Map<Long, StampedMessage> delivered) {
        Map<Long, StampedMessage> added = new TreeMap<>();
        Set<Long> dropped = new TreeSet<>();
        int drops = 0;
        for (int name = 0; name < senders.size(); name++) {
            List<Long> numbers = senders.get(name).numbers();
            for (int place = 0; place < numbers.size(); place++) {
                added.put(numbers.get(place), new StampedMessage(name, place));
            }
            dropped.addAll(senders.get(name).dropped());
            drops += senders.get(name).dropped().size();
        }
        assertThat(drops).as("drops told, each once").isEqualTo(dropped.size());
        // Not by an assertion about collections, which would compare each with each.
        assertThat(added.keySet().containsAll(dropped))
                .as("drops are of what was added")
                .isTrue();
        added.keySet().removeAll(dropped);
        assertThat(delivered.equals(added))
                .as("delivered is what was added and not dropped")
                .isTrue();
    }
}
