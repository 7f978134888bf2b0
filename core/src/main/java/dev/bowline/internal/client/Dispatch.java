package dev.bowline.internal.client;

import dev.bowline.Connection;
import dev.bowline.Delivery;
import dev.bowline.LossReason;
import dev.bowline.LossReason.TimedOut.Timer;
import dev.bowline.LossReport;
import dev.bowline.internal.connection.Deadlines;
import dev.bowline.internal.connection.OutboundSource;
import dev.bowline.internal.connection.Patience;
import dev.bowline.queue.MessageQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Between the queue and one connection (rules F1 and F3): gives it messages, as many as may go; forgets those that are
 * delivered; and puts back what a loss left over, to be sent again whole (rule E5). On the connection's event side.
 *
 * <pre>
 *   given     ────────────────────────────▶     all that the link got of this queue
 *   handed    ────────────────────▶             ... and the operating system took whole
 *   confirmed ──────────▶                       ... and the peer answered for
 * </pre>
 */
final class Dispatch implements OutboundSource, MessageQueue.Taker {
    private final Client client;
    private final MessageQueue queue;
    private final Delivery mode;
    private final Handovers handovers;

    /** The numbers of those given; only where they have to be confirmed, from the oldest that is not. */
    private final NumberRing numbers = new NumberRing();

    /** So many messages more may go as far as the protocol is concerned. */
    private long permits;

    private long given;

    /** As far as batches tell; a confirmation may come before its batch is reported. */
    private long settled;

    private long confirmed;

    /** No message may go just now, so one that is added need not wake the connection. Written on the event side. */
    private volatile boolean blocked;

    /** While the queue is asked: who wants messages, and how many may go. */
    private MessageQueue.@Nullable Taker target;

    private long allowance;

    /** Set by {@link #connected}. */
    private @Nullable Deadlines clock;

    /** Set by {@link #connected}: for a connection that confirms nothing. */
    private @Nullable Patience confirmations;

    /** When the protocol was ready; only if isReady. */
    private long readySince;

    private boolean isReady;

    Dispatch(Client client, MessageQueue queue, Delivery mode, Handovers handovers) {
        this.client = client;
        this.queue = queue;
        this.mode = mode;
        this.handovers = handovers;
    }

    @Override
    public void connected(Connection connection, Deadlines deadlines, BiConsumer<Timer, Duration> tooSlow) {
        clock = deadlines;
        Duration confirmLimit = mode.confirmTimeout();
        confirmations = new Patience(
                deadlines,
                confirmLimit,
                () -> given > confirmed,
                () -> confirmed,
                () -> tooSlow.accept(Timer.NOT_CONFIRMED, confirmLimit));
        Duration readyLimit = client.readyTimeout();
        if (!readyLimit.isZero()) {
            deadlines.schedule(readyLimit, () -> {
                if (!isReady) {
                    tooSlow.accept(Timer.NOT_READY, readyLimit);
                }
            });
        }
        client.connected(connection);
    }

    @Override
    public void permit(long messages) {
        long sum = permits + messages;
        permits = sum < 0 ? ALL : sum;
    }

    @Override
    public void opened(Runnable wake) {
        isReady = true;
        readySince = now();
        client.listenForMessages(() -> {
            if (!blocked) {
                wake.run();
            }
        });
        client.ready();
    }

    @Override
    public void cutOff() {
        client.listenForMessages(() -> {});
    }

    @Override
    public void take(MessageQueue.Taker taker) {
        allowance = allowed();
        blocked = allowance == 0;
        if (blocked) {
            return;
        }
        boolean waitedForNothing = given == confirmed;
        try {
            if (allowance == ALL) {
                given += queue.take(taker);
            } else {
                target = taker;
                queue.take(this);
                blocked = allowance == 0;
            }
        } catch (IOException | RuntimeException | OutOfMemoryError failure) {
            client.queueFailed(failure);
        }
        if (waitedForNothing && given > confirmed && mode.isConfirming()) {
            Objects.requireNonNull(confirmations).touch();
        }
    }

    private long allowed() {
        return mode.isConfirming() ? Math.min(permits, handovers.window() - (given - confirmed)) : permits;
    }

    @Override
    public boolean accept(long number, boolean maybeHandedBefore, ByteBuffer message) {
        if (allowance <= 0 || !Objects.requireNonNull(target).accept(number, maybeHandedBefore, message)) {
            return false;
        }
        allowance--;
        given++;
        if (permits != ALL) {
            permits--;
        }
        if (mode.isConfirming()) {
            numbers.add(number);
        }
        return true;
    }

    @Override
    public void handedOver(long through, int count) {
        long before = handed();
        settled += count;
        countHandedOver(before);
        if (!mode.isConfirming() && forget(through)) {
            client.delivered(through, count);
        }
    }

    /** A peer that answered for a message has it, whatever the link says yet. */
    private long handed() {
        return Math.max(settled, confirmed);
    }

    private void countHandedOver(long before) {
        long now = handed();
        int again = 0;
        if (mode.isConfirming()) {
            again = handovers.add(numbers, before, now);
            numbers.forgetBefore(confirmed);
        }
        client.handedOver(now - before, again);
    }

    /** Returns whether the queue could do it. */
    private boolean forget(long through) {
        try {
            queue.delivered(through);
            return true;
        } catch (IOException | RuntimeException failure) {
            client.queueFailed(failure); // and hands them back, though they are delivered
            return false;
        }
    }

    @Override
    public void confirm(int count) {
        if (count > given - confirmed) {
            throw new IllegalStateException(
                    "confirm(" + count + "): of the queued messages given to this connection only "
                            + (given - confirmed) + " are not confirmed yet");
        }
        long before = handed();
        long through = mode.isConfirming() ? numbers.get(confirmed + count - 1) : 0;
        confirmed += count;
        countHandedOver(before);
        client.confirmed(count);
        if (mode.isConfirming()) {
            handovers.confirmed(count, through);
            if (forget(through)) {
                client.delivered(through, count);
            }
        }
    }

    @Override
    public LossReport lost(LossReason reason) {
        long handed = handed();
        if (isReady && now() - readySince >= client.resetAfterNanos()) {
            client.provedGood();
        }
        try {
            queue.rewind();
            if (mode.isConfirming()) {
                leaveUncertain(handovers.lost(numbers, confirmed, handed, given));
            }
        } catch (IOException | RuntimeException failure) {
            client.queueFailed(failure);
        }
        return new LossReport(reason, handed, confirmed);
    }

    /** Takes out of the queue what is not sent again. */
    private void leaveUncertain(long through) throws IOException {
        if (through == 0) {
            return;
        }
        List<byte[]> messages = new ArrayList<>();
        long[] first = {Long.MAX_VALUE};
        long[] last = new long[1];
        queue.take((number, maybeHandedBefore, message) -> {
            if (number > through) {
                return false;
            }
            messages.add(Client.copyOf(message));
            first[0] = Math.min(first[0], number);
            last[0] = number;
            return true;
        });
        if (!messages.isEmpty()) {
            queue.delivered(last[0]);
            client.uncertain(first[0], messages);
        }
    }

    @Override
    public void finish() {
        client.finish();
    }

    @Override
    public void giveUp(Throwable reason) {
        client.giveUp(reason);
    }

    private long now() {
        return Objects.requireNonNull(clock, "not connected yet").nanoTime();
    }
}
