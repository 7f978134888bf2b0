package dev.bowline.internal.client;

import dev.bowline.internal.connection.OutboundSource;
import dev.bowline.queue.MessageQueue;
import java.io.IOException;

/**
 * Between the queue and one connection: gives it messages, forgets those that are delivered, and puts back what a loss
 * left over, to be sent again whole (rule E5). On the connection's event side.
 */
final class Delivery implements OutboundSource {
    private final Client client;
    private final MessageQueue queue;

    /** Event side: messages handed over on this connection. */
    private long handedOver;

    Delivery(Client client, MessageQueue queue) {
        this.client = client;
        this.queue = queue;
    }

    @Override
    public void opened(Runnable wake) {
        client.listenForMessages(wake);
    }

    @Override
    public void cutOff() {
        client.listenForMessages(() -> {});
    }

    @Override
    public void take(MessageQueue.Taker taker) {
        try {
            queue.take(taker);
        } catch (IOException | RuntimeException | OutOfMemoryError failure) {
            client.queueFailed(failure);
        }
    }

    @Override
    public void handedOver(long through, int count) {
        handedOver += count;
        try {
            queue.delivered(through);
        } catch (IOException | RuntimeException failure) {
            client.queueFailed(failure); // and hands them back, though they are handed over
            return;
        }
        client.delivered(through, count);
    }

    @Override
    public long lost() {
        queue.rewind();
        return handedOver;
    }

    @Override
    public void finish() {
        client.finish();
    }
}
