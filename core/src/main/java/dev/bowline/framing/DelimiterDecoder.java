package dev.bowline.framing;

import java.nio.ByteBuffer;

/*
 * What it is to do: cut a stream into frames, and give the same frames and the same verdicts however the stream was cut
 * into chunks (rule D1), at a cost that does not depend on the chunks either (rule D6).
 *
 * All that a scan has to remember of earlier chunks is how many bytes of the delimiter it has matched: Delimiter.step
 * goes on from there. While none is matched, ByteSearch skips to the next byte that could begin a delimiter, eight bytes
 * at a time. (Searching for the delimiter's last byte instead takes the same time, but would have to look back for the
 * rest.) The lenient form searches for LF and looks back by one byte, for the CR.
 *
 * A frame that lies wholly in the chunk is shown where it lies. Only one whose end is missing is copied, into the tail;
 * when its end comes, the end is copied behind it.
 *
 * The limit. A frame of L bytes so far, of which the last m may turn out to belong to the delimiter, can't end with less
 * than L - m bytes. It is too long at the first byte with L - m > maxLength: not later, or a frame whose delimiter is at
 * hand would get another verdict than one whose delimiter is still under way. decode stops right behind that byte even
 * if the delimiter is in sight, so that a protocol that changes its mode there does so at the same byte in every
 * chunking. The scan therefore never looks further than maxLength bytes and a delimiter from where the frame began.
 * The bytes behind are skipped by the next call, up to the next delimiter, and m is carried over into the skipping.
 *
 * Cost: each byte is examined once, or twice where a delimiter breaks off and where the lenient form looks for a CR;
 * copied not at all, or twice at most (see Tail). A word of eight bytes counts up to the byte that was found in it: lines shorter than that load words that overlap, yet never
 * more words than there are bytes. One small object for each chunk that completes a frame, none for a frame.
 */
class DelimiterDecoder implements Decoder {
    private static final byte CR = '\r';
    private static final byte LF = '\n';

    private final Delimiter delimiter;
    private final int length;
    private final byte first;
    private final byte last;
    private final boolean lenient;
    private final int maxLength;
    private final Tail tail;

    /** How many of the last bytes may belong to the delimiter. Lenient: 1 after a CR. */
    private int matched;

    /** Whether the frame was too long, and its rest is still to be skipped. */
    private boolean skipping;

    private final FrameView frame = new FrameView();

    /** If lenient, the delimiter is LF, and a CR before it belongs to it. */
    DelimiterDecoder(Delimiter delimiter, boolean lenient, int maxLength, Tail tail) {
        this.delimiter = delimiter;
        this.length = delimiter.length();
        this.first = delimiter.first();
        this.last = delimiter.last();
        this.lenient = lenient;
        this.maxLength = maxLength;
        this.tail = tail;
    }

    @Override
    public Step decode(ByteBuffer data) {
        byte[] bytes = data.array();
        int offset = data.arrayOffset();
        int from = offset + data.position();
        int end = offset + data.limit();
        if (skipping) {
            int behind = scan(bytes, from, end, from, end - from);
            if (behind < 0) {
                return underflow(data);
            }
            skipping = false;
            matched = 0;
            from = behind;
        }

        // Where the frame would begin if all of it lay in this chunk; negative if it began long before.
        int start = from - tail.length();
        int behind = scan(bytes, from, end, start, maxLength);
        if (behind >= 0) {
            complete(bytes, from, behind - matched, start);
            matched = 0;
            data.position(behind - offset);
            return Step.FRAME;
        }
        int stopped = ~behind;
        if (stopped - start - matched > maxLength) {
            frame.hide();
            tail.clear();
            skipping = true;
            data.position(stopped - offset);
            return Step.TOO_LONG;
        }
        tail.append(bytes, from, end);
        return underflow(data);
    }

    /**
     * Looks for the end of the frame that began at {@code start}, going on from what is {@link #matched}.
     *
     * @return the index behind the delimiter, with the delimiter's length in {@code matched}; or, as its complement, the
     *     index where the scan stopped because the frame is too long or the bytes are at their end
     */
    private int scan(byte[] bytes, int from, int end, int start, int limit) {
        // The last index where a delimiter may begin is start + limit.
        int until = (int) Math.min(end, (long) start + limit + 1);
        if (lenient) {
            return scanLenient(bytes, from, end, until, (long) start + limit + 1);
        }
        if (matched > 0) {
            return match(bytes, from, end, start, limit);
        }
        int found = find(bytes, from, until);
        if (found < 0) {
            return ~until;
        }
        matched = 1;
        int next = found + 1;
        // Nearly always it is CRLF and all there: this saves a fifth of the time for a line of 24 bytes.
        if (length == 2 && next < end && look(bytes, next) == last) {
            matched = 2;
            return next + 1;
        }
        return match(bytes, next, end, start, limit);
    }

    /** The general scan, for any delimiter and any number of its bytes matched. */
    private int match(byte[] bytes, int from, int end, int start, int limit) {
        int at = from;
        int count = matched;
        while (count < length && at < end && at - start - count <= limit) {
            if (count > 0) {
                count = delimiter.step(count, look(bytes, at++));
            } else {
                int until = (int) Math.min(end, (long) start + limit + 1);
                int found = find(bytes, at, until);
                count = found < 0 ? 0 : 1;
                at = found < 0 ? until : found + 1;
            }
        }
        matched = count;
        return count == length ? at : ~at;
    }

    /** The same for LF, of which a CR before it is part; {@code full} is where only an LF may follow, behind a CR. */
    private int scanLenient(byte[] bytes, int from, int end, int until, long full) {
        int found = find(bytes, from, until);
        if (found >= 0) {
            matched = isCrBefore(bytes, found, from) ? 2 : 1;
            return found + 1;
        }
        int at = until;
        boolean afterCr = isCrBefore(bytes, at, from);
        if (afterCr && at == full && at < end) {
            byte next = look(bytes, at++);
            if (next == LF) {
                matched = 2;
                return at;
            }
            afterCr = next == CR;
        }
        matched = afterCr ? 1 : 0;
        return ~at;
    }

    private boolean isCrBefore(byte[] bytes, int at, int from) {
        return at > from ? look(bytes, at - 1) == CR : matched == 1;
    }

    private void complete(byte[] bytes, int from, int to, int start) {
        if (tail.length() > 0) {
            // Of a delimiter that began in an earlier chunk, the beginning is in the tail.
            if (to > from) {
                tail.append(bytes, from, to);
            }
            frame.show(tail.take(to - start));
        } else {
            frame.show(bytes, from, to);
        }
    }

    private Step underflow(ByteBuffer data) {
        frame.hide();
        data.position(data.limit());
        return Step.UNDERFLOW;
    }

    @Override
    public ByteBuffer frame() {
        return frame.get();
    }

    @Override
    public ByteBuffer release() {
        frame.hide();
        skipping = false;
        matched = 0;
        return tail.take(tail.length());
    }

    /** Examines bytes up to the first that begins a delimiter. This and {@link #look} are all that examine any. */
    int find(byte[] bytes, int from, int to) {
        return ByteSearch.indexOf(first, bytes, from, to);
    }

    /** Examines one byte. */
    byte look(byte[] bytes, int at) {
        return bytes[at];
    }
}
