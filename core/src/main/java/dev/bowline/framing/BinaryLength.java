package dev.bowline.framing;

import java.nio.ByteBuffer;

/** A length in so many bytes, 1 to 4, unsigned, the highest byte first. Whatever the bytes are, it is well formed. */
record BinaryLength(int width) implements LengthNotation {
    @Override
    public long read(long length, int index, byte next) {
        long read = (length << Byte.SIZE) | (next & 0xFF);
        return index == width - 1 ? ~read : read;
    }

    @Override
    public int width(int length) {
        return width;
    }

    @Override
    public void write(int length, ByteBuffer target, int at) {
        for (int i = 0, shift = (width - 1) * Byte.SIZE; i < width; i++, shift -= Byte.SIZE) {
            target.put(at + i, (byte) (length >>> shift));
        }
    }
}
