package dev.bowline.framing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The frame that a decoder shows, if it shows one: where it lies in the chunk, or a copy of its own. */
final class FrameView {
    /** Over the chunk and reused for all frames in it, or a frame from the tail. Never outlives the chunk. */
    private @Nullable ByteBuffer frame;

    /** Shows a frame where it lies. */
    @SuppressWarnings("ByteBufferBackingArray") // The frame is always made by wrap, so its array has no offset.
    void show(byte[] bytes, int from, int to) {
        ByteBuffer shown = frame;
        if (shown == null || shown.array() != bytes) {
            frame = ByteBuffer.wrap(bytes, from, to - from);
        } else {
            // What was done to the frame before must not show in this one: so all is set.
            shown.order(ByteOrder.BIG_ENDIAN).limit(to).position(from);
        }
    }

    /** Shows a frame that was put together; the buffer was made by wrap. */
    void show(ByteBuffer whole) {
        frame = whole;
    }

    void hide() {
        frame = null;
    }

    ByteBuffer get() {
        ByteBuffer shown = frame;
        if (shown == null) {
            throw new IllegalStateException("There is a frame only after decode returned FRAME, until the next call");
        }
        return shown;
    }
}
