package dev.bowline.internal.client;

import dev.bowline.Delivery;
import java.util.TreeMap;

/**
 * What a client knows about messages beyond one connection, where they have to be confirmed (rule F3): how far they were
 * ever handed over, how often each was in vain, and how many may be on their way at once. On the event side of the
 * connection that is open, but for what is volatile.
 */
final class Handovers {
    private final Delivery mode;

    /** The newest message ever handed over whole. Read by any thread that makes the queue drop a message. */
    private volatile long through;

    /** How many messages a connection may have that are not confirmed. */
    private int window;

    /** How often a message was handed over in vain; only where there is a resend maximum. */
    private final TreeMap<Long, Integer> inVain = new TreeMap<>();

    Handovers(Delivery mode) {
        this.mode = mode;
        this.window = mode.window();
    }

    /** Whether a message was handed over, on whatever connection, and so may have arrived. From any thread. */
    boolean includes(long number) {
        return number <= through;
    }

    /**
     * Messages were handed over, whole.
     *
     * @param from place of the first of them
     * @param to place behind the last one
     * @return how many of them were handed over before
     */
    int add(NumberRing numbers, long from, long to) {
        int again = 0;
        long newest = through;
        for (long place = from; place < to; place++) {
            long number = numbers.get(place);
            if (number <= newest) {
                again++;
            } else {
                newest = number; // within a connection numbers only rise, so no later one is old
            }
        }
        through = newest;
        return again;
    }

    int window() {
        return window;
    }

    /** Messages were confirmed: as many more may be on their way, up to the most that ever may. */
    void confirmed(int count, long last) {
        window = (int) Math.min(mode.window(), (long) window + count);
        inVain.headMap(last, true).clear();
    }

    /**
     * A connection was lost.
     *
     * @param confirmed how many of its messages were confirmed, the oldest ones
     * @param handed how many were handed over
     * @param given how many it had
     * @return the newest message that is not sent again; 0 if all are
     */
    long lost(NumberRing numbers, long confirmed, long handed, long given) {
        if (given > 0 && confirmed == 0) {
            window = Math.max(1, window / 2);
        }
        if (!mode.isResending()) {
            return handed > confirmed ? numbers.get(handed - 1) : 0;
        }
        long spent = 0;
        if (mode.resendMaximum() != Integer.MAX_VALUE) {
            for (long place = confirmed; place < handed; place++) {
                long number = numbers.get(place);
                if (inVain.merge(number, 1, Integer::sum) > mode.resendMaximum()) {
                    spent = number; // what is older was handed over at least as often
                }
            }
            inVain.headMap(spent, true).clear();
        }
        return spent;
    }
}
