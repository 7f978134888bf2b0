package dev.bowline.framing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a frame whose end has not arrived yet. Bytes are copied in once, into segments that grow with what is
 * there already, and once more if the frame turns out to span several of them: at most twice, which an array that
 * doubles would not keep to (rule D6). Between frames it holds no memory at all, so an idle connection costs nothing.
 */
class Tail {
    private static final int FIRST_SEGMENT = 128;

    /** No frame, with its delimiter, is longer than this. */
    private final int bound;

    /** Null while there is at most one segment, as nearly always. */
    private @Nullable List<byte[]> full;

    private byte @Nullable [] filling;
    private int filled;
    private int length;

    Tail(int bound) {
        this.bound = bound;
    }

    int length() {
        return length;
    }

    /** Takes in {@code bytes} from {@code from} (inclusive) to {@code to} (exclusive). */
    void append(byte[] bytes, int from, int to) {
        int at = from;
        byte[] segment = filling;
        if (segment != null) {
            int fitting = Math.min(to - from, segment.length - filled);
            copy(bytes, from, segment, filled, fitting);
            filled += fitting;
            length += fitting;
            at += fitting;
        }
        if (at < to) {
            if (segment != null) {
                keep(segment);
            }
            int rest = to - at;
            byte[] next = new byte[segmentLength(rest)];
            copy(bytes, at, next, 0, rest);
            filling = next;
            filled = rest;
            length += rest;
        }
    }

    private void keep(byte[] segment) {
        if (full == null) {
            full = new ArrayList<>();
        }
        full.add(segment);
    }

    /** Room for as much again as is there and as now comes, so that there are few segments, however small the chunks. */
    private int segmentLength(int coming) {
        return (int) Math.min(bound - length, Math.max(FIRST_SEGMENT, Math.max(length, 2L * coming)));
    }

    /** Gives away the first {@code count} of the bytes, and is empty. */
    ByteBuffer take(int count) {
        byte[] only = filling;
        ByteBuffer taken;
        if (only == null) {
            taken = ByteBuffer.allocate(0);
        } else if (full == null) {
            taken = ByteBuffer.wrap(only, 0, count);
        } else {
            taken = ByteBuffer.wrap(joined(full, only, count));
        }
        clear();
        return taken;
    }

    private byte[] joined(List<byte[]> segments, byte[] last, int count) {
        byte[] whole = new byte[count];
        int at = 0;
        segments.add(last);
        for (byte[] segment : segments) {
            int part = Math.min(segment.length, count - at);
            copy(segment, 0, whole, at, part);
            at += part;
        }
        return whole;
    }

    void clear() {
        if (length > 0) {
            full = null;
            filling = null;
            filled = 0;
            length = 0;
        }
    }

    /** The one place that copies; the test of rule D6 counts here. */
    void copy(byte[] source, int from, byte[] target, int to, int count) {
        System.arraycopy(source, from, target, to, count);
    }
}
