package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.InputStream;
import java.util.List;

/** An input in pieces: each is there at once, and is asked for only when what was read before is settled. */
final class SteppedInput extends InputStream {
    /** A piece of the input. */
    interface Step {
        /** Waits until it may come, and returns it; empty at the end. */
        String next() throws Exception;
    }

    private final List<Step> steps;
    private int next;

    SteppedInput(Step... steps) {
        this.steps = List.of(steps);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (next == steps.size()) {
            return -1;
        }
        try {
            byte[] piece = steps.get(next++).next().getBytes(ISO_8859_1);
            System.arraycopy(piece, 0, target, offset, piece.length);
            return piece.length == 0 ? -1 : piece.length;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("the program reads blocks");
    }
}
