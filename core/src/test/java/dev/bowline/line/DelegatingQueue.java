package dev.bowline.line;

import dev.bowline.queue.MessageQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Another queue, for tests that change one thing about it. */
public abstract class DelegatingQueue implements MessageQueue {
    private final MessageQueue inner;

    protected DelegatingQueue(MessageQueue inner) {
        this.inner = inner;
    }

    @Override
    public long add(ByteBuffer message, Duration wait) throws IOException, InterruptedException {
        return inner.add(message, wait);
    }

    @Override
    public int take(Taker taker) throws IOException {
        return inner.take(taker);
    }

    @Override
    public void delivered(long through) throws IOException {
        inner.delivered(through);
    }

    @Override
    public void rewind() {
        inner.rewind();
    }

    @Override
    public void seal() {
        inner.seal();
    }

    @Override
    public Size size() {
        return inner.size();
    }

    @Override
    public long dropped() {
        return inner.dropped();
    }

    @Override
    public long newest() {
        return inner.newest();
    }

    @Override
    public void listen(Listener listener) {
        inner.listen(listener);
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
