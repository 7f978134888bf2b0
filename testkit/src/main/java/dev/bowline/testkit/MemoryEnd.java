package dev.bowline.testkit;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection, as an operating system keeps it for its owner. Both ends follow the same rules, those of TCP on
 * Linux:
 *
 * <ul>
 *   <li>What arrived is read first; then FIN is the end, or a reset an error.
 *   <li>Closing with something unread, and aborting, is a reset. It overtakes what has not left the sender yet, but not
 *       what has arrived.
 *   <li>Writing to an end that has closed succeeds and is answered with a reset; the next write fails.
 * </ul>
 *
 * <p>From any thread; all state is guarded by the lock of {@link MemorySteps}, under which the owner is told, too.
 */
final class MemoryEnd {
    /** Whose end it is. Told under the lock: it only takes a note, or adds a step. */
    interface Owner {
        /** There is something to be read: bytes, FIN or a reset. */
        void readable();

        /** There is room, or an error, for a write that had found no room. */
        void writable();
    }

    /** What has come of the peer's reset: its error is told once, to a read or a write. */
    private enum Reset {
        NONE,
        PENDING,
        TOLD_TO_READER,
        TOLD_TO_WRITER
    }

    private final MemorySteps steps;
    private final ReentrantLock lock;
    private final SocketAddress address;

    /** What has come for this end, and what its peer has yet to send. */
    private final MemoryPipe inbox;

    /** Set by {@link #connect}, and not again. */
    private @Nullable MemoryEnd other;

    /** Set by {@link #attach}, and not again. */
    private @Nullable Owner owner;

    /** After what is in the inbox, nothing comes. */
    private boolean finCame;

    private boolean finSent;
    private Reset reset = Reset.NONE;

    /** The owner has let it go. */
    private boolean closed;

    /** A write did not fit; its owner is told when there is room. */
    private boolean writeWaits;

    /** @param capacity how many bytes this end takes unread before its peer has to wait */
    MemoryEnd(MemorySteps steps, SocketAddress address, int capacity) {
        this.steps = steps;
        this.lock = steps.lock;
        this.address = address;
        this.inbox = new MemoryPipe(capacity);
    }

    /** Joins two ends. */
    void connect(MemoryEnd far) {
        other = far;
        far.other = this;
    }

    void attach(Owner user) {
        owner = user;
    }

    SocketAddress address() {
        return address;
    }

    MemoryEnd other() {
        return Objects.requireNonNull(other, "not connected yet");
    }

    // ---- reading ----

    /**
     * Reads what is there.
     *
     * @return how many bytes, 0 for none yet, -1 for the end
     */
    int read(byte[] into, int at, int most) throws IOException {
        lock.lock();
        try {
            refuseIfClosed();
            int count = inbox.take(into, at, most);
            if (count > 0) {
                other().roomCame();
                return count;
            }
            if (finCame || reset == Reset.TOLD_TO_WRITER) {
                return -1;
            }
            if (wasReset()) {
                reset = Reset.TOLD_TO_READER;
                throw new SocketException("Connection reset");
            }
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes wait here to be read, those included that have not left their sender. */
    int unread() {
        lock.lock();
        try {
            return inbox.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a read finds something: bytes, the end, or an error. */
    boolean isReadable() {
        lock.lock();
        try {
            return closed || inbox.size() > 0 || finCame || wasReset();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the peer sent FIN, and all before it was read. */
    boolean isAtEnd() {
        lock.lock();
        try {
            return finCame && inbox.size() == 0;
        } finally {
            lock.unlock();
        }
    }

    boolean wasReset() {
        lock.lock();
        try {
            return reset != Reset.NONE;
        } finally {
            lock.unlock();
        }
    }

    // ---- writing ----

    /** Writes as much as there is room for; if that is not all, {@link Owner#writable} follows when there is more. */
    void write(ByteBuffer data) throws IOException {
        lock.lock();
        try {
            refuseIfBroken();
            if (other().closed) {
                data.position(data.limit());
                resetArrives();
            } else {
                other().inbox.offer(data);
                writeWaits = data.hasRemaining();
                other().somethingCame();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes all, room or not: what finds none waits here, and leaves when it can. */
    void writeAll(byte[] data) throws IOException {
        lock.lock();
        try {
            refuseIfBroken();
            if (other().closed) {
                resetArrives();
            } else {
                other().inbox.add(data);
                other().somethingCame();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether a write takes something, or finds an error. */
    boolean isWritable() {
        lock.lock();
        try {
            return closed || wasReset() || finSent || !other().inbox.isFull();
        } finally {
            lock.unlock();
        }
    }

    /** Sends FIN, if there is anybody who could notice. */
    void shutdownOutput() {
        lock.lock();
        try {
            if (!closed && !wasReset()) {
                sendFin();
            }
        } finally {
            lock.unlock();
        }
    }

    private void refuseIfBroken() throws IOException {
        refuseIfClosed();
        if (reset == Reset.PENDING && !finCame) {
            reset = Reset.TOLD_TO_WRITER;
            throw new SocketException("Connection reset by peer");
        }
        if (wasReset() || finSent) {
            throw new SocketException("Broken pipe");
        }
    }

    private void refuseIfClosed() throws IOException {
        if (closed) {
            throw new SocketException("Socket closed");
        }
    }

    // ---- the end ----

    /** Lets it go: with FIN after all that was written, or with a reset if something is unread. */
    void close() {
        lock.lock();
        try {
            if (inbox.size() > 0) {
                abort();
            } else if (!closed) {
                shutdownOutput();
                closed = true;
                steps.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets it go with a reset. */
    void abort() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                inbox.clear();
                if (!wasReset() && !other().closed) {
                    other().resetArrives();
                }
                steps.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the owner has closed it, or its output. */
    boolean isOutputOver() {
        lock.lock();
        try {
            return closed || finSent;
        } finally {
            lock.unlock();
        }
    }

    // ---- what the other end does to this one; under lock ----

    private void sendFin() {
        if (!finSent) {
            finSent = true;
            other().finCame = true;
            other().somethingCame();
        }
    }

    private void resetArrives() {
        reset = Reset.PENDING;
        if (inbox.dropUnsent()) {
            // The FIN was behind what is dropped.
            finCame = false;
        }
        somethingCame();
        roomCame();
    }

    private void somethingCame() {
        if (!closed && owner != null) {
            owner.readable();
        }
        steps.signal();
    }

    private void roomCame() {
        if (writeWaits && owner != null) {
            writeWaits = false;
            owner.writable();
        }
        steps.signal();
    }
}
