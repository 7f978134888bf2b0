package dev.bowline.testkit.contract.support;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A peer that sends the same piece over and over, until the pipe is full and longer. */
public final class Flood {
    /** How long nothing has to move before the pipe counts as full. Too short only makes the test easier to pass. */
    private static final long STILL_MILLIS = 300;

    private final CompletableFuture<Long> end;

    /** Guarded by this, as is the other; notified when it grows. */
    private long sent;

    private boolean stopped;

    Flood(Peer peer, byte[] piece) {
        this.end = Waiting.aside(() -> {
            while (goesOn()) {
                peer.send(piece);
                count(piece.length);
            }
            return sent();
        });
    }

    private synchronized boolean goesOn() {
        return !stopped;
    }

    private synchronized void count(int bytes) {
        sent += bytes;
        notifyAll();
    }

    /** How many bytes have gone out so far, a piece that is under way not counted. */
    public synchronized long sent() {
        return sent;
    }

    /** Sends nothing more after the piece that is under way. */
    public synchronized Flood stop() {
        stopped = true;
        return this;
    }

    /**
     * Waits until the pipe has taken nothing for a while, and stops then.
     *
     * @param bound fails if so many bytes went out, and still they move
     */
    public synchronized Flood awaitFull(long bound) throws InterruptedException {
        for (long before = -1; before != sent; ) {
            if (sent >= bound) {
                throw new AssertionError(sent + " bytes went out although nobody reads");
            }
            before = sent;
            awaitMovement(before);
        }
        return stop();
    }

    private synchronized void awaitMovement(long before) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STILL_MILLIS);
        for (long left = STILL_MILLIS; left > 0 && sent == before; ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
    }

    /** Waits until the last piece is out; how many bytes it were in all. */
    public long awaitEnd() throws Exception {
        return Waiting.await(end);
    }
}
