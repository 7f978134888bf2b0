package dev.bowline.testkit.contract.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.queue.MessageQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Takes, rewinds and delivers at random, and checks each message that it is offered. */
final class StressConsumer {
    private final MessageQueue queue;
    private final Random random;

    /** What is taken and not delivered, in order. */
    private final Deque<Long> inHand = new ArrayDeque<>();

    /** Every message ever accepted, by its number. */
    private final Map<Long, StampedMessage> accepted = new TreeMap<>();

    /** The delivered among them. */
    private final Map<Long, StampedMessage> delivered = new TreeMap<>();

    /** The message accepted last, or delivered last if there was a rewind since. */
    private long last;

    StressConsumer(MessageQueue queue, Random random) {
        this.queue = queue;
        this.random = random;
    }

    /** By their numbers. */
    Map<Long, StampedMessage> delivered() {
        return delivered;
    }

    void step() throws IOException {
        int kind = random.nextInt(8);
        if (kind == 0) {
            rewind();
        } else if (kind < 4) {
            deliver(random.nextInt(inHand.size() + 1));
        } else {
            take(random.nextInt(200));
        }
    }

    /** When nothing is added any more. */
    void takeTheRest() throws IOException {
        rewind();
        take(Integer.MAX_VALUE);
        deliver(inHand.size());
    }

    private void take(int most) throws IOException {
        int before = inHand.size();
        int taken = queue.take((number, maybeHandedBefore, message) -> {
            if (inHand.size() - before == most) {
                return false;
            }
            check(number, maybeHandedBefore, message);
            inHand.add(number);
            last = number;
            return true;
        });
        assertThat(taken).isEqualTo(inHand.size() - before);
    }

    private void check(long number, boolean maybeHandedBefore, ByteBuffer message) {
        StampedMessage stamp = StampedMessage.of(message);
        if (number <= last) {
            throw new AssertionError("doubled or out of order: " + stamp + " is " + number + ", after " + last);
        }
        StampedMessage before = accepted.put(number, stamp);
        if (maybeHandedBefore != (before != null) || (before != null && !before.equals(stamp))) {
            throw new AssertionError(stamp + " is said to be handed before: " + maybeHandedBefore + ", was: " + before);
        }
    }

    private void deliver(int count) throws IOException {
        long through = 0;
        for (int i = 0; i < count; i++) {
            through = inHand.remove();
            delivered.put(through, accepted.get(through));
        }
        if (count > 0) {
            queue.delivered(through);
        }
    }

    private void rewind() {
        queue.rewind();
        if (!inHand.isEmpty()) {
            last = inHand.getFirst() - 1;
            inHand.clear();
        }
    }
}
