package dev.bowline.testkit.contract.queue.wrong;

import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.QueueClosedException;
import dev.bowline.queue.QueueFullException;
import dev.bowline.queue.WhenFull;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A second queue that is right, as plain as can be: two lists and a lock. A wrong queue overrides what it does wrong, and
 * nothing else.
 */
class PlainQueue implements MessageQueue {
    private static final long OVERHEAD = 10;

    /** How many were dropped. */
    private final AtomicLong drops = new AtomicLong();

    /** One message; its number is 0 until it has got in or was dropped. Guarded by lock, but for the bytes. */
    static final class Message {
        final ByteBuffer bytes;
        long number;
        boolean handedBefore;

        Message(ByteBuffer bytes) {
            this.bytes = bytes;
        }
    }

    final ReentrantLock lock = new ReentrantLock();

    /** Guarded by lock, as is all below. */
    final Condition changed = lock.newCondition();

    final Deque<Message> waiting = new ArrayDeque<>();
    final Deque<Message> taken = new ArrayDeque<>();

    /** Messages whose senders wait. */
    final Deque<Message> line = new ArrayDeque<>();

    boolean sealed;

    /** Set before the queue is used, and not guarded. */
    private Limits limits = new Limits(0, 0, WhenFull.FAIL);

    private long lastNumber;
    private long newest;
    private volatile Listener listener = () -> {};

    /** What a queue is opened with. */
    record Limits(long maxBytes, long maxMessages, WhenFull whenFull) {}

    /** Says how much there is room for; a queue without it has none. */
    final PlainQueue within(Limits given) {
        limits = given;
        return this;
    }

    // ---- add ----

    @Override
    public long add(ByteBuffer bytes, Duration wait) throws InterruptedException {
        Message message = new Message(copy(bytes));
        List<Message> dropped;
        lock.lock();
        try {
            if (refusesAll()) {
                throw closed(message);
            }
            dropped = admit(message, wait);
        } finally {
            lock.unlock();
        }
        tell(dropped, message);
        return message.number;
    }

    ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    boolean refusesAll() {
        return sealed;
    }

    /** Returns what was dropped. */
    List<Message> admit(Message message, Duration wait) throws InterruptedException {
        if (canNeverFit(message)) {
            throw new QueueFullException("A message of " + message.bytes.remaining() + " bytes can never fit: at most "
                    + limits.maxBytes + ".");
        }
        if (hasRoom(message) && mayPass(message)) {
            append(message);
            return List.of();
        }
        return switch (limits.whenFull) {
            case FAIL -> throw full(message);
            case WAIT -> {
                await(message, TimeUnit.NANOSECONDS.convert(wait));
                yield List.of();
            }
            case DROP_OLDEST -> makeRoom(message);
            case DROP_NEWEST -> refuse(message);
        };
    }

    final boolean canNeverFit(Message message) {
        return cost(message) > limits.maxBytes;
    }

    boolean mayPass(Message message) {
        return line.isEmpty();
    }

    void append(Message message) {
        message.number = ++lastNumber;
        newest = message.number;
        waiting.addLast(message);
    }

    private void await(Message message, long limit) throws InterruptedException {
        long nanos = limit;
        line.addLast(message);
        try {
            while (message.number == 0 && !sealed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            if (message.number == 0) {
                throw e;
            }
            Thread.currentThread().interrupt();
        } finally {
            if (line.remove(message)) {
                letIn();
            }
        }
        if (message.number == 0) {
            throw sealed ? closed(message) : full(message);
        }
    }

    void letIn() {
        while (!line.isEmpty() && hasRoom(nextInLine())) {
            Message next = nextInLine();
            line.remove(next);
            append(next);
        }
        changed.signalAll();
    }

    /** Whose turn it is, of those who wait. */
    Message nextInLine() {
        return line.getFirst();
    }

    private List<Message> makeRoom(Message message) {
        if (!couldMakeRoom(message)) {
            return refuse(message);
        }
        List<Message> dropped = dropFor(message);
        append(message);
        return dropped;
    }

    boolean couldMakeRoom(Message message) {
        return taken.size() < limits.maxMessages && bytes(taken) + cost(message) <= limits.maxBytes;
    }

    List<Message> dropFor(Message message) {
        List<Message> dropped = new ArrayList<>();
        while (!hasRoom(message)) {
            dropped.add(dropOne());
        }
        return dropped;
    }

    Message dropOne() {
        return waiting.removeFirst();
    }

    final List<Message> refuse(Message message) {
        message.number = ++lastNumber;
        return List.of(message);
    }

    /** Without the lock. */
    void tell(List<Message> dropped, Message added) {
        drops.addAndGet(dropped.size());
        for (Message message : dropped) {
            listener.dropped(message.number, message.handedBefore, message.bytes.duplicate());
        }
        if (!dropped.contains(added)) {
            listener.available();
        }
    }

    // ---- bounds ----

    long cost(Message message) {
        return OVERHEAD + message.bytes.remaining();
    }

    final long bytes(Collection<Message> messages) {
        return messages.stream().mapToLong(this::cost).sum();
    }

    final boolean hasRoom(Message message) {
        Size inside = inside();
        return inside.messages() < limits.maxMessages && inside.bytes() + cost(message) <= limits.maxBytes;
    }

    Size inside() {
        return new Size(waiting.size() + taken.size(), bytes(waiting) + bytes(taken));
    }

    private QueueFullException full(Message message) {
        return new QueueFullException("No room for " + message.bytes.remaining() + " bytes: " + inside()
                + " of at most " + limits.maxBytes + " bytes, " + limits.maxMessages + " messages.");
    }

    private QueueClosedException closed(Message message) {
        return new QueueClosedException(
                message.bytes.remaining() + " bytes were not added: sealed with " + inside() + ".");
    }

    @Override
    public final Size size() {
        lock.lock();
        try {
            return inside();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public final long dropped() {
        return drops.get();
    }

    @Override
    public final long newest() {
        lock.lock();
        try {
            return newest;
        } finally {
            lock.unlock();
        }
    }

    // ---- the consumer ----

    @Override
    public int take(Taker taker) {
        int accepted = 0;
        Message offered = claim();
        while (offered != null && offer(offered, taker)) {
            accepted++;
            offered = claim();
        }
        return accepted;
    }

    private @Nullable Message claim() {
        lock.lock();
        try {
            if (waiting.isEmpty()) {
                return null;
            }
            Message message = next();
            waiting.remove(message);
            taken.addLast(message);
            return message;
        } finally {
            lock.unlock();
        }
    }

    /** What is offered next. */
    Message next() {
        return waiting.getFirst();
    }

    private boolean offer(Message message, Taker taker) {
        boolean wanted = false;
        try {
            wanted = taker.accept(message.number, message.handedBefore, view(message));
        } finally {
            lock.lock();
            try {
                message.handedBefore |= wanted;
                if (!wanted && taken.remove(message)) {
                    waiting.addFirst(message);
                }
            } finally {
                lock.unlock();
            }
        }
        return wanted;
    }

    ByteBuffer view(Message message) {
        return message.bytes.duplicate();
    }

    @Override
    public final void delivered(long through) {
        lock.lock();
        try {
            if (through > lastNumber || (!waiting.isEmpty() && through >= waiting.getFirst().number)) {
                throw new IllegalArgumentException("not taken: " + through);
            }
            forget(through);
            letIn();
        } finally {
            lock.unlock();
        }
    }

    void forget(long through) {
        taken.removeIf(message -> message.number <= through);
    }

    @Override
    public final void rewind() {
        lock.lock();
        try {
            putBack();
        } finally {
            lock.unlock();
        }
    }

    void putBack() {
        while (!taken.isEmpty()) {
            waiting.addFirst(taken.removeLast());
        }
    }

    // ---- the end ----

    @Override
    public void seal() {
        lock.lock();
        try {
            sealed = true;
            line.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public final void listen(Listener listener) {
        this.listener = listener;
    }

    @Override
    public final void close() {
        lock.lock();
        try {
            sealed = true;
            line.clear();
            changed.signalAll();
            waiting.clear();
            taken.clear();
        } finally {
            lock.unlock();
        }
    }
}
