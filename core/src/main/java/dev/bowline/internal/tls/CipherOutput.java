package dev.bowline.internal.tls;

import dev.bowline.spi.Link;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What the user writes, on its way into records, and the records on their way out: one buffer of them at a time, and where in
 * it each ends. A byte of the user's counts as taken by the operating system when the last one of its record is; before that
 * nobody could decrypt it. Event side.
 */
final class CipherOutput {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final BufferPool pool;

    /** The user's outstanding write; its position follows the operating system. */
    private @Nullable ByteBuffer write;

    /** The same bytes; its position follows the TLS engine. */
    private ByteBuffer unencrypted = NOTHING;

    /** Being filled, or with the link; null while there is nothing to send. */
    private @Nullable ByteBuffer records;

    /** The link has it. */
    private boolean outstanding;

    /** Where each record ends, and where in the user's write its bytes do. */
    private int[] ends = new int[4];

    private int[] plainEnds = new int[4];
    private int count;

    /** How many bytes the buffers before had. */
    private long settled;

    CipherOutput(BufferPool pool) {
        this.pool = pool;
    }

    // ---- the user's write ----

    /** The user's next write, when the one before is done. */
    void accept(ByteBuffer data) {
        write = data;
        unencrypted = data.duplicate();
    }

    /** Whether the user has a write outstanding. */
    boolean isAccepted() {
        return write != null;
    }

    /** Whether some of it is in no record yet. */
    boolean hasUnencrypted() {
        return unencrypted.hasRemaining();
    }

    /** Sets the position of the user's write to where the operating system is, in whole records. */
    void follow() {
        ByteBuffer accepted = write;
        ByteBuffer all = records;
        if (accepted != null && all != null && outstanding) {
            for (int record = 0; record < count && ends[record] <= all.position(); record++) {
                accepted.position(Math.max(accepted.position(), plainEnds[record]));
            }
        }
    }

    /** Whether the user's write is done; it is told that once. */
    boolean takeDone() {
        ByteBuffer accepted = write;
        boolean done = accepted != null && !accepted.hasRemaining();
        if (done) {
            forget();
        }
        return done;
    }

    /** No more of the user's write goes into records; how far those get that were made is still followed. */
    void seal() {
        unencrypted = NOTHING;
    }

    /** What is left of the user's write is not sent. */
    void forget() {
        write = null;
        unencrypted = NOTHING;
    }

    // ---- records ----

    /**
     * Makes one record more, of what the engine has to say, else of the user's bytes.
     *
     * @return what the engine said; with no bytes produced if there is no room, or the engine has closed
     */
    SSLEngineResult wrap(SSLEngine engine) throws SSLException {
        ByteBuffer to = records;
        if (to == null) {
            to = pool.acquire();
            records = to;
        }
        SSLEngineResult result = engine.wrap(unencrypted, to);
        if (result.getStatus() == Status.BUFFER_OVERFLOW && to.position() == 0) {
            records = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            return wrap(engine);
        }
        if (result.bytesProduced() > 0) {
            note(to.position(), unencrypted.position());
        }
        return result;
    }

    private void note(int end, int plainEnd) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
            plainEnds = Arrays.copyOf(plainEnds, 2 * count);
        }
        ends[count] = end;
        plainEnds[count++] = plainEnd;
    }

    /** Whether records were made that the link does not have yet. */
    boolean hasRecords() {
        return count > 0 && !outstanding;
    }

    /** Whether the link has records to write. */
    boolean isOutstanding() {
        return outstanding;
    }

    /** Gives the link the records that were made; returns whether there were any. */
    boolean writeTo(Link link) {
        ByteBuffer all = records;
        if (all == null || count == 0) {
            release();
            return false;
        }
        outstanding = true;
        link.write(all.flip());
        return true;
    }

    /** How many bytes of records the operating system has taken. */
    long taken() {
        return settled + (outstanding && records != null ? records.position() : 0);
    }

    /** The link is done with the records. */
    void release() {
        follow();
        ByteBuffer all = records;
        if (all != null) {
            settled += outstanding ? all.position() : 0;
            pool.release(all);
        }
        records = null;
        outstanding = false;
        count = 0;
    }
}
