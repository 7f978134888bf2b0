package dev.bowline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/** Takes, rewinds and delivers at random, and checks each message against what must come. */
final class StressConsumer {
    private final MessageQueue queue;
    private final Random random;

    /** What is taken and not delivered, in order. */
    private final Deque<Stamp> inHand = new ArrayDeque<>();

    /** What a rewind put back, and so must come first, in order. */
    private final Deque<Stamp> expected = new ArrayDeque<>();

    private final int[] nextPlace;
    private final int[] delivered;
    private long lastNew;

    private record Stamp(long number, int sender, int place, int length) {}

    StressConsumer(MessageQueue queue, Random random, int senders) {
        this.queue = queue;
        this.random = random;
        nextPlace = new int[senders];
        delivered = new int[senders];
    }

    int deliveredOf(int sender) {
        return delivered[sender];
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

    private void take(int most) throws IOException {
        int before = inHand.size();
        int taken = queue.take((number, maybeHandedBefore, message) -> {
            if (inHand.size() - before == most) {
                return false;
            }
            inHand.add(check(number, maybeHandedBefore, message));
            return true;
        });
        assertThat(taken).isEqualTo(inHand.size() - before);
    }

    private void deliver(int count) throws IOException {
        Stamp last = null;
        for (int i = 0; i < count; i++) {
            last = inHand.remove();
            delivered[last.sender]++;
        }
        if (last != null) {
            queue.delivered(last.number);
        }
    }

    private void rewind() {
        queue.rewind();
        while (!inHand.isEmpty()) {
            expected.addFirst(inHand.removeLast());
        }
    }

    private Stamp check(long number, boolean maybeHandedBefore, ByteBuffer message) {
        Stamp stamp = new Stamp(number, message.getInt(), message.getInt(), message.remaining());
        byte filler = MessageQueueStressContract.filler(stamp.sender, stamp.place);
        while (message.hasRemaining()) {
            if (message.get() != filler) {
                throw new AssertionError("torn: " + stamp);
            }
        }
        Stamp again = expected.poll();
        if (maybeHandedBefore != (again != null)) {
            throw new AssertionError("maybeHandedBefore is wrong: " + stamp);
        }
        if (again != null) {
            assertThat(stamp).isEqualTo(again);
        } else if (stamp.place != nextPlace[stamp.sender]++ || number <= lastNew) {
            throw new AssertionError("lost, doubled or out of order: " + stamp);
        } else {
            lastNew = number;
        }
        return stamp;
    }
}
