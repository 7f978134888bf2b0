package dev.bowline.integration.stress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Cuts a stream of bytes at each CRLF; the naive way, for it checks one that is not. */
final class LineCutter {
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /** Takes all bytes; each line that is complete is handed over. */
    void feed(ByteBuffer data, Consumer<String> lines) {
        while (data.hasRemaining()) {
            byte next = data.get();
            if (next == '\n') {
                String line = begun.toString(ISO_8859_1);
                begun.reset();
                lines.accept(line.substring(0, line.length() - 1));
            } else {
                begun.write(next);
            }
        }
    }

    /** Whether a line has begun that is not complete. */
    boolean isWithinALine() {
        return begun.size() > 0;
    }
}
