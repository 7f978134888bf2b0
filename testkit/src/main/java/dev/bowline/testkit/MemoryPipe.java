package dev.bowline.testkit;

import java.nio.ByteBuffer;

/** Bytes on their way in one direction, first in, first out. Guarded by the lock of {@link MemorySteps}. */
final class MemoryPipe {
    private final int capacity;

    /** A ring. */
    private byte[] bytes = new byte[256];

    private int first;
    private int size;

    /** @param capacity how many bytes it takes before a writer has to wait, at least 1 */
    MemoryPipe(int capacity) {
        this.capacity = capacity;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size >= capacity;
    }

    /** Takes as many bytes as there is room for. */
    void offer(ByteBuffer data) {
        int count = Math.min(data.remaining(), Math.max(0, capacity - size));
        byte[] piece = new byte[count];
        data.get(piece);
        add(piece);
    }

    /** Takes all bytes, room or not: those beyond the capacity have not left their sender. */
    void add(byte[] data) {
        growTo(size + data.length);
        int at = (first + size) % bytes.length;
        int before = Math.min(data.length, bytes.length - at);
        System.arraycopy(data, 0, bytes, at, before);
        System.arraycopy(data, before, bytes, 0, data.length - before);
        size += data.length;
    }

    private void growTo(int needed) {
        if (needed > bytes.length) {
            byte[] larger = new byte[Math.max(needed, 2 * bytes.length)];
            int kept = size;
            take(larger, 0, kept);
            bytes = larger;
            first = 0;
            size = kept;
        }
    }

    /** Removes so many bytes at most; returns how many. */
    int take(byte[] into, int at, int most) {
        int count = Math.min(most, size);
        int before = Math.min(count, bytes.length - first);
        System.arraycopy(bytes, first, into, at, before);
        System.arraycopy(bytes, 0, into, at + before, count - before);
        first = (first + count) % bytes.length;
        size -= count;
        return count;
    }

    /** How many bytes there are before the first such byte; -1 if there is none. */
    int indexOf(byte wanted) {
        for (int i = 0; i < size; i++) {
            if (bytes[(first + i) % bytes.length] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** A copy of what is in it. */
    byte[] copy() {
        byte[] all = new byte[size];
        int before = Math.min(size, bytes.length - first);
        System.arraycopy(bytes, first, all, 0, before);
        System.arraycopy(bytes, 0, all, before, size - before);
        return all;
    }

    /** The sender is gone: what had not left it never comes. Returns whether there was such a thing. */
    boolean dropUnsent() {
        boolean unsent = size > capacity;
        size = Math.min(size, capacity);
        return unsent;
    }

    void clear() {
        size = 0;
    }
}
