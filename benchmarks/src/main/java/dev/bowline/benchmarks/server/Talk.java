package dev.bowline.benchmarks.server;

import dev.bowline.benchmarks.LineText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** What one connection of the server does, on a thread of its own, until the client goes away. Blocking, and nothing but moves. */
final class Talk {
    private static final int BLOCK_BYTES = 256 * 1024;

    /** All that came in on all sinks. */
    static final AtomicLong SUNK = new AtomicLong();

    private Talk() {}

    /** A block of whole lines, to be sent over and over. */
    static byte[] block(int lineLength) {
        StringBuilder block = new StringBuilder();
        for (String line : LineText.lines(lineLength, BLOCK_BYTES / LineText.wireLength(lineLength))) {
            block.append(line).append(LineText.END);
        }
        return block.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The same where the system takes it from without copying it first. */
    static ByteBuffer directBlock(int lineLength) {
        byte[] block = block(lineLength);
        return ByteBuffer.allocateDirect(block.length).put(block).flip();
    }

    static void flood(SocketChannel channel, ByteBuffer block) throws IOException {
        ByteBuffer mine = block.duplicate();
        while (true) {
            mine.rewind();
            while (mine.hasRemaining()) {
                channel.write(mine);
            }
        }
    }

    static void sink(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK_BYTES);
        for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer.clear())) {
            SUNK.addAndGet(count);
        }
    }

    static void echo(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK_BYTES);
        while (channel.read(buffer.clear()) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    static void flood(OutputStream out, byte[] block) throws IOException {
        while (true) {
            out.write(block);
        }
    }

    static void sink(InputStream in) throws IOException {
        byte[] buffer = new byte[BLOCK_BYTES];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            SUNK.addAndGet(count);
        }
    }

    /** Answers each byte; see {@link Service#CONTROL}. A crowd that was asked for is over when whoever asked has gone. */
    static void control(SocketChannel channel, Crowd crowd) throws IOException {
        ByteBuffer question = ByteBuffer.allocate(1);
        ByteBuffer answer = ByteBuffer.allocate(2 * Long.BYTES);
        try {
            while (channel.read(question.clear()) >= 0) {
                switch (question.get(0)) {
                    case Service.FLOOD_CROWD -> crowd.flood(true);
                    case Service.CALM_CROWD -> crowd.flood(false);
                    default -> {}
                }
                answer.clear().putLong(SUNK.get()).putLong(System.nanoTime()).flip();
                while (answer.hasRemaining()) {
                    channel.write(answer);
                }
            }
        } finally {
            crowd.flood(false);
        }
    }
}
