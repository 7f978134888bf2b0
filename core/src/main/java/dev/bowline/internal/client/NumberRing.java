package dev.bowline.internal.client;

import java.util.Arrays;

/**
 * The numbers of messages in the order in which a connection got them, by their place in it: 0 for its first message. A
 * ring that grows; what is forgotten makes room. Belongs to one thread at a time.
 */
final class NumberRing {
    private long[] ring = new long[16];

    /** The place of the oldest number that is kept. */
    private long oldest;

    /** The place of the next number. */
    private long end;

    void add(long number) {
        if (end - oldest == ring.length) {
            grow();
        }
        ring[slot(end++)] = number;
    }

    private void grow() {
        long[] old = ring;
        int turn = slot(oldest);
        ring = Arrays.copyOf(old, 2 * old.length);
        for (long place = oldest; place < end; place++) {
            ring[slot(place)] = old[(turn + (int) (place - oldest)) & (old.length - 1)];
        }
    }

    private int slot(long place) {
        return (int) place & (ring.length - 1);
    }

    /** The number at a place that is kept. */
    long get(long place) {
        if (place < oldest || place >= end) {
            throw new IndexOutOfBoundsException("kept are " + oldest + " to " + (end - 1) + ", not " + place);
        }
        return ring[slot(place)];
    }

    /** Forgets all before this place. */
    void forgetBefore(long place) {
        oldest = Math.max(oldest, Math.min(place, end));
    }
}
