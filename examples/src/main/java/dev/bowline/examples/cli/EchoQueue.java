package dev.bowline.examples.cli;

import dev.bowline.queue.MessageQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A queue that remembers what a connection was given, for who knows its answers: a window of messages at most. */
final class EchoQueue implements MessageQueue {
    private final MessageQueue queue;

    /** What was taken and has not been answered. Belongs to the consumer. */
    private final Deque<byte[]> onTheirWay = new ArrayDeque<>();

    EchoQueue(MessageQueue queue) {
        this.queue = queue;
    }

    /** Takes out the oldest message on its way; null if none is. By the consumer. */
    byte @Nullable [] nextOnItsWay() {
        return onTheirWay.poll();
    }

    @Override
    public int take(Taker taker) throws IOException {
        return queue.take((number, maybeHandedBefore, message) -> {
            int begin = message.position();
            int length = message.remaining();
            if (!taker.accept(number, maybeHandedBefore, message)) {
                return false;
            }
            byte[] copy = new byte[length];
            message.get(begin, copy);
            onTheirWay.add(copy);
            return true;
        });
    }

    /** A connection was lost, and its answers with it. */
    @Override
    public void rewind() {
        onTheirWay.clear();
        queue.rewind();
    }

    @Override
    public long add(ByteBuffer message, Duration wait) throws IOException, InterruptedException {
        return queue.add(message, wait);
    }

    @Override
    public void delivered(long through) throws IOException {
        queue.delivered(through);
    }

    @Override
    public void seal() {
        queue.seal();
    }

    @Override
    public Size size() {
        return queue.size();
    }

    @Override
    public long newest() {
        return queue.newest();
    }

    @Override
    public long dropped() {
        return queue.dropped();
    }

    @Override
    public boolean isDurable() {
        return queue.isDurable();
    }

    @Override
    public void listen(Listener listener) {
        queue.listen(listener);
    }

    @Override
    public void close() throws IOException {
        queue.close();
    }
}
