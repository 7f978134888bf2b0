package dev.bowline.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Sends lines to any number of connections from one thread: each gets a piece whenever it has room. */
final class Crowd implements Runnable {
    /** So many bytes at once to each, so that all get about the same. */
    private static final int PIECE_BYTES = 64 * 1024;

    private final Selector selector;
    private final ServerSocketChannel listening;
    private final ByteBuffer block;

    Crowd(ServerSocketChannel listening, ByteBuffer block) throws IOException {
        this.listening = listening;
        this.block = block;
        selector = Selector.open();
        listening.configureBlocking(false);
        listening.register(selector, SelectionKey.OP_ACCEPT);
    }

    @Override
    public void run() {
        try {
            while (true) {
                selector.select(this::serve);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the selector failed", e);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                acceptAll();
            } else {
                send((SocketChannel) key.channel(), (ByteBuffer) key.attachment());
            }
        } catch (IOException clientIsGone) {
            close(key);
        }
    }

    private void acceptAll() throws IOException {
        for (SocketChannel channel = listening.accept(); channel != null; channel = listening.accept()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_WRITE, block.duplicate());
        }
    }

    private static void send(SocketChannel channel, ByteBuffer mine) throws IOException {
        mine.limit(Math.min(mine.capacity(), mine.position() + PIECE_BYTES));
        channel.write(mine);
        if (mine.position() == mine.capacity()) {
            mine.position(0);
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException alreadyBroken) {
            key.cancel();
        }
    }
}
