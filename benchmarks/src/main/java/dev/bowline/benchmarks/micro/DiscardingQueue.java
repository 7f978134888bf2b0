package dev.bowline.benchmarks.micro;

import dev.bowline.queue.MessageQueue;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Takes everything and has nothing: what comes before a queue can be measured without one. */
final class DiscardingQueue implements MessageQueue {
    @Override
    public long add(ByteBuffer message, Duration wait) {
        return message.remaining();
    }

    @Override
    public int take(Taker taker) {
        return 0;
    }

    @Override
    public void delivered(long through) {}

    @Override
    public void rewind() {}

    @Override
    public void seal() {}

    @Override
    public Size size() {
        return new Size(0, 0);
    }

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public long newest() {
        return 0;
    }

    @Override
    public void listen(Listener listener) {}

    @Override
    public void close() {}
}
