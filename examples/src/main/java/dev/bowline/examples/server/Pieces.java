package dev.bowline.examples.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes that are made when they are asked for. */
@FunctionalInterface
interface Pieces {
    /** About how long a piece is that may have any length. */
    int SIZE = 65536;

    /** The next piece, never empty; null at the end. */
    byte @Nullable [] next() throws IOException;

    /** {@code count} bytes {@code x}. */
    static Pieces fill(int count) {
        byte[] piece = new byte[Math.min(SIZE, count)];
        Arrays.fill(piece, (byte) 'x');
        int[] left = {count};
        return () -> {
            int length = Math.min(left[0], piece.length);
            left[0] -= length;
            return length == 0 ? null : Arrays.copyOf(piece, length);
        };
    }

    /** The same bytes in pieces of {@code size}. */
    static Pieces slices(byte[] bytes, int size) {
        int[] at = {0};
        return () -> {
            int from = at[0];
            at[0] = (int) Math.min(bytes.length, (long) from + size);
            return from == at[0] ? null : Arrays.copyOfRange(bytes, from, at[0]);
        };
    }

    /** Several of these pieces at a time, as long as they come to about {@link #SIZE}. */
    static Pieces together(Pieces small) {
        return () -> {
            ByteArrayOutputStream piece = new ByteArrayOutputStream();
            while (piece.size() < SIZE) {
                byte[] next = small.next();
                if (next == null) {
                    break;
                }
                piece.writeBytes(next);
            }
            return piece.size() == 0 ? null : piece.toByteArray();
        };
    }

    /** The lines of a flood: their numbers from 1 to {@code count}, filled with zeros to {@code size} digits. */
    static Pieces numberedLines(int count, int size) {
        byte[] line = new byte[size + 2];
        Arrays.fill(line, 0, size, (byte) '0');
        line[size] = '\r';
        line[size + 1] = '\n';
        int[] left = {count};
        return () -> {
            if (left[0] == 0) {
                return null;
            }
            left[0]--;
            int digit = size - 1;
            for (; line[digit] == '9'; digit--) {
                line[digit] = '0';
            }
            line[digit]++;
            return line; // until the next call: together() copies it
        };
    }
}
