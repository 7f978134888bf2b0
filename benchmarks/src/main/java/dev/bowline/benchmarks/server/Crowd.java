package dev.bowline.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Any number of connections on one thread. Nothing happens on them until they are flooded: then each gets a piece whenever it
 * has room. (Were they flooded from the beginning, the last of thousands would hardly get through to connect.)
 */
final class Crowd implements Runnable {
    /** So many bytes at once to each, so that all get about the same. */
    private static final int PIECE_BYTES = 64 * 1024;

    private final Selector selector;
    private final ServerSocketChannel listening;
    private final ByteBuffer block;
    private final ByteBuffer ignored = ByteBuffer.allocateDirect(PIECE_BYTES);

    /** What was asked for last; the thread does it when it wakes. */
    private volatile boolean floods;

    private boolean isFlooding;

    Crowd(ServerSocketChannel listening, ByteBuffer block) throws IOException {
        this.listening = listening;
        this.block = block;
        selector = Selector.open();
        listening.configureBlocking(false);
        listening.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Begins to send to all, or stops; from any thread. */
    void flood(boolean on) {
        floods = on;
        selector.wakeup();
    }

    @Override
    public void run() {
        try {
            while (true) {
                selector.select(this::serve);
                if (isFlooding != floods) {
                    isFlooding = floods;
                    selector.keys().forEach(this::adjust);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the selector failed", e);
        }
    }

    private void adjust(SelectionKey key) {
        if (key.isValid() && key.channel() != listening) {
            key.interestOps(isFlooding ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                acceptAll();
            } else if (key.isReadable()) {
                read(key);
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
            adjust(channel.register(selector, SelectionKey.OP_READ, block.duplicate()));
        }
    }

    private void read(SelectionKey key) throws IOException {
        if (((SocketChannel) key.channel()).read(ignored.clear()) < 0) {
            close(key);
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
