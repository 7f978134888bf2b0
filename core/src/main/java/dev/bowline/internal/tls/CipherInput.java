package dev.bowline.internal.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Records that arrive, on their way to the user. Those that lie whole in a chunk are decrypted where they are; one that the
 * network cut is put together here, so each byte is copied once at most. Event side.
 */
final class CipherInput {
    /** Type, version, length: what tells how long a record is. */
    private static final int HEADER = 5;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final BufferPool pool;

    /** The beginning of a record, from position to limit, with room behind; or, while nothing could be decrypted, more. */
    private ByteBuffer begun = NOTHING;

    /** What was received last, and not looked at yet. */
    private ByteBuffer chunk = NOTHING;

    CipherInput(BufferPool pool) {
        this.pool = pool;
    }

    /** Takes a chunk, valid until {@link #keep}. */
    void offer(ByteBuffer received) {
        chunk = received;
    }

    /** What is left of the chunk is copied, so that it stays when the chunk is gone. */
    void keep() {
        if (chunk.hasRemaining()) {
            ByteBuffer all = ByteBuffer.allocate(begun.remaining() + chunk.remaining());
            begun = all.put(begun).put(chunk).flip();
        }
        chunk = NOTHING;
    }

    /** Nothing more is decrypted. */
    void discard() {
        begun = NOTHING;
        chunk = NOTHING;
    }

    /** How many bytes are held. */
    int held() {
        return begun.remaining();
    }

    boolean isEmpty() {
        return !begun.hasRemaining() && !chunk.hasRemaining();
    }

    /** Who decrypts, and who gets what comes of it. */
    interface Reader {
        /** Whether the next record may be decrypted now. */
        boolean mayDecrypt();

        /** Looks at bytes before they are decrypted. */
        void look(ByteBuffer records) throws SSLException;

        /** A record was decrypted. */
        void decrypted(SSLEngineResult result);

        /** Gets what was in some records; valid during the call. */
        void deliver(ByteBuffer plain);
    }

    /**
     * Decrypts as many records as there are, and may be; what they hold is delivered together as far as it fits, also if a
     * later one is broken.
     *
     * @return whether it got anywhere
     */
    boolean decrypt(SSLEngine engine, Reader reader) throws SSLException {
        ByteBuffer plain = pool.acquire();
        boolean moved = false;
        try {
            for (ByteBuffer from = next(); from != null && reader.mayDecrypt(); from = next()) {
                reader.look(from);
                SSLEngineResult result = engine.unwrap(from, plain);
                switch (result.getStatus()) {
                    case BUFFER_UNDERFLOW -> {
                        if (!complete()) {
                            return moved;
                        }
                    }
                    case BUFFER_OVERFLOW -> {
                        if (plain.position() == 0) {
                            plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
                        }
                        deliver(plain, reader);
                    }
                    case OK, CLOSED -> {
                        moved = true;
                        reader.decrypted(result);
                    }
                }
            }
            return moved;
        } finally {
            deliver(plain, reader);
            pool.release(plain);
        }
    }

    private static void deliver(ByteBuffer plain, Reader reader) {
        if (plain.position() > 0) {
            reader.deliver(plain.flip());
        }
        plain.clear();
    }

    /** The bytes to decrypt next; null if there are none. What is used of them is told by the position. */
    private @Nullable ByteBuffer next() {
        if (begun.hasRemaining()) {
            return begun;
        }
        begun = NOTHING;
        return chunk.hasRemaining() ? chunk : null;
    }

    /** There was no whole record: adds what lacks, from the chunk; returns whether it could add anything. */
    private boolean complete() {
        if (!chunk.hasRemaining()) {
            return false;
        }
        int wanted = Math.max(HEADER, begun.hasRemaining() ? lengthOf(begun) : lengthOf(chunk));
        append(Math.min(Math.max(1, wanted - begun.remaining()), chunk.remaining()), wanted);
        return true;
    }

    private void append(int count, int wanted) {
        int end = begun.limit();
        if (begun.capacity() - end < count) {
            begun = ByteBuffer.allocate(Math.max(wanted, begun.remaining() + count))
                    .put(begun)
                    .flip();
            end = begun.limit();
        }
        begun.limit(end + count);
        begun.put(end, chunk, chunk.position(), count);
        chunk.position(chunk.position() + count);
    }

    /** How long the record is that these bytes begin with; 0 while there are too few to tell. */
    private static int lengthOf(ByteBuffer bytes) {
        return bytes.remaining() < HEADER
                ? 0
                : HEADER + Short.toUnsignedInt(bytes.getShort(bytes.position() + HEADER - Short.BYTES));
    }
}
