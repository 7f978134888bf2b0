package dev.bowline.examples.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes as they are. */
final class ClearWire implements Wire {
    private final SocketChannel channel;
    private boolean inputEnded;

    ClearWire(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public void read(ByteBuffer into) throws IOException {
        inputEnded |= channel.read(into) < 0;
    }

    @Override
    public boolean isInputEnded() {
        return inputEnded;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return channel.write(from);
    }

    @Override
    public boolean flush() {
        return true;
    }

    /** The FIN that follows says it. */
    @Override
    public boolean announceEnd() {
        return true;
    }

    @Override
    public int interest(int wanted) {
        return wanted;
    }

    @Override
    public boolean isProtected() {
        return false;
    }
}
