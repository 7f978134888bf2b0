package dev.bowline.testkit.contract.queue;

import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.QueueFullException;
import dev.bowline.queue.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** Adds messages of all lengths, in order; repeats what was refused; and judges what is dropped on its thread. */
final class StressSender {
    private final MessageQueue queue;
    private final WhenFull policy;
    private final int name;
    private final int messages;
    private final Random random;
    private final AtomicBoolean stop;

    /** The numbers of its messages, by their places. As all below, the sender's thread's until that has ended. */
    private final List<Long> numbers = new ArrayList<>();

    /** All messages, of whatever sender, that the queue told it to have dropped for one of its own. */
    private final List<Long> dropped = new ArrayList<>();

    StressSender(MessageQueue queue, WhenFull policy, int name, int messages, Random random, AtomicBoolean stop) {
        this.queue = queue;
        this.policy = policy;
        this.name = name;
        this.messages = messages;
        this.random = random;
        this.stop = stop;
    }

    List<Long> numbers() {
        return numbers;
    }

    List<Long> dropped() {
        return dropped;
    }

    /** On the sender's thread. */
    void dropped(long number) {
        dropped.add(number);
    }

    /** Returns how many messages were added. */
    long run() throws Exception {
        while (numbers.size() < messages && !stop.get()) {
            int droppedBefore = dropped.size();
            try {
                long number = queue.add(new StampedMessage(name, numbers.size()).toBytes(length()), patience());
                judge(number, dropped.subList(droppedBefore, dropped.size()));
                numbers.add(number);
            } catch (QueueFullException full) {
                judgeRefusal(full, dropped.size() - droppedBefore);
                Thread.onSpinWait();
            }
        }
        return numbers.size();
    }

    private void judge(long number, List<Long> droppedForIt) {
        if (!numbers.isEmpty() && number <= numbers.get(numbers.size() - 1)) {
            throw new AssertionError("numbers do not rise: " + number);
        }
        switch (policy) {
            case WAIT, FAIL -> check(droppedForIt.isEmpty(), number, droppedForIt);
            case DROP_NEWEST ->
                check(droppedForIt.isEmpty() || droppedForIt.equals(List.of(number)), number, droppedForIt);
            case DROP_OLDEST -> check(isSorted(droppedForIt, number), number, droppedForIt);
        }
    }

    /** Older ones, oldest first; or itself and nothing else. */
    private static boolean isSorted(List<Long> droppedForIt, long number) {
        long last = 0;
        for (long one : droppedForIt) {
            if (one <= last || one > number || (one == number && droppedForIt.size() > 1)) {
                return false;
            }
            last = one;
        }
        return true;
    }

    private static void check(boolean right, long number, List<Long> droppedForIt) {
        if (!right) {
            throw new AssertionError("for message " + number + " these were dropped: " + droppedForIt);
        }
    }

    private void judgeRefusal(QueueFullException full, int dropped) {
        if (policy == WhenFull.DROP_OLDEST || policy == WhenFull.DROP_NEWEST || dropped > 0) {
            throw new AssertionError("refused, under " + policy + ", with " + dropped + " dropped", full);
        }
    }

    private Duration patience() {
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ZERO;
            case 1 -> Duration.ofNanos(random.nextInt(100_000));
            default -> Duration.ofMinutes(1);
        };
    }

    private int length() {
        int kind = random.nextInt(1000);
        int more = kind == 0 ? random.nextInt(100_000) : kind < 20 ? random.nextInt(9_000) : random.nextInt(120);
        return StampedMessage.SHORTEST + more;
    }
}
