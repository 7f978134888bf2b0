package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, in bytes or UTF-8. It buffers until it is flushed, and it knows why a write failed, which a {@code
 * PrintStream} does not: a full disk is an error, a reader that has left is none. For one thread at a time.
 */
final class Output {
    /** As much as the default limit of a line four times over, and as much as a pipe holds on Linux. */
    private static final int CAPACITY = 65536;

    private final OutputStream stream;
    private final byte[] buffer = new byte[CAPACITY];
    private int length;

    Output(OutputStream stream) {
        this.stream = stream;
    }

    /** Nothing more can be written. */
    static final class FailedException extends IOException {
        private static final long serialVersionUID = 1;

        FailedException(IOException cause) {
            super("the output can't be written: " + cause.getMessage(), cause);
        }

        /** The one among the causes of a failure; null if there is none. */
        static @Nullable FailedException in(@Nullable Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof FailedException failed) {
                    return failed;
                }
            }
            return null;
        }

        /** Whether the reader of a pipe has left, as {@code head} does; only the system's message tells. */
        boolean isBrokenPipe() {
            return String.valueOf(getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
        }
    }

    /** Writes a text and a line feed, and flushes. */
    void println(String text) throws FailedException {
        println(ByteBuffer.wrap(text.getBytes(UTF_8)));
        flush();
    }

    /** Writes bytes, from position to limit, and a line feed; does not flush. */
    void println(ByteBuffer line) throws FailedException {
        int bytes = line.remaining();
        if (bytes >= CAPACITY - length) {
            writeBuffer();
        }
        if (bytes < CAPACITY) {
            line.get(line.position(), buffer, length, bytes);
            length += bytes;
        } else {
            byte[] copy = new byte[bytes];
            line.get(line.position(), copy);
            write(copy, 0, bytes);
        }
        buffer[length++] = '\n';
    }

    /** Hands everything to the operating system. */
    void flush() throws FailedException {
        writeBuffer();
        try {
            stream.flush();
        } catch (IOException e) {
            throw new FailedException(e);
        }
    }

    private void writeBuffer() throws FailedException {
        int buffered = length;
        length = 0;
        write(buffer, 0, buffered);
    }

    private void write(byte[] bytes, int from, int count) throws FailedException {
        try {
            stream.write(bytes, from, count);
        } catch (IOException e) {
            throw new FailedException(e);
        }
    }

    /** The same for a {@code PrintStream}, unbuffered. For any thread, while nothing is written otherwise. */
    Stream stream() {
        return new Stream();
    }

    /** What a {@code PrintStream} prints to, which keeps to itself that it failed. */
    final class Stream extends OutputStream {
        private volatile @Nullable FailedException failure;

        private Stream() {}

        @Override
        public void write(int octet) throws FailedException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws FailedException {
            try {
                Output.this.write(bytes, from, count);
            } catch (FailedException e) {
                failure = e;
                throw e;
            }
        }

        /** Throws what went wrong, if something did. */
        void check() throws FailedException {
            FailedException failed = failure;
            if (failed != null) {
                throw failed;
            }
        }
    }
}
