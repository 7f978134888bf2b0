package dev.bowline.internal.connection;

import dev.bowline.OutputFullException;
import dev.bowline.queue.MessageQueue;
import dev.bowline.spi.Link;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * What leaves a connection: the protocol's own writes, from any thread, and queued messages, taken from a source while
 * the protocol is ready.
 *
 * <p>The two are staged apart. Own writes gather in {@code own} and go even while the connection closes (B3, B5). Queued
 * messages are taken only at the moment when the link can have them, into the batch that is given to it next, so there is
 * never one that is taken and waits: once the source is cut off, none is given any more (F1). Own writes go first in a
 * batch, so a greeting precedes the queue; both leave in one system call where they fit (B8).
 *
 * <p>One batch is with the link at a time. While it is being written the next one fills, so batches grow with load by
 * themselves. {@link #pump} gives the link batch after batch until there is nothing more, then sets {@code asleep},
 * looks once more, and returns; whoever adds output and wins the reset of {@code asleep} makes the connection pump again.
 */
final class Outgoing implements MessageQueue.Taker {
    /** Who hears what becomes of the batches. Event side. */
    interface Listener {
        /** The link has a batch that it could not write at once. */
        void outputWaits();

        /** A batch is done, written or broken off. */
        void settled(Batch batch);
    }

    private static final VarHandle ASLEEP;

    static {
        try {
            ASLEEP = MethodHandles.lookup().findVarHandle(Outgoing.class, "asleep", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** After so many batches in a row the thread is given to others for a moment. */
    private static final int BATCHES_IN_A_ROW = 8;

    /** Rule B6: above the first the protocol is asked to stop, below the second to go on; the third is the end. */
    static final int HIGH_WATER = 64 * 1024;

    static final int LOW_WATER = 32 * 1024;
    static final int MOST_PENDING = 16 * 1024 * 1024;

    private static final int NO_HOLD = Integer.MAX_VALUE;

    private final BatchPool pool;

    private final Listener listener;

    /** The connection's. Guards own and accepting; held for copies of at most a write's length, never over IO or a callback. */
    private final Lock lock;

    /** The protocol's own writes, the last batch still filling. Guarded by lock. */
    private final BatchLine own = new BatchLine();

    /** The protocol's own bytes that the operating system may not have yet. Guarded by lock. */
    private int pending;

    /** Whether pending asks for restraint: set by the write that does it, reset by the event side. Written under lock. */
    private volatile boolean aboveWater;

    /** Event side: whether the protocol was told to restrain itself. */
    private boolean restrained;

    /** Whether there is anything in own. Written under lock; read without by the pump, after it set asleep. */
    private volatile boolean ownWaits;

    /**
     * Whether writes are taken (B2). Written under lock, and read under it by writers; the pump reads it without, for a
     * close on another thread cuts the queue off at once (F1).
     */
    private volatile boolean accepting = true;

    /** True while nobody pumps: whoever turns it false makes the connection pump. */
    private volatile boolean asleep;

    /** Event side: where queued messages come from, while they may flow. */
    private @Nullable OutboundSource source;

    /** Event side: what the link is writing. */
    private @Nullable Batch inFlight;

    /** Event side: how many bytes the batches before that had. */
    private long settledBytes;

    /** Event side: what {@link #accept} fills. */
    private @Nullable Batch filling;

    /** Event side: whether the protocol's own bytes in it are all that waited, so that whole writes end where they end. */
    private boolean ownIsWhole;

    /** Event side: how large the next batch of queued messages is; grows when one was filled. */
    private int nextSize = BatchPool.SMALL;

    /** Event side: a message did not fit into what {@link #accept} fills. Few bytes may be free then, or many. */
    private boolean overfull;

    /** Event side: inside {@link Link#write}, where a {@code written} is only noted. */
    private boolean writing;

    /** Event side: {@code written} came inside {@link Link#write}. */
    private boolean writtenInside;

    /** Event side: output is over, the link gets nothing more. */
    private boolean dead;

    /** Event side: so many batches of own bytes may go before the rest waits; all while not on hold. */
    private int beforeHold = NO_HOLD;

    Outgoing(BatchPool pool, Listener listener, Lock lock) {
        this.pool = pool;
        this.listener = listener;
        this.lock = lock;
    }

    /**
     * Takes a copy of the bytes; from any thread.
     *
     * @return whether they were taken
     * @throws OutputFullException if they would be more than may wait
     */
    boolean write(ByteBuffer data) {
        lock.lock();
        try {
            if (!accepting) {
                return false;
            }
            if (data.remaining() > MOST_PENDING - pending) {
                throw new OutputFullException("the connection has " + pending + " bytes of output waiting, and "
                        + data.remaining() + " more would exceed its " + MOST_PENDING
                        + ": write while isWritable() is true");
            }
            pending += data.remaining();
            if (pending > HIGH_WATER) {
                aboveWater = true;
            }
            while (data.hasRemaining()) {
                copyPiece(data);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Copies what fits into the last of the own batches, a new one if that is full. Under lock. */
    private void copyPiece(ByteBuffer data) {
        Batch last = own.last();
        if (last == null || !last.bytes.hasRemaining()) {
            boolean more = last != null || data.remaining() > BatchPool.SMALL;
            last = pool.acquire(more ? BatchPool.LARGE : BatchPool.SMALL);
            own.add(last);
        }
        int piece = Math.min(data.remaining(), last.bytes.remaining());
        int limit = data.limit();
        last.addOwn(data.limit(data.position() + piece));
        data.limit(limit);
        ownWaits = true;
    }

    /** From any thread: see {@link dev.bowline.Connection#isWritable}. */
    boolean isWritable() {
        return accepting && !aboveWater;
    }

    /**
     * Event side: the next change of writability that the protocol was not told of; each is returned once, and they take
     * turns. A writer only ever turns it off, so the change back waits until the one before it was told.
     */
    @Nullable
    Boolean nextWritability() {
        if (!aboveWater || !accepting) {
            return null;
        }
        if (!restrained) {
            restrained = true;
            return false;
        }
        lock.lock();
        try {
            if (pending >= LOW_WATER) {
                return null;
            }
            aboveWater = false;
        } finally {
            lock.unlock();
        }
        restrained = false;
        return true;
    }

    /** Event side: whether the link has something to write. */
    boolean isWriting() {
        return inFlight != null;
    }

    /** Event side: how many bytes the operating system has taken, as far as the link says. */
    long taken() {
        return settledBytes + (inFlight == null ? 0 : inFlight.bytes.position());
    }

    /** From now on writes are refused; what was taken is still sent. From any thread. */
    void stopAccepting() {
        lock.lock();
        try {
            accepting = false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was this call that woke the pump up: the caller then has to make it run. From any thread. */
    boolean wake() {
        return asleep && ASLEEP.compareAndSet(this, true, false);
    }

    /** Event side: the pump is going to run anyway, nobody need wake it. */
    void awake() {
        if (asleep) {
            asleep = false;
        }
    }

    /** Event side: queued messages may flow from now on; wake makes the connection look for more. */
    void open(OutboundSource from, Runnable wake) {
        if (!dead && source == null) {
            source = from;
            from.opened(wake);
        }
    }

    /** Event side: no queued message is given to the link any more. */
    void cutOffSource() {
        if (source != null) {
            source.cutOff();
            source = null;
        }
    }

    /** Event side: whether all that was written has gone. */
    boolean isDrained() {
        lock.lock();
        try {
            return inFlight == null && own.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Event side: gives the link what there is.
     *
     * @return whether it stopped only to give the thread to others, and has to run again
     */
    boolean pump(Link link) {
        for (int batches = 0; inFlight == null && !dead; batches++) {
            if (batches == BATCHES_IN_A_ROW) {
                return true;
            }
            Batch next = next();
            if (next == null) {
                asleep = true;
                next = next();
                if (next == null) {
                    return false;
                }
                asleep = false;
            }
            if (dead) {
                pool.release(next);
            } else if (give(link, next)) {
                settle(next);
            }
        }
        return false;
    }

    /** Returns whether the batch was written inside the call. */
    private boolean give(Link link, Batch batch) {
        inFlight = batch;
        writtenInside = false;
        writing = true;
        try {
            link.write(batch.seal());
        } finally {
            writing = false;
        }
        if (!writtenInside) {
            listener.outputWaits();
        }
        return writtenInside;
    }

    /** Event side: the batch in flight is written. Inside {@link Link#write} that is noted, and the pump settles it. */
    void written() {
        if (writing) {
            writtenInside = true;
        } else if (inFlight != null) {
            settle(inFlight);
        }
    }

    private void settle(Batch batch) {
        inFlight = null;
        settledBytes += batch.bytes.position();
        listener.settled(batch);
        if (batch.ownBytes() > 0) {
            lock.lock();
            try {
                pending -= batch.ownBytes();
            } finally {
                lock.unlock();
            }
        }
        pool.release(batch);
    }

    /**
     * Event side: output is over. What was not given to the link is dropped; what the link still holds stays until {@link
     * #lost}, for it may still be writing.
     */
    void drop() {
        dead = true;
        cutOffSource();
        lock.lock();
        try {
            accepting = false;
            for (Batch dropped = own.poll(); dropped != null; dropped = own.poll()) {
                pool.release(dropped);
            }
            ownWaits = false;
        } finally {
            lock.unlock();
        }
    }

    /** Event side: the link is gone and its position exact; the batch in flight is settled as far as it came. */
    void lost() {
        drop();
        if (inFlight != null) {
            settle(inFlight);
        }
    }

    /** Event side: what was written until now goes; what comes later, and all that is queued, waits for {@link #resume}. */
    void hold() {
        lock.lock();
        try {
            beforeHold = own.size();
            Batch last = own.last();
            if (last != null) {
                last.bytes.limit(last.bytes.position()); // what is written later begins another one
            }
        } finally {
            lock.unlock();
        }
    }

    /** Event side: whether all that was written before the hold has gone. */
    boolean isClearGone() {
        return beforeHold == 0 && inFlight == null;
    }

    /** Event side: the hold is over. */
    void resume() {
        beforeHold = NO_HOLD;
    }

    private @Nullable Batch next() {
        filling = nextOwn();
        overfull = false;
        if (source != null && accepting && beforeHold == NO_HOLD) {
            source.take(this);
        }
        Batch next = filling;
        filling = null;
        if (next != null && !overfull && next.bytes.position() < BatchPool.SMALL) {
            nextSize = BatchPool.SMALL;
        }
        return next;
    }

    private @Nullable Batch nextOwn() {
        if (!ownWaits || beforeHold == 0) {
            return null;
        }
        lock.lock();
        try {
            Batch first = own.poll();
            if (beforeHold != NO_HOLD) {
                beforeHold--;
            }
            ownWaits = !own.isEmpty();
            ownIsWhole = !ownWaits;
            return first;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean accept(long number, boolean maybeHandedBefore, ByteBuffer message) {
        Batch batch = filling;
        int length = message.remaining();
        if (!accepting) {
            return false;
        }
        if (batch == null) {
            batch = pool.acquire(Math.max(nextSize, length));
            filling = batch;
        } else if (batch.bytes.remaining() < length) {
            nextSize = BatchPool.LARGE;
            overfull = true;
            if (batch.hasMessages() || !ownIsWhole) {
                return false;
            }
            batch = largerThan(batch, length);
        }
        batch.addMessage(number, message);
        return true;
    }

    /**
     * Makes room for a message behind the protocol's own bytes: were it refused, a protocol that goes on writing would keep it
     * waiting for ever (rule E4).
     */
    private Batch largerThan(Batch batch, int length) {
        Batch larger = pool.acquire(Math.max(BatchPool.LARGE, batch.bytes.position() + length));
        larger.addOwn(batch.bytes.flip());
        pool.release(batch);
        filling = larger;
        return larger;
    }
}
