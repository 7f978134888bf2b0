package dev.bowline.framing;

import java.nio.ByteBuffer;

/** How a frame's length is written in front of it, and what stands behind the frame. It keeps no state of a stream. */
interface LengthNotation {
    /**
     * Reads a length byte by byte. What it answers only grows on the way.
     *
     * @param length what the bytes before say, 0 if there are none
     * @param index how many bytes were before
     * @return what the bytes say now; its complement, once the length is complete
     */
    long read(long length, int index, byte next);

    /** How many bytes this length is written with. */
    int width(int length);

    /** Writes a length at an index of the target. */
    void write(int length, ByteBuffer target, int at);

    /** How many bytes stand behind each frame, 0 or 1. */
    default int trailerLength() {
        return 0;
    }

    /** Reads the byte behind a frame, where there is one; {@code offset} is counted from where the frame's length begins. */
    default void readTrailer(byte next, long offset) {}

    /** Writes the byte behind a frame, where there is one, and moves the target's position behind it. */
    default void writeTrailer(ByteBuffer target) {}
}
