package dev.bowline.testkit;

import java.io.IOException;
import java.io.InputStream;

/** What comes for a peer, as a stream whose reads block. */
final class MemoryInput extends InputStream {
    private final MemoryPeer peer;

    MemoryInput(MemoryPeer peer) {
        this.peer = peer;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int most) throws IOException {
        return most == 0 ? 0 : peer.awaitRead(into, at, most);
    }

    @Override
    public int available() {
        return peer.available();
    }

    @Override
    public void close() {
        peer.close();
    }
}
