package dev.bowline.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** What a peer sends, as a stream whose writes block. */
final class MemoryOutput extends OutputStream {
    private final MemoryPeer peer;

    MemoryOutput(MemoryPeer peer) {
        this.peer = peer;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int at, int count) throws IOException {
        peer.awaitWrite(ByteBuffer.wrap(from, at, count));
    }

    @Override
    public void close() {
        peer.close();
    }
}
