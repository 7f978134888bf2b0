package dev.bowline.internal.connection;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.LossReason.TimedOut.Timer;
import dev.bowline.LossReport;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The queue that a connection is supplied from, if it has one. Event side, but for {@link #giveUp} and {@link #finish}. */
final class Supply {
    /** Null before the connection is open, once it is lost, and if there is no queue. */
    private @Nullable OutboundSource source;

    /** Where the client's end is wished for; set before the protocol is told of the connection, null without a client. Read by any thread. */
    private volatile @Nullable OutboundSource client;

    /** @param tooSlow told by the timers of a queue */
    void begin(OutboundSource queue, Connection connection, Deadlines deadlines, BiConsumer<Timer, Duration> tooSlow) {
        source = queue;
        client = queue;
        queue.connected(connection, deadlines, tooSlow);
    }

    /** Lets so many messages more flow; returns the queue to take them from, null if there is none. */
    @Nullable
    OutboundSource permit(long messages) {
        OutboundSource queue = source;
        if (queue != null) {
            queue.permit(messages);
        }
        return queue;
    }

    void confirm(int messages) {
        if (source != null) {
            source.confirm(messages);
        }
    }

    /** A batch is done: whole, or as far as it came before the loss. */
    void settle(Batch batch) {
        int written = batch.messagesWritten();
        if (written > 0 && source != null) {
            source.handedOver(batch.numberOf(written), written);
        }
    }

    LossReport lost(LossReason reason) {
        return source == null ? new LossReport(reason, 0, 0) : source.lost(reason);
    }

    /** Nothing more comes of it. */
    void forget() {
        source = null;
    }

    /** Ends the client behind it, from any thread; returns false where there is none. */
    boolean finish() {
        OutboundSource known = client;
        if (known != null) {
            known.finish();
        }
        return known != null;
    }

    /** The client behind it, if there is one, makes no attempt any more; from any thread. */
    void giveUp(Throwable reason) {
        OutboundSource known = client;
        if (known != null) {
            known.giveUp(reason);
        }
    }
}
