package dev.bowline.benchmarks.contender;

import dev.bowline.benchmarks.LineText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * No library and no lines: what the machine could do at most. One selector thread reads 64 KiB at a time; where lines are
 * wanted as bytes, it counts the line feeds in them, else it divides. What is sent was made ready before.
 */
final class RawNio implements Contender {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final int lineLength;
    private final Selector selector = Selector.open();
    private final Queue<Reading> arriving = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private volatile boolean closed;

    /** Bytes that did not make a line yet. */
    private static final class Reading {
        final SocketChannel channel;
        final Purpose purpose;
        final LineListener listener;
        long bytes;

        Reading(SocketChannel channel, Purpose purpose, LineListener listener) {
            this.channel = channel;
            this.purpose = purpose;
            this.listener = listener;
        }
    }

    /** A client of lines that all have this length. */
    RawNio(int lineLength) throws IOException {
        this.lineLength = LineText.wireLength(lineLength);
        Thread thread = new Thread(this::run, "raw-nio");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Session connect(Remote remote, Purpose purpose, LineListener listener) throws IOException {
        if (remote.tls()) {
            throw new UnsupportedOperationException("raw NIO speaks no TLS");
        }
        SocketChannel channel = SocketChannel.open(remote.address());
        if (purpose != Purpose.SENDING) {
            channel.configureBlocking(false);
            arriving.add(new Reading(channel, purpose, listener));
            selector.wakeup();
        }
        return new Block(channel, lineLength);
    }

    private void run() {
        try {
            while (!closed) {
                for (Reading next = arriving.poll(); next != null; next = arriving.poll()) {
                    next.channel.register(selector, SelectionKey.OP_READ, next);
                }
                selector.select(this::read);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the selector failed", e);
        }
    }

    private void read(SelectionKey key) {
        Reading reading = (Reading) key.attachment();
        try {
            int count = reading.channel.read(buffer.clear());
            if (count < 0) {
                reading.channel.close();
            } else if (reading.purpose == Purpose.BYTES) {
                reading.listener.lines(lineFeeds(buffer.array(), count));
            } else {
                long before = reading.bytes / lineLength;
                reading.bytes += count;
                reading.listener.lines(reading.bytes / lineLength - before);
            }
        } catch (IOException over) {
            key.cancel();
        }
    }

    private static int lineFeeds(byte[] bytes, int count) {
        int found = 0;
        for (int at = 0; at < count; at++) {
            if (bytes[at] == '\n') {
                found++;
            }
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
    }

    /** Sends one block of lines over and over. */
    private record Block(SocketChannel channel, int lineLength) implements Session {
        @Override
        public void send(String line) {
            throw new UnsupportedOperationException("raw NIO only moves bytes");
        }

        @Override
        public void pour(String[] lines, BooleanSupplier goesOn) throws IOException {
            StringBuilder text = new StringBuilder();
            for (int n = 0; text.length() + lineLength <= BUFFER_BYTES; n++) {
                text.append(lines[n % lines.length]).append(LineText.END);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
            ByteBuffer block =
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            while (goesOn.getAsBoolean()) {
                channel.write(block.rewind());
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
