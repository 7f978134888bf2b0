package dev.bowline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Senders and a consumer at once: no message is lost, doubled, torn or out of order, and the bound holds throughout.
 */
abstract class MessageQueueStressContract extends MessageQueueFixture {
    private static final int SENDERS = 4;
    private static final int MESSAGES = 25_000;
    private static final int STAMP = 2 * Integer.BYTES;
    private static final long MOST = 300_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2008, 8001})
    void e1_whatFourThreadsAddComesOutOnceAndInEachOnesOrder(long seed) throws Exception {
        MessageQueue queue = queue(MOST, UNLIMITED, WhenFull.WAIT);
        AtomicBoolean stop = new AtomicBoolean();
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int sender = i;
            senders.add(Sender.of(() -> send(queue, sender, new Random(seed + sender), stop)));
        }
        StressConsumer consumer = new StressConsumer(queue, new Random(~seed), SENDERS);
        try {
            while (!senders.stream().allMatch(Sender::isDone) || queue.size().messages() > 0) {
                consumer.step();
                assertThat(queue.size().bytes()).isBetween(0L, MOST);
            }
        } finally {
            stop.set(true);
        }

        for (int i = 0; i < SENDERS; i++) {
            assertThat(senders.get(i).number()).as("added by " + i).isEqualTo(MESSAGES);
            assertThat(consumer.deliveredOf(i)).as("delivered of " + i).isEqualTo(MESSAGES);
        }
        assertThat(queue.size()).isEqualTo(new MessageQueue.Size(0, 0));
    }

    /** Stamps each message with who sent it and its place, and repeats what was refused. Returns how many went in. */
    private static long send(MessageQueue queue, int sender, Random random, AtomicBoolean stop) throws Exception {
        long last = 0;
        int sent = 0;
        while (sent < MESSAGES && !stop.get()) {
            ByteBuffer message = stamped(sender, sent, length(random));
            try {
                long number = queue.add(message, patience(random));
                assertThat(number).isGreaterThan(last);
                last = number;
                sent++;
            } catch (QueueFullException e) {
                assertThat(message.position()).isZero();
                Thread.onSpinWait();
            }
        }
        return sent;
    }

    private static Duration patience(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ZERO;
            case 1 -> Duration.ofNanos(random.nextInt(100_000));
            default -> Duration.ofMinutes(1);
        };
    }

    private static int length(Random random) {
        int kind = random.nextInt(1000);
        return STAMP + (kind == 0 ? random.nextInt(100_000) : kind < 20 ? random.nextInt(9_000) : random.nextInt(120));
    }

    /** The rest of the message is one byte repeated, that follows from the stamp. */
    private static ByteBuffer stamped(int sender, int place, int length) {
        ByteBuffer message = ByteBuffer.allocate(length).putInt(sender).putInt(place);
        while (message.hasRemaining()) {
            message.put(filler(sender, place));
        }
        return message.flip();
    }

    static byte filler(int sender, int place) {
        return (byte) (31 * place + sender);
    }
}
