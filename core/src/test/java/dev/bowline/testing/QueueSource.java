package dev.bowline.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.LossReason.TimedOut.Timer;
import dev.bowline.LossReport;
import dev.bowline.internal.connection.Deadlines;
import dev.bowline.internal.connection.OutboundSource;
import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.MessageQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A queue in front of one connection, noting what it is told. */
public final class QueueSource implements OutboundSource {
    private final MessageQueue messages = MemoryQueue.builder().build();
    private final List<String> told = new ArrayList<>();
    private long handedOver;

    /** Adds a message, one byte a character. */
    public void add(String message) throws Exception {
        messages.add(ByteBuffer.wrap(message.getBytes(ISO_8859_1)), Duration.ZERO);
    }

    @Override
    public void opened(Runnable wake) {
        messages.listen(wake::run);
    }

    @Override
    public void cutOff() {
        told.add("cut off");
    }

    @Override
    public void take(MessageQueue.Taker taker) {
        try {
            messages.take(taker);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void handedOver(long through, int count) {
        told.add(count + " through " + through);
        handedOver += count;
        try {
            messages.delivered(through);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void connected(Connection connection, Deadlines deadlines, BiConsumer<Timer, Duration> tooSlow) {}

    @Override
    public void permit(long count) {}

    @Override
    public void confirm(int count) {}

    @Override
    public LossReport lost(LossReason reason) {
        messages.rewind();
        return new LossReport(reason, handedOver, 0);
    }

    @Override
    public void finish() {}

    @Override
    public void giveUp(Throwable reason) {}

    /** What is still in it, and not taken. */
    public List<String> left() throws Exception {
        List<String> left = new ArrayList<>();
        messages.take(
                (number, before, message) -> left.add(ISO_8859_1.decode(message).toString()));
        return left;
    }

    /** What it was told, apart from what every test does. */
    public List<String> told() {
        return told;
    }

    /** How many messages the link has whole. */
    public long handedOver() {
        return handedOver;
    }

    /** How many it holds. */
    public long count() {
        return messages.size().messages();
    }
}
