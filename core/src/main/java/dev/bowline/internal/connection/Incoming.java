package dev.bowline.internal.connection;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What arrives on a connection, on its way to the protocol: a pause holds it back, in order (C2); close and abort end it
 * at once (C3). All on the event side, but for the two flags.
 *
 * <p>Bytes are handed through without a copy; copied is only what a pause leaves over, and what a protocol puts back.
 * Delivery is a loop, never a recursion: what comes while a chunk is being delivered waits its turn.
 */
final class Incoming {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Takes one chunk; what it throws is its own business. */
    interface Receiver {
        void received(ByteBuffer data);
    }

    private final Receiver receiver;

    /** From any thread: the protocol wants no data for the time being. */
    private volatile boolean paused;

    /** From any thread: the protocol gets no more data, ever. Never reset. */
    private volatile boolean over;

    /** Event side: what was read and not delivered, in order; owned here. Null where nothing was ever held. */
    private @Nullable ArrayDeque<ByteBuffer> held;

    /**
     * Event side: what the protocol put back while a chunk is being delivered; it goes behind that chunk's rest. Null where
     * nothing was ever put back.
     */
    private @Nullable ArrayDeque<ByteBuffer> putBack;

    /** Event side: the chunk being delivered; null between two. */
    private @Nullable ByteBuffer delivering;

    /** Event side: the call under way paused reading, or was told that reading is paused, so it may leave a rest. */
    private boolean mayLeaveARest;

    Incoming(Receiver receiver) {
        this.receiver = receiver;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }

    boolean isPaused() {
        return paused;
    }

    /** No data is delivered from now on, not even the rest of the chunk being delivered. */
    void stop() {
        over = true;
    }

    boolean isDelivering() {
        return !paused && !over;
    }

    /**
     * Event side: the protocol knows that reading is paused. A pause that another thread makes, and ends, behind the
     * protocol's back changes nothing about what its call leaves over.
     */
    void pauseIsKnown() {
        mayLeaveARest = true;
    }

    /** Event side: whether something is held that may be delivered now. */
    boolean hasWork() {
        return isDelivering() && isAnyHeld();
    }

    /** Whether something waits that came before the peer's end. */
    boolean holdsBack() {
        return !over && (paused || isAnyHeld());
    }

    private boolean isAnyHeld() {
        return held != null && !held.isEmpty();
    }

    private ArrayDeque<ByteBuffer> held() {
        if (held == null) {
            held = new ArrayDeque<>();
        }
        return held;
    }

    /** Event side: whether there are bytes that the protocol has not used: behind what it uses just now, or held. */
    boolean holdsBytes() {
        return (delivering != null && delivering.hasRemaining())
                || Stream.of(held, putBack)
                        .filter(Objects::nonNull)
                        .flatMap(ArrayDeque::stream)
                        .anyMatch(ByteBuffer::hasRemaining);
    }

    /** Event side: a chunk from the link, valid during the call. */
    void received(ByteBuffer data) {
        if (over) {
            return;
        }
        if (paused || isAnyHeld()) {
            held().addLast(copy(data));
            drain();
        } else {
            deliver(data, false);
            drain();
        }
    }

    /** Event side: see {@link ProtocolSide#unread}. */
    void unread(ByteBuffer data) {
        if (over) {
            return;
        }
        ByteBuffer kept = data.hasRemaining() ? copy(data) : NOTHING;
        if (delivering == null) {
            held().addFirst(kept);
            return;
        }
        if (putBack == null) {
            putBack = new ArrayDeque<>();
        }
        putBack.addLast(kept);
    }

    /** Event side: delivers what is held, as far as it may. */
    void drain() {
        while (delivering == null && hasWork()) {
            deliver(held().pollFirst(), true);
        }
        if (over) {
            held = null;
        }
    }

    /** What a pause leaves over is kept as it is if the buffer is owned here: a pause after each line costs no copies. */
    private void deliver(ByteBuffer data, boolean owned) {
        delivering = data;
        mayLeaveARest = false;
        try {
            receiver.received(data);
        } finally {
            delivering = null;
            while (putBack != null && !putBack.isEmpty()) {
                held().addFirst(putBack.pollLast());
            }
            if (mayLeaveARest && !over && data.hasRemaining()) {
                held().addFirst(owned ? data : copy(data));
            }
        }
    }

    private static ByteBuffer copy(ByteBuffer data) {
        return ByteBuffer.allocate(data.remaining()).put(data).flip();
    }
}
