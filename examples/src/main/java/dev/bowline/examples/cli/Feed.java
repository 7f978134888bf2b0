package dev.bowline.examples.cli;

import dev.bowline.framing.DelimiterFraming;
import dev.bowline.framing.MessageRefusedException;
import dev.bowline.line.LineClient;
import dev.bowline.queue.QueueClosedException;
import dev.bowline.queue.QueueFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a client from an input, on a thread of its own: reading may block for ever, on a terminal say, while the client
 * has long failed. What was read is settled line by line, so that whenever it is stopped, the lines read are those that
 * the client took, those refused, and those that the client took no more.
 */
final class Feed {
    /** So many refused lines get a sentence of their own. */
    private static final int TOLD = 10;

    private final InputLines lines;
    private final DelimiterFraming framing;
    private final Shipment.Choices choices;
    private final LineClient client;
    private final Consumer<String> complaints;

    /** Of the feeding thread alone. */
    private ByteBuffer message = ByteBuffer.allocate(512);

    /** No more is read. */
    private volatile boolean cutShort;

    /** Nobody waits under it but for room in the queue, which the client's end ends. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by lock, as are all below. */
    private boolean stopped;

    /** The client takes no more. */
    private boolean refusedByClient;

    private boolean complete;
    private long refused;
    private final List<byte[]> notTaken = new ArrayList<>();
    private @Nullable CommandFailedException failure;

    /**
     * Begins with the first {@link #sendAll}.
     *
     * @param choices those that the client was made with
     * @param complaints gets a sentence for each refused line, but only for the first few
     */
    Feed(
            InputLines lines,
            DelimiterFraming framing,
            Shipment.Choices choices,
            LineClient client,
            Consumer<String> complaints) {
        this.lines = lines;
        this.framing = framing;
        this.choices = choices;
        this.client = client;
        this.complaints = complaints;
    }

    /**
     * What became of the input.
     *
     * @param lines how many were read
     * @param notTaken those that the client took no more, in order, without their ends
     * @param complete whether it was read to its end
     * @param failure why it was not, where the reason was not the client's end
     */
    record Account(
            long lines,
            long refused,
            List<byte[]> notTaken,
            boolean complete,
            @Nullable CommandFailedException failure) {}

    /** Gives the client the input as far as it can be read; returns false if the client took it no further. */
    boolean sendAll() throws InterruptedException {
        try {
            while (lines.fill()) {
                if (!sendBlock()) {
                    return false;
                }
            }
            return ended(null);
        } catch (IOException | RuntimeException | Error e) {
            return ended(new CommandFailedException("the input can't be read any further: " + e.getMessage(), e));
        }
    }

    /** Settles what was read, all of it; returns whether to read on. */
    private boolean sendBlock() throws InterruptedException {
        lock.lock();
        try {
            if (stopped) {
                return false;
            }
            while (lines.next()) {
                settle();
            }
            return !refusedByClient && !cutShort;
        } finally {
            lock.unlock();
        }
    }

    private void settle() throws InterruptedException {
        if (lines.isTooLong()) {
            refuse("it has more than " + framing.maxSendLength() + " bytes");
            return;
        }
        try {
            ByteBuffer encoded = encode(lines.line());
            if (refusedByClient || !send(encoded)) {
                keep(lines.line());
            }
        } catch (MessageRefusedException e) {
            refuse(String.valueOf(e.getMessage()));
        } catch (QueueFullException e) {
            refuse("a queue of " + choices.queueBytes() + " bytes can't hold it");
        }
    }

    /**
     * Returns whether the client took it.
     *
     * @throws QueueFullException if the queue could not hold it even if it were empty
     */
    private boolean send(ByteBuffer encoded) throws InterruptedException {
        try {
            client.sendRaw(encoded);
        } catch (QueueClosedException e) {
            refusedByClient = true;
        } catch (QueueFullException e) {
            if (!choices.couldHold(encoded)) {
                throw e;
            }
            failure = new CommandFailedException("the queue has no room for line " + lines.number(), e);
            refusedByClient = true;
            Shipment.end(client, Shipment.GRACE);
        }
        return !refusedByClient;
    }

    private ByteBuffer encode(ByteBuffer line) {
        int length = framing.encodedLength(line.remaining());
        if (message.capacity() < length) {
            message = ByteBuffer.allocate(Math.addExact(length, length / 2));
        }
        message.clear();
        framing.encode(line, message);
        return message.flip();
    }

    private void keep(ByteBuffer line) {
        byte[] copy = new byte[line.remaining()];
        line.get(line.position(), copy);
        notTaken.add(copy);
    }

    private void refuse(String why) {
        if (++refused <= TOLD) {
            String more = refused == TOLD ? "; further ones are only counted" : "";
            complaints.accept("line " + lines.number() + " is refused: " + why + more);
        }
    }

    private boolean ended(@Nullable CommandFailedException how) {
        lock.lock();
        try {
            if (!stopped) {
                failure = how;
                complete = how == null;
            }
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    /** Reads no further, and ends the client: what was read has so long to be queued and delivered. Waits for the former. */
    void cutShort(Duration limit) {
        long begin = System.nanoTime();
        cutShort = true;
        try {
            if (lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long left = limit.toNanos() - (System.nanoTime() - begin);
        Shipment.end(client, Duration.ofNanos(Math.max(0, left)));
    }

    /** Reads no further line, and tells what became of those read. Call it when the client has ended. */
    Account stop() {
        lock.lock();
        try {
            stopped = true;
            return new Account(lines.number(), refused, List.copyOf(notTaken), complete, failure);
        } finally {
            lock.unlock();
        }
    }
}
